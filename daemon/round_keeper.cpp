#include "daemon/round_keeper.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "daemon/measured_day.hpp"
#include "daemon/report_writer.hpp"
#include "daemon/system/uncancelled.hpp"

namespace rounds::daemon {

namespace {

constexpr core::Duration longest_sleep =
    std::chrono::seconds(30);  // the wall clock may be set meanwhile
constexpr core::Duration too_late =
    std::chrono::hours(24);  // an older omission is history, not a round

core::Period day_of(const core::TimeZone& zone, core::WallTime time) {
    const auto date = zone.date_at(time);
    const core::Date next{std::chrono::sys_days(date) + std::chrono::days(1)};
    return {zone.start_of(date), zone.start_of(next)};
}

/// The count of its day: 3 in "RX-20261124-03".
int number_in(const core::RoundId& id) {
    int number = 0;
    const auto& text = id.value;
    const auto behind_date = std::min<std::size_t>(text.size(), 12);
    std::from_chars(text.data() + behind_date, text.data() + text.size(), number);
    return number;
}

}  // namespace

RoundKeeper::RoundKeeper(Poller& poller, SnmpPoller& snmp, Recorder& recorder,
                         SampleKeeper& samples, const SelfWatch& self, ports::Clock& clock,
                         asio::any_io_executor render_thread, core::WallTime first_started,
                         TrustedTime trust, Log log)
    : poller_(poller),
      snmp_(snmp),
      recorder_(recorder),
      samples_(samples),
      self_(self),
      clock_(clock),
      render_thread_(std::move(render_thread)),
      first_started_(first_started),
      trust_(trust),
      log_(std::move(log)),
      setup_(poller.shared_setup()) {}

asio::awaitable<void> RoundKeeper::run() {
    // A cancellation that comes while a round is being recorded is dropped: hence the flag.
    while (!stopping_) {
        if (report_owed_) co_await pay_owed_report();
        for (const auto& plan : setup_->rounds) co_await keep(plan);
        if (stopping_) co_return;
        const auto now = clock_.wall();
        const auto pause = std::min(sleep_target(now) - now, longest_sleep);
        co_await clock_.sleep_until(clock_.now() + pause);
    }
}

core::WallTime RoundKeeper::sleep_target(core::WallTime now) const {
    auto target = now + longest_sleep;
    for (const auto& plan : setup_->rounds) {
        if (const auto next = core::next_round(plan, setup_->calendar, now))
            target = std::min(target, *next);
    }
    return target;
}

asio::awaitable<void> RoundKeeper::keep(const core::RoundPlan& plan) {
    const auto now = clock_.wall();
    first_started_ = std::min(first_started_, now);  // the clock was ahead, and has been set
    const auto due = core::last_round(plan, setup_->calendar, now);
    if (!due || *due < first_started_ || handled_[plan.name] == *due) co_return;
    auto was_made = [name = plan.name, at = *due](store::StateStore& store) {
        return store.was_made(name, at);
    };
    const auto made_before = co_await recorder_.ask(std::move(was_made));
    if (!made_before) {
        log_->error("cannot tell whether round {} was made: {}", plan.name,
                    made_before.error().message);
        co_return;
    }
    if (!*made_before) {
        const auto late = now - *due;
        if (late >= too_late) {
            log_->warn("round not made: round={} due={} hours_late={}", plan.name,
                       core::to_ms(*due),
                       std::chrono::duration_cast<std::chrono::hours>(late).count());
        } else {
            if (late > longest_sleep) {
                log_->warn("round caught up: round={} minutes_late={}", plan.name,
                           std::chrono::duration_cast<std::chrono::minutes>(late).count());
            }
            const auto made = co_await make(plan.name, *due, false, nullptr);
            if (!made) {
                log_->error("round failed: round={} reason={}", plan.name, made.error().message);
                co_return;
            }
        }
    }
    handled_[plan.name] = *due;
}

asio::awaitable<core::Result<MadeRound>> RoundKeeper::make_by_hand(Progress progress) {
    co_return co_await make(setup_->daily.after, clock_.wall(), true, std::move(progress));
}

asio::awaitable<core::Result<MadeRound>> RoundKeeper::make(std::string name,
                                                           core::WallTime scheduled, bool by_hand,
                                                           Progress progress) {
    auto previous = [name](store::StateStore& store) { return store.last_scheduled_round(name); };
    const auto before = co_await recorder_.ask(std::move(previous));
    if (!before) co_return before.error();
    const auto began = clock_.wall();
    auto id = co_await next_id(began);
    if (!id) co_return id.error();
    const auto first = std::max(first_started_, began - std::chrono::hours(24));
    const Occasion occasion{
        .name = name,
        .scheduled = scheduled,
        .by_hand = by_hand,
        .covered = {std::min(*before ? (*before)->began : first, began), began}};
    auto record = co_await make_round(poller_, snmp_, occasion, clock_, std::move(progress));
    record.id = std::move(*id);
    record.self = self_.over(record.covered);

    // What was noted of the current quarter belongs into the report; then the round itself.
    (void)co_await recorder_.flush();
    store::Changes changes;
    changes.rounds.push_back(record);
    auto recording = recorder_.record(std::move(changes));
    const auto recorded = co_await uncancelled(std::move(recording));
    if (!recorded) {
        // The recorder keeps it and tries again, or it never will be taken: not to be made a second time.
        handled_[name] = scheduled;
        report_owed_ = true;
        co_return recorded.error();
    }

    auto recall = [id = record.id](store::StateStore& store) { return store.record(id); };
    auto day = co_await recorder_.ask(std::move(recall));
    if (!day) co_return day.error();
    MadeRound made{.record = std::move(*day)};
    core::Tally tally;
    for (const auto& device : made.record.round.devices) tally.add(device.conclusion.verdict);
    log_->info("round made: round={} id={} due={} done={} missed={} warning={} critical={}", name,
               made.record.round.id.value, tally.due, tally.done, tally.missed, tally.warning,
               tally.critical);
    if (name == setup_->daily.after) made.reports = co_await report(made.record);
    co_await forget_old();
    co_return made;
}

asio::awaitable<core::Result<core::RoundId>> RoundKeeper::next_id(core::WallTime began) {
    const auto& zone = setup_->calendar.zone();
    auto begun = [day = day_of(zone, began)](store::StateStore& store) {
        return store.rounds_begun(day);
    };
    const auto of_day = co_await recorder_.ask(std::move(begun));
    if (!of_day) co_return of_day.error();
    const auto date = zone.date_at(began);
    // A round that waits for the disk to have room has its number already.
    int last = given_date_ == date ? given_number_ : 0;
    for (const auto& head : *of_day) last = std::max(last, number_in(head.id));
    given_date_ = date;
    given_number_ = last + 1;
    co_return core::RoundId{fmt::format("RX-{:04}{:02}{:02}-{:02}", static_cast<int>(date.year()),
                                        static_cast<unsigned>(date.month()),
                                        static_cast<unsigned>(date.day()), last + 1)};
}

asio::awaitable<std::vector<std::filesystem::path>> RoundKeeper::report(core::DayRecord record) {
    co_await samples_.flush();
    auto measure = [round = record.round, setup = setup_] {
        return measured_in(round, setup->state);
    };
    auto measured = co_await hand_over(render_thread_, std::move(measure));
    if (measured) {
        record.measured = std::move(*measured);
    } else {
        log_->error("the report lacks what was measured: {}", measured.error().message);
    }
    auto write = [record = std::move(record), setup = setup_] {
        return write_daily(record, *setup);
    };
    const auto written = co_await hand_over(render_thread_, std::move(write));
    report_owed_ = !written;
    if (!written) {
        log_->error("report not written, it is tried again: {}", written.error().message);
        co_return std::vector<std::filesystem::path>{};
    }
    for (const auto& path : *written) log_->info("report written: file={}", path.string());
    co_return *written;
}

asio::awaitable<void> RoundKeeper::forget_old() {
    const auto now = std::min(clock_.wall(), trust_.latest(clock_.now()));
    const auto before = now - std::chrono::days(setup_->keep_days);
    auto forget = [before](store::StateStore& store) { return store.forget(before); };
    const auto forgotten = co_await recorder_.ask(std::move(forget));
    if (!forgotten) log_->error("old history is not forgotten: {}", forgotten.error().message);
}

asio::awaitable<void> RoundKeeper::pay_owed_report() {
    if (!recorder_.trouble().empty()) co_return;  // the round itself may not be recorded yet
    auto find_last = [name = setup_->daily.after](store::StateStore& store) {
        return store.last_round(name);
    };
    const auto last = co_await recorder_.ask(std::move(find_last));
    if (!last || !*last || !daily_is_owed((*last)->id, *setup_)) {
        report_owed_ = false;
        co_return;
    }
    auto recall = [id = (*last)->id](store::StateStore& store) { return store.record(id); };
    auto day = co_await recorder_.ask(std::move(recall));
    if (day) co_await report(std::move(*day));
}

}  // namespace rounds::daemon
