// Check items over time: the fold from findings to what is believed.
#pragma once

#include <compare>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/check_item.hpp"
#include "core/message.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// A check item of a device: "port-status" of "GE0/0/1".
struct ItemId {
    std::string item, instance;
    friend auto operator<=>(const ItemId&, const ItemId&) = default;
};

/// What is believed of one check item.
struct ItemBelief {
    /// Findings in a row that speak against the verdict, all worse or all better than it.
    struct Doubt {
        Verdict verdict = Verdict::ok;  ///< The one of the row that is nearest to what is believed.
        int in_row = 0;
        WallTime first;
        friend bool operator==(const Doubt&, const Doubt&) = default;
    };
    Verdict verdict = Verdict::ok;   ///< ok, warning or critical.
    std::optional<Message> message;  ///< Why it is not ok, as last found; empty while it is.
    WallTime since;                  ///< The first finding that spoke for the verdict.
    std::optional<Doubt> doubt;      ///< Empty in the steady state.
    int missing = 0;                 ///< Complete looks in a row without a word of it.
    friend bool operator==(const ItemBelief&, const ItemBelief&) = default;
};

/// By item. One that is not there is ok.
using ItemBeliefs = std::map<ItemId, ItemBelief>;

/// A verdict that changed.
struct ItemChange {
    ItemId id;
    Verdict before = Verdict::ok;
    Verdict after = Verdict::ok;
    std::optional<Message> message;  ///< Why it is not ok; empty when it is.
    WallTime at;                     ///< When the new verdict began.
    friend bool operator==(const ItemChange&, const ItemChange&) = default;
};

struct ItemsSettled {
    ItemBeliefs beliefs;
    std::vector<ItemChange> changes;
};

/// A measured value must lie beyond (or again within) its limit twice in a row, an agent give no good answer twice; a
/// state that the device itself declares (a failed fan, a UPS on battery, a port that is down) is believed at once. What
/// has patience (ItemFinding::patience) must besides be wrong for so long.
inline constexpr int looks_for_a_value = 2;
/// A name server that fails to answer, or one of several targets of a link: they are other people's, and the line may
/// still be well.
inline constexpr int looks_for_a_link = 3;
/// What a device does not tell of any more, in so many complete looks in a row, is ok: it was taken out.
inline constexpr int looks_until_gone = 3;

/// How much of a period is worked (Calendar::working_time). Empty: all of it.
using WorkingTime = std::function<Duration(Period)>;

/// Folds the findings of one look into the beliefs. `complete`: did the device tell everything it was asked? Then
/// what is missing counts as missing. A finding of `unknown` neither counts nor clears.
[[nodiscard]] ItemsSettled settle_items(ItemBeliefs before, std::span<const ItemFinding> findings,
                                        bool complete, WallTime at,
                                        const WorkingTime& working_time = {});

/// Is anything of it to be looked at again soon: in doubt, or wrong for less than an hour, in which somebody may mend
/// it and wait to see it well? What is wrong for longer, and supplies, can wait.
[[nodiscard]] bool restless(const ItemBeliefs& beliefs, WallTime now);

/// What is believed without the findings that speak against it: what comes next is not in a row with them.
[[nodiscard]] ItemBeliefs without_doubts(ItemBeliefs beliefs);

/// What is believed of items that are ignored by now, as findings that they are well: they let go of it at once.
/// `facts` tell by which other names a port goes; null: it is known by its name alone.
[[nodiscard]] std::vector<ItemFinding> let_go(const ItemBeliefs& believed, const ItemRules& rules,
                                              const Facts* facts, WallTime at);

/// How grave an item's verdict is on a device of this severity: what is critical is as grave as the device; a warning
/// at most 3; supplies and trays run out as they must: 4, and 3 when they have.
[[nodiscard]] Severity severity_of(std::string_view item, Verdict verdict, Severity of_device);

}  // namespace rounds::core
