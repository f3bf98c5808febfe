#include "daemon/stored_outbox.hpp"

#include <utility>
#include <variant>

#include "core/text.hpp"
#include "daemon/hooks/payload.hpp"

namespace rounds::daemon {

namespace {

/// After the store could not park.
constexpr core::Duration park_again_after = std::chrono::seconds(10);

}  // namespace

StoredOutbox::StoredOutbox(std::shared_ptr<const config::Setup> setup, Recorder& recorder)
    : setup_(std::move(setup)), recorder_(recorder) {}

asio::awaitable<void> StoredOutbox::park_left_over(ports::Clock& clock, Log log) {
    for (bool said = false;; said = true) {
        // Nothing to record, but its answer is: all that was handed in before is committed, or kept.
        const auto before = co_await recorder_.record(store::Changes());
        const auto parked = co_await park_those_recorded(clock.wall(), log);
        if (before && parked) co_return;
        if (!said) {
            log->error(
                "deliveries of hooks that are gone may wait in the outbox; they are not "
                "sent, and are parked when state is recorded again: error={}",
                (parked ? before : parked).error().message);
        }
        co_await clock.sleep_until(clock.now() + park_again_after);
    }
}

asio::awaitable<core::Result<void>> StoredOutbox::park_those_recorded(core::WallTime now, Log log) {
    std::vector<std::string> names;
    for (const auto& hook : setup_->hooks) names.push_back(hook.name);
    auto work = [names, now](store::StateStore& store) {
        return store.outbox().park_others(names, now, {core::MessageId::hook_not_configured});
    };
    const auto parked = co_await recorder_.ask(std::move(work));
    if (!parked) co_return parked.error();
    for (const auto& [hook, pending, count] : *parked) {
        log->warn("hook no longer configured, its deliveries are parked: hook={} deliveries={}",
                  core::printable(hook, 60), count);
    }
    co_return core::Result<void>{};
}

asio::awaitable<core::Result<DueDeliveries>> StoredOutbox::due(std::string hook, core::WallTime now,
                                                               std::size_t limit) {
    struct Found {
        core::Result<std::vector<store::Delivery>> deliveries;
        core::Result<std::optional<core::WallTime>> next;
    };
    auto look = [hook, now, limit](store::StateStore& store) {
        auto outbox = store.outbox();
        return Found{outbox.due(hook, now, limit), outbox.next_due(hook, now)};
    };
    auto found = co_await recorder_.ask(std::move(look));
    if (!found.deliveries) co_return found.deliveries.error();
    if (!found.next) co_return found.next.error();
    DueDeliveries due{.deliveries = {}, .next = *found.next};
    for (auto& stored : *found.deliveries) {
        numbers_[{hook, stored.event.id}] = stored.number;
        const hooks::Told told{stored.event, stored.incident};
        due.deliveries.push_back(
            {.event = stored.event.id,
             .incident = stored.incident.id,
             .body = hooks::incident_body(told, setup_->office, setup_->site, setup_->locale()),
             .attempts = stored.attempts,
             .first = stored.first});
    }
    co_return due;
}

asio::awaitable<bool> StoredOutbox::settle(std::string hook, core::EventId event,
                                           hooks::Attempt attempt, hooks::Next next) {
    const auto handed_out = numbers_.extract({hook, event});
    if (handed_out.empty()) co_return false;
    auto keep = [number = handed_out.mapped(), attempt, next](store::StateStore& store) {
        auto outbox = store.outbox();
        if (const auto* again = std::get_if<hooks::Again>(&next))
            return outbox.again(number, attempt.at, again->at, again->why);
        if (const auto* parked = std::get_if<hooks::Parked>(&next))
            return outbox.parked(number, attempt.at, parked->why);
        return outbox.delivered(number, attempt.at);
    };
    const auto kept = co_await recorder_.ask(std::move(keep));
    co_return kept.has_value();
}

asio::awaitable<bool> StoredOutbox::hasten(std::string hook, core::WallTime now) {
    auto work = [hook, now](store::StateStore& store) { return store.outbox().hasten(hook, now); };
    const auto done = co_await recorder_.ask(std::move(work));
    co_return done.has_value();
}

}  // namespace rounds::daemon
