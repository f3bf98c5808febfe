// Keeps the rounds: at their times by the calendar, caught up when they were missed, each with its report.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "config/setup.hpp"
#include "core/day_record.hpp"
#include "daemon/poller.hpp"
#include "daemon/recorder.hpp"
#include "daemon/round_maker.hpp"
#include "daemon/sample_keeper.hpp"
#include "daemon/self_watch.hpp"

namespace rounds::daemon {

/// A round as it has been recorded, and where its report lies (empty: none was due, or it could not be written).
struct MadeRound {
    core::DayRecord record;
    std::vector<std::filesystem::path> reports;
};

/// How late it can be, whatever the wall clock says: history is not forgotten because a clock jumped ahead.
struct TrustedTime {
    static constexpr auto longest_rest =
        std::chrono::days(30);  ///< That the machine was switched off, unquestioned.
    core::WallTime last_seen;   ///< The last sign of life before this run; on a new database, now.
    core::SteadyTime started;   ///< Of this run.

    [[nodiscard]] core::WallTime latest(core::SteadyTime now) const {
        return last_seen + longest_rest + std::chrono::duration_cast<core::Duration>(now - started);
    }
};

/// Loop thread. One round at a time.
class RoundKeeper {
 public:
    /// `first_started`: when Rounds first ran here; what was due before is nobody's omission.
    RoundKeeper(Poller& poller, SnmpPoller& snmp, Recorder& recorder, SampleKeeper& samples,
                const SelfWatch& self, ports::Clock& clock, asio::any_io_executor render_thread,
                core::WallTime first_started, TrustedTime trust, Log log);

    /// Catches up what was due within the last day and was not made, writes a report that a crash left owing, then
    /// keeps the calendar until cancelled. Looks at the wall clock at least twice a minute: it may jump.
    asio::awaitable<void> run();

    /// From here on no round is begun. Cancel run() after it.
    void stop() { stopping_ = true; }

    /// Makes the round the daily report follows, now.
    asio::awaitable<core::Result<MadeRound>> make_by_hand(Progress progress);

 private:
    asio::awaitable<void> keep(const core::RoundPlan& plan);
    asio::awaitable<core::Result<MadeRound>> make(std::string name, core::WallTime scheduled,
                                                  bool by_hand, Progress progress);
    asio::awaitable<core::Result<core::RoundId>> next_id(core::WallTime began);
    asio::awaitable<std::vector<std::filesystem::path>> report(core::DayRecord record);
    asio::awaitable<void> pay_owed_report();
    asio::awaitable<void> forget_old();  ///< History older than `storage.keep`, after each round.
    [[nodiscard]] core::WallTime sleep_target(core::WallTime now) const;

    Poller& poller_;
    SnmpPoller& snmp_;
    Recorder& recorder_;
    SampleKeeper& samples_;
    const SelfWatch& self_;
    ports::Clock& clock_;
    asio::any_io_executor render_thread_;
    core::WallTime first_started_;
    TrustedTime trust_;
    Log log_;
    std::shared_ptr<const config::Setup> setup_;
    std::map<std::string, core::WallTime> handled_;  ///< By round: the due time last looked into.
    core::Date given_date_{};  ///< Of the last number given to a round, and the number.
    int given_number_ = 0;
    bool stopping_ = false;
    bool report_owed_ = true;  ///< Until it is known that none is.
};

}  // namespace rounds::daemon
