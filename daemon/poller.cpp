#include "daemon/poller.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "core/text.hpp"
#include "core/topology.hpp"
#include "daemon/phase.hpp"
#include "daemon/system/uncancelled.hpp"

namespace rounds::daemon {

std::optional<core::EchoStats> Subject::evidence() const {
    if (!last || last->echo() == nullptr) return std::nullopt;
    const auto together = recent.sum();
    const bool belongs = last->echo()->received > 0 && together.sent > 0;
    return belongs ? together : *last->echo();
}

std::vector<core::ItemFinding> Subject::findings() const {
    const auto stats = recent.sum();
    const bool answered = last && last->echo() != nullptr && last->echo()->received > 0;
    if (!answered || stats.sent == 0) return {};
    return last_link ? core::judge_link(*last_link, stats, link->thresholds)
                     : core::judge_ping(stats, device->thresholds, last->at);
}

bool Subject::add_look() {
    if (counted && *looked - *counted < rule().interval / 2) return false;
    counted = looked;
    recent.add(last_link ? core::over_answering(*last_link) : *last->echo());
    return true;
}

void Subject::forget_looks() {
    if (!counted) return;
    recent.forget();
    counted.reset();
    items = core::without_doubts(std::move(items));
}

Poller::Poller(std::shared_ptr<const config::Setup> setup, const PollerMemory& remembered,
               probes::Ports ports, Sight::Gateways gateways, RecordTo record,
               asio::any_io_executor loop, Log log)
    : setup_(std::move(setup)),
      ports_(ports),
      record_(std::move(record)),
      log_(std::move(log)),
      sight_(setup_->office.anchors, std::move(gateways), ports, loop),
      watches_(loop) {
    const auto add = [&](Subject subject) {
        const auto& [beliefs, items] = remembered;
        if (const auto known = beliefs.find(subject.id); known != beliefs.end())
            subject.belief = known->second;
        if (const auto known = items.find(subject.id); known != items.end())
            subject.items = core::without_doubts(of_source(known->second, ItemSource::ping));
        subject.turn = std::make_shared<probes::Gate>(loop, 1);
        subjects_.emplace(subject.id, std::move(subject));
    };
    for (const auto& device : setup_->office.devices) {
        if (device.watched()) add({.id = core::subject_of(device.id), .device = &device});
    }
    for (const auto& link : setup_->office.links)
        add({.id = core::subject_of_link(link.name), .link = &link});
}

asio::awaitable<void> Poller::run() {
    for (auto& [id, subject] : subjects_) watches_.spawn(watch(subject));
    co_await watches_.join();
}

asio::awaitable<void> Poller::watch(Subject& subject) {
    const auto& rule = subject.rule();
    auto next = next_due(subject.id, rule.interval, ports_.clock.now());
    while (!stopping_) {
        due_[subject.id] = next;
        co_await ports_.clock.sleep_until(next);
        const auto woken = ports_.clock.now();
        co_await look(subject, next);
        const auto now = ports_.clock.now();
        if (record_.punctuality && subject.looked && *subject.looked >= next) {
            // Not when it began: it may have waited for another look at the same subject.
            record_.punctuality(std::chrono::duration_cast<core::Duration>(woken - next),
                                now - next > rule.interval && answers(subject.id));
        }
        // A look that took longer than its interval is followed at once, not by all it has missed.
        next = subject.in_doubt ? now + rule.retry_interval : std::max(next + rule.interval, now);
    }
}

asio::awaitable<void> Poller::look_until_settled(Subject& subject) {
    co_await look(subject, ports_.clock.now());
    const int patience = std::max(subject.rule().down_after, subject.rule().up_after) + 2;
    for (int again = 0; subject.in_doubt && !subject.blind && !stopping_ && again < patience;
         ++again) {
        const auto next = ports_.clock.now() + subject.rule().retry_interval;
        co_await ports_.clock.sleep_until(next);
        co_await look(subject, next);
    }
}

asio::awaitable<void> Poller::look(Subject& subject, core::SteadyTime since) {
    const auto turn = co_await probes::Gate::enter(subject.turn, core::SteadyTime::max());
    if (subject.looked && *subject.looked >= since) co_return;
    co_await look_now(subject);
}

asio::awaitable<void> Poller::look_now(Subject& subject) {
    const auto begun = ports_.clock.now();
    auto observation = co_await observe(subject);
    subject.looked = begun;
    subject.last = observation;
    const bool of_others = observation.witnesses > 0;
    if (const auto* echo = observation.echo(); echo != nullptr && !of_others)
        record_.look(subject.id, observation.at, *echo);

    auto silence = core::Silence::fault;
    core::Upstream upstream;
    if (core::look_of(observation) == core::Look::good) {
        if (subject.device != nullptr && !of_others) witness_ = subject.device->address;
        sight_.saw_an_answer();
        subject.blind = false;
        co_await keep_blindness(false, observation.at);
    } else {
        silence = silence_of(subject, observation.at);
        if (!core::expects_silence(subject.belief, silence)) {
            subject.blind = co_await seen_to_be_blind(subject, begun);
            if (subject.blind) {  // Not judged: what we cannot see is not down.
                subject.forget_looks();
                co_return;
            }
            co_await look_upstream(subject, begun);
        }
        upstream = upstream_of(subject);
    }
    co_await judge(subject, std::move(observation), silence, std::move(upstream));
}

core::Silence Poller::silence_of(const Subject& subject, core::WallTime at) const {
    if (subject.device == nullptr) return core::Silence::fault;
    return core::silence_means(subject.device->presence, subject.device->device_class,
                               setup_->calendar.is_working(at));
}

core::Upstream Poller::upstream_of(const Subject& subject) const {
    const auto belief_of = [this](const core::SubjectId& id) -> const core::Reachability* {
        const auto found = subjects_.find(id);
        return found == subjects_.end() ? nullptr : &found->second.belief;
    };
    return subject.device != nullptr ? core::explain(setup_->office, *subject.device, belief_of)
                                     : core::explain(setup_->office, *subject.link, belief_of);
}

asio::awaitable<core::Observation> Poller::observe(Subject& subject) {
    if (subject.device != nullptr && !subject.device->due())
        co_return co_await observe_through_others(*subject.device);
    if (subject.device != nullptr) {
        auto seen =
            co_await probes::look_at(subject.device->address, subject.device->ping.plan, ports_);
        // Who filters ICMP is up as long as its agent answers; who was asked in vain is asked both ways.
        if (core::look_of(seen) == core::Look::bad && answers_snmp_)
            seen.snmp_answered = co_await answers_snmp_(*subject.device);
        co_return seen;
    }
    subject.last_link = co_await probes::look_at_link(*subject.link, ports_);
    co_return subject.last_link->ping;
}

/// Of a thing without an address: it works as long as anything behind it answers, and has failed when at least two
/// that were well, and are to be on, are silent together.
asio::awaitable<core::Observation> Poller::observe_through_others(const core::Device& device) {
    core::Link as_link{.ping = device.ping};
    const core::Device* witness = nullptr;  // Who answered when last looked at is asked first.
    std::vector<const core::Device*> filters_ping;
    int testify = 0;
    for (const auto& id : device.witnesses) {
        const Subject& other = subjects_.at(core::subject_of(id));
        as_link.targets.push_back(other.device->address);
        if (can_testify(other, core::subject_of(device.id))) ++testify;
        if (!answers(other.id)) continue;
        witness = other.device;
        if (other.last->snmp_answered) filters_ping.push_back(other.device);
    }
    core::Observation seen;
    if (witness != nullptr)
        seen = co_await probes::look_at(witness->address, device.ping.plan, ports_);
    if (core::look_of(seen) != core::Look::good) {
        const auto all = co_await probes::look_at_link(std::move(as_link), ports_);
        seen = all.ping;
    }
    for (const auto* other : filters_ping) {
        if (core::look_of(seen) == core::Look::good || !answers_snmp_) break;
        seen.snmp_answered = co_await answers_snmp_(*other);
    }
    seen.witnesses = static_cast<int>(device.witnesses.size());
    if (core::look_of(seen) == core::Look::bad && testify < 2)
        seen.told = core::Message{core::MessageId::reason_no_witness};
    co_return seen;
}

/// Was it well until now (or hidden by this very thing), and is it to be on?
bool Poller::can_testify(const Subject& witness, const core::SubjectId& of) const {
    const auto state = witness.belief.state;
    const bool well = state == core::State::up || state == core::State::unknown ||
                      (state == core::State::suppressed && witness.belief.through == of);
    return well && silence_of(witness, ports_.clock.wall()) == core::Silence::fault;
}

asio::awaitable<bool> Poller::seen_to_be_blind(const Subject& subject, core::SteadyTime since) {
    const bool own = subject.device != nullptr && subject.device->address == witness_;
    const std::string witness = own ? std::string() : witness_;
    const bool blind = co_await sight_.blind(since, witness);
    co_await keep_blindness(blind, ports_.clock.wall());
    co_return blind;
}

asio::awaitable<void> Poller::look_upstream(const Subject& subject, core::SteadyTime since) {
    // Root first, so that each is judged with the truth about what it hangs on. What is known to be
    // down explains enough as it is.
    const auto chain = subject.device != nullptr
                           ? core::upstream_of(setup_->office, *subject.device)
                           : core::upstream_of(setup_->office, *subject.link);
    for (auto upstream = chain.rbegin(); upstream != chain.rend(); ++upstream) {
        auto& above = subjects_.at(core::subject_of((*upstream)->id));
        const auto state = above.belief.state;
        if (state == core::State::down || state == core::State::suppressed) continue;
        co_await look(above, since);
    }
}

asio::awaitable<void> Poller::judge(Subject& subject, core::Observation observation,
                                    core::Silence silence, core::Upstream upstream) {
    const auto settled =
        core::settle(subject.id, subject.belief, observation, subject.rule(), silence, upstream);
    subject.in_doubt = settled.ask_soon;
    auto items = judge_items(subject, settled.belief.state);
    store::Changes changes;
    if (settled.belief != subject.belief) changes.beliefs.emplace(subject.id, settled.belief);
    if (settled.transition) changes.transitions.push_back(*settled.transition);
    for (const auto& change : items.changes) changes.item_changes.emplace_back(subject.id, change);
    if (!changes.empty()) {
        auto recording = record_.changes(std::move(changes));
        (void)co_await uncancelled(std::move(recording));
    }
    subject.belief = settled.belief;
    subject.items = std::move(items.beliefs);
    if (settled.transition) tell(subject, *settled.transition);
    daemon::tell(subject.name(), items.changes, log_);
}

/// Adds the last look to those before it, and folds what they say together into what is believed. What is not up is
/// judged anew when it is up again; of what is off, and of what answers by other ways than ping, nothing is left to say.
core::ItemsSettled Poller::judge_items(Subject& subject, core::State state) {
    const auto& last = *subject.last;
    const auto nothing_more = [&] { return core::settle_items(subject.items, {}, true, last.at); };
    if (state != core::State::up) {
        subject.forget_looks();
        if (state == core::State::off) return nothing_more();
        return {subject.items, {}};
    }
    if (core::look_of(last) != core::Look::good) return {subject.items, {}};
    if (last.echo()->received == 0 || last.witnesses > 0) {
        subject.forget_looks();
        return nothing_more();
    }
    if (!subject.add_look() || !subject.recent.are_enough()) return {subject.items, {}};
    return core::settle_items(subject.items, subject.findings(), true, last.at);
}

asio::awaitable<void> Poller::keep_blindness(bool blind, core::WallTime at) {
    if (blind == blindness_recorded_) co_return;
    blindness_recorded_ = blind;
    store::Changes changes;
    (blind ? changes.blind_from : changes.blind_until) = at;
    if (blind) {
        log_->warn("monitoring is blind: gateway and anchors are silent, nothing is judged");
    } else {
        log_->warn("monitoring sees again");
    }
    auto recording = record_.changes(std::move(changes));
    (void)co_await uncancelled(std::move(recording));
}

void Poller::tell(const Subject& subject, const core::Transition& transition) const {
    const auto name = core::printable(subject.name());
    const auto reason =
        transition.reason
            ? core::render(*transition.reason, {core::Language::english, &setup_->calendar.zone()})
            : std::string();
    const char* kind = subject.device != nullptr ? "device" : "link";
    const bool fault = transition.after == core::State::down;
    const bool recovery =
        transition.before == core::State::down && transition.after == core::State::up;
    log_->log(fault || recovery ? spdlog::level::warn : spdlog::level::info, "{} {}: {}={}{}{}",
              kind, core::word(transition.after), kind, name,
              reason.empty() ? "" : " reason=", reason);
}

bool Poller::answers(const core::SubjectId& id) const {
    const auto found = subjects_.find(id);
    if (found == subjects_.end()) return false;
    const auto& [last, belief] = std::tie(found->second.last, found->second.belief);
    return last ? core::look_of(*last) == core::Look::good : belief.state == core::State::up;
}

Beliefs Poller::beliefs() const {
    Beliefs all;
    for (const auto& [id, subject] : subjects_) all.emplace(id, subject.belief);
    return all;
}

ItemMemory Poller::items() const {
    ItemMemory all;
    for (const auto& [id, subject] : subjects_) {
        if (!subject.items.empty()) all.emplace(id, subject.items);
    }
    return all;
}

core::Duration Poller::lag() const {
    const auto now = ports_.clock.now();
    auto lag = core::Duration{0};
    for (const auto& [id, due] : due_) {
        lag = std::max(lag, std::chrono::duration_cast<core::Duration>(now - due));
    }
    return lag;
}

}  // namespace rounds::daemon
