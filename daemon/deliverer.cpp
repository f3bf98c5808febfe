#include "daemon/deliverer.hpp"

#include <algorithm>
#include <utility>

#include "core/at_end.hpp"
#include "daemon/hooks/webhook.hpp"
#include "daemon/system/uncancelled.hpp"

namespace rounds::daemon {

namespace {

using hooks::Again;
using hooks::Attempt;
using hooks::Next;
using hooks::Parked;

/// Between two looks into the outbox while something waits there: the wall clock may jump.
constexpr core::Duration longest_wait{60'000};
constexpr core::Duration shortest_wait{1'000};
/// After the outbox could not be read or written.
constexpr core::Duration outbox_pause{10'000};

std::string english(const core::Message& message) {
    return core::render(message, {});
}

}  // namespace

Deliverer::Deliverer(std::vector<core::Hook> hooks, Outbox& outbox, ports::HookPort& port,
                     ports::Clock& clock, asio::any_io_executor loop,
                     std::function<double()> random, Log log)
    : outbox_(outbox),
      port_(port),
      clock_(clock),
      random_(std::move(random)),
      log_(std::move(log)),
      tasks_(loop) {
    for (core::Hook& hook : hooks) channels_.emplace_back(std::move(hook), loop);
}

asio::awaitable<void> Deliverer::run() {
    for (Channel& channel : channels_) tasks_.spawn(serve(channel));
    co_await tasks_.join();
}

void Deliverer::wake() {
    for (Channel& channel : channels_) notify(channel);
}

void Deliverer::notify(Channel& channel) {
    channel.news = true;
    channel.changed.notify();
}

asio::awaitable<void> Deliverer::serve(Channel& channel) {
    while (!stopping_) {
        if (!std::exchange(channel.news, false)) {
            co_await channel.changed.wait();
            continue;
        }
        if (channel.under_way.size() < channel.most()) co_await begin_due(channel);
    }
}

/// Begins what is due as far as there is room, and sees to it that the rest is looked at in time.
asio::awaitable<void> Deliverer::begin_due(Channel& channel) {
    const core::WallTime now = clock_.wall();
    // What is under way is due as well, for the outbox.
    const std::size_t limit = channel.under_way.size() + channel.most();
    auto due = co_await outbox_.due(channel.hook.name, now, limit);
    if (!due) {
        if (!std::exchange(channel.outbox_failed, true))
            log_->error("outbox cannot be read, it is tried again: hook={} error={}",
                        channel.hook.name, due.error().message);
        set_alarm(channel, outbox_pause);
        co_return;
    }
    channel.outbox_failed = false;

    for (Delivery& delivery : due->deliveries) {
        if (stopping_ || channel.under_way.size() >= channel.most()) co_return;
        if (!channel.under_way.insert(delivery.event).second) continue;
        tasks_.spawn(tell(channel, std::move(delivery)));
    }
    if (due->next) set_alarm(channel, *due->next - now);
}

/// One attempt, and what becomes of it. Its place is taken until that is committed, so that no later
/// event of the incident overtakes it and it is not told twice without need.
asio::awaitable<void> Deliverer::tell(Channel& channel, Delivery delivery) {
    const core::AtEnd at_end([&channel, event = delivery.event] {
        channel.under_way.erase(event);
        notify(channel);
    });
    Attempt made{delivery.attempts + 1, clock_.wall(), {}};
    made.first = delivery.first.value_or(made.first);
    const Next next = co_await make_attempt(channel, delivery, made);
    const bool is_back = learn(channel, delivery, next);
    while (true) {
        auto settled = outbox_.settle(channel.hook.name, delivery.event, made, next);
        const bool kept = co_await uncancelled(std::move(settled));
        if (stopping_) co_return;
        if (kept) break;
        co_await clock_.sleep_until(clock_.now() + outbox_pause);
    }
    if (is_back) co_await outbox_.hasten(channel.hook.name, clock_.wall());
}

asio::awaitable<Next> Deliverer::make_attempt(Channel& channel, const Delivery& delivery,
                                              Attempt& attempt) {
    auto request =
        hooks::webhook_request(channel.hook, delivery.event, delivery.body, clock_.wall());
    if (!request) {
        attempt.at = clock_.wall();
        co_return Parked{{.id = core::MessageId::hook_bad_secret}};
    }
    const auto reply = co_await port_.post(*std::move(request));
    attempt.at = clock_.wall();
    co_return hooks::next(reply, attempt, random_());
}

/// A hook's trouble begins and ends in the log; each message that is parked is named there. True when the
/// trouble has ended.
bool Deliverer::learn(Channel& channel, const Delivery& delivery, const Next& next) {
    const std::string& hook = channel.hook.name;
    if (const auto* parked = std::get_if<Parked>(&next)) {
        log_->warn("delivery parked: hook={} url={} event={} incident={} reason={}", hook,
                   core::origin(channel.hook.url), delivery.event.value, delivery.incident.value,
                   english(parked->why));
        return false;
    }
    if (const auto* again = std::get_if<Again>(&next)) {
        ++channel.failures;
        const auto level =
            channel.failures == trouble_after ? spdlog::level::warn : spdlog::level::debug;
        log_->log(level, "hook not reached, it is tried again: hook={} url={} event={} reason={}",
                  hook, core::origin(channel.hook.url), delivery.event.value, english(again->why));
        return false;
    }
    const bool is_back = std::exchange(channel.failures, 0) >= trouble_after;
    if (is_back) log_->info("hook reached again: hook={}", hook);
    log_->info("delivered: hook={} event={} incident={} attempt={}", hook, delivery.event.value,
               delivery.incident.value, delivery.attempts + 1);
    return is_back;
}

void Deliverer::set_alarm(Channel& channel, core::Duration pause) {
    const core::SteadyTime when = clock_.now() + std::clamp(pause, shortest_wait, longest_wait);
    if (channel.alarm && *channel.alarm <= when) return;
    channel.alarm = when;
    tasks_.spawn(ring(channel, when));
}

asio::awaitable<void> Deliverer::ring(Channel& channel, core::SteadyTime when) {
    co_await clock_.sleep_until(when);
    if (channel.alarm == when) channel.alarm.reset();
    notify(channel);
}

}  // namespace rounds::daemon
