// Rounds: when they are due, what each says, and their arithmetic.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/check_item.hpp"
#include "core/device.hpp"
#include "core/message.hpp"
#include "core/observation.hpp"
#include "core/reachability.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// A scheduled round, as under `rounds:`.
struct RoundPlan {
    enum class Days { working, all, weekdays };
    std::string name;
    int at = 8 * 60 + 30;  ///< Minutes since midnight of the office's clock, 0 to 1439.
    Days days = Days::working;
    Weekdays weekdays;  ///< With Days::weekdays, worked or not; else empty.
    friend bool operator==(const RoundPlan&, const RoundPlan&) = default;
};

/// A time that the change to summer time skips is due at the change; one that the change back makes
/// come twice is due the first time only; a day that the zone skipped altogether has no round.
///
/// The first time strictly after `after` at which the round is due; empty when there is none within
/// two years.
[[nodiscard]] std::optional<WallTime> next_round(const RoundPlan& plan, const Calendar& calendar,
                                                 WallTime after);

/// The last time at or before `now` at which the round was due; empty when there is none within 60
/// days. What a daemon that was not running then has to catch up.
[[nodiscard]] std::optional<WallTime> last_round(const RoundPlan& plan, const Calendar& calendar,
                                                 WallTime now);

/// What a round says of one subject.
struct Conclusion {
    Verdict verdict = Verdict::missed;
    std::optional<Message> reason;  ///< Empty when ok.
    friend bool operator==(const Conclusion&, const Conclusion&) = default;
};

/// The verdict from what is believed and what the round's last look saw; the first of these that is
/// true:
///  * blind: missed. Never asked, or could not be asked: missed with the reason. (An outage that
///  was open
///    before is still open: it counts in overall(), not as a verdict of this round.)
///  * down: critical. Suppressed: critical, through the culprit. Both also when it has just
///  answered but not
///    `up_after` times: the reason says so.
///  * It answered: the worst of `findings` (those of ping, see core/ping_items.hpp), else ok. A PC
///    counts so too: it is in use because it answered.
///  * Off: off.
///  * Asked, silent, and not yet settled: unknown.
[[nodiscard]] Conclusion conclude(const Reachability& belief,
                                  const std::optional<Observation>& last,
                                  std::span<const ItemFinding> findings, bool blind);

/// The conclusion with what the check items say: the worst of all, and the first of the worst tells why. Of what was
/// not reached, or is off, the items say nothing.
[[nodiscard]] Conclusion with_items(Conclusion conclusion, std::span<const ItemFinding> findings);

/// 应检 实检 未检 …: due = done + missed; done = ok + warning + critical + off;
/// missed = not asked + unknown. Maintenance leaves due and is counted by itself.
struct Tally {
    int due = 0, done = 0, missed = 0;
    int ok = 0, warning = 0, critical = 0, off = 0;
    int maintenance = 0;

    void add(Verdict verdict);
    friend bool operator==(const Tally&, const Tally&) = default;
};

/// What the first page says in one word: 正常, 基本正常, 异常.
enum class Overall { normal, mostly_normal, abnormal };
[[nodiscard]] std::string_view word(Overall overall);  ///< "normal", "mostly-normal", "abnormal"

/// 总体结论: 异常 with any critical verdict (or an open outage of severity 1 or 2: `grave_open`),
/// 基本正常 with any warning, missed or unknown, or an open outage of severity 3 or 4
/// (`light_open`), else 正常.
[[nodiscard]] Overall overall(const Tally& tally, bool grave_open, bool light_open);

}  // namespace rounds::core
