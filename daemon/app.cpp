#include "daemon/app.hpp"

#include <algorithm>
#include <utility>

#include "daemon/system/notify.hpp"
#include "daemon/system/uncancelled.hpp"

// One observation, start to finish:
//
//   Setup ──> Poller ── look_at(device) ──> settle(belief, observation) ──> Recorder ──> state.db
//                │                                                             │
//                └────────── RoundKeeper ── make_round() ──> RoundRecord ──────┤
//                                                                              └──> DayRecord ──> day_report() ──> files
//
// The Poller asks when it is time, the core decides, the Recorder commits, belief advances after the commit. On the
// way to the Recorder the IncidentKeeper adds what it means for incidents, so that both are committed together. The
// RoundKeeper makes the rounds by the calendar and has their reports written. The App starts them, and starts
// them again with a new Setup when the configuration is read anew.

namespace rounds::daemon {

namespace {

constexpr auto sign_of_life_every = std::chrono::seconds(20);
/// Without a sign of life recorded for so long the daemon does not call itself alive.
constexpr auto silence_allowed = std::chrono::seconds(90);

}  // namespace

App::App(std::shared_ptr<const config::Setup> setup, store::StateStore store, World world,
         Threads threads, Log log, AppOptions options)
    : setup_(std::move(setup)),
      world_(std::move(world)),
      threads_(std::move(threads)),
      log_(std::move(log)),
      options_(std::move(options)),
      recorder_(std::move(store), world_.clock, threads_.loop, threads_.store, log_),
      asked_(threads_.loop) {}

asio::awaitable<core::Result<void>> App::live() {
    if (const auto begun = co_await begin(); !begun) co_return begun.error();
    while (!ending_) co_await live_with_setup();

    notify::stopping();
    co_await recorder_.flush();
    const auto now = world_.clock.wall();
    auto end_run = [now](store::StateStore& store) { return store.end_run(now); };
    const auto ended = co_await recorder_.ask(std::move(end_run));
    if (!ended) log_->error("the end of this run is not recorded: {}", ended.error().message);
    log_->info("ended");
    co_return outcome_;
}

asio::awaitable<core::Result<void>> App::begin() {
    const auto now = world_.clock.wall();
    auto recall = [](store::StateStore& store) { return store.recall(); };
    const auto memory = co_await recorder_.ask(std::move(recall));
    if (!memory) co_return memory.error();
    beliefs_ = memory->beliefs;
    incidents_.emplace(*memory, now, log_);
    auto agreed = incidents_->use(setup_, options_.hooks, beliefs_, now);
    first_started_ = std::min(memory->first_started.value_or(now), now);

    auto begin_run = [now](store::StateStore& store) { return store.begin_run(now); };
    if (const auto begun = co_await recorder_.ask(std::move(begin_run)); !begun)
        co_return begun.error();
    co_await record(std::move(agreed));
    if (memory->blind_since && memory->last_run) {
        // Blindness ended with the run that saw it: what follows is a gap of its own.
        store::Changes changes;
        changes.blind_until = memory->last_run->seen;
        co_await recorder_.record(std::move(changes));
    }
    // Its incident lasts until Rounds is seen to see: a restart is no recovery.
    if (incidents_->blind()) blind_.reset();
    if (memory->last_run && !memory->last_run->ended) {
        log_->warn("the last run ended without saying so: last_sign_of_life_ms={}",
                   core::to_ms(memory->last_run->seen));
    }
    last_sign_ = world_.clock.now();
    co_return core::Result<void>{};
}

asio::awaitable<void> App::live_with_setup() {
    const RecordTo record_to{
        .changes = [this](store::Changes changes) { return record(std::move(changes)); },
        .look = [this](const core::SubjectId& subject, core::WallTime at,
                       const core::EchoStats& stats) { recorder_.note(subject, at, stats); }};
    const probes::Ports ports{world_.clock, world_.echo, world_.resolver};
    Poller poller(setup_, beliefs_, ports, world_.gateways, record_to, threads_.loop, log_);
    poller.go_on_blind(blind_);
    RoundKeeper keeper(poller, recorder_, world_.clock, threads_.render, first_started_, log_);

    TaskGroup tasks(threads_.loop);
    tasks.spawn(poller.run());
    if (std::exchange(options_.round_now, false)) {
        tasks.spawn(round_now(keeper));
    } else {
        tasks.spawn(keeper.run());
    }
    tasks.spawn(give_signs_of_life());
    tasks.spawn(keep_incidents());
    tasks.spawn(pet_watchdog(poller));
    notify::ready();
    notify::status(fmt::format("watching {} devices and links", poller.subjects().size()));
    log_->info("watching: site={} devices_and_links={} rounds={}", setup_->site,
               poller.subjects().size(), setup_->rounds.size());

    while (!ending_ && !reload_asked_) co_await asked_.wait();
    if (reload_asked_) notify::reloading();
    poller.stop_asking();
    keeper.stop();
    tasks.cancel();
    co_await tasks.join();
    beliefs_ = poller.beliefs();
    blind_ = poller.blindness_recorded();
    if (!std::exchange(reload_asked_, false)) co_return;
    co_await read_configuration();
    auto agreed = incidents_->use(setup_, options_.hooks, beliefs_, world_.clock.wall());
    co_await record(std::move(agreed));
}

asio::awaitable<void> App::round_now(RoundKeeper& keeper) {
    const auto made = co_await keeper.make_by_hand(options_.progress);
    if (made && options_.on_round) options_.on_round(*made);
    if (!made) log_->error("round failed: {}", made.error().message);
    if (options_.once) {
        if (!made) outcome_ = made.error();
        end();
        co_return;
    }
    co_await keeper.run();
}

asio::awaitable<void> App::give_signs_of_life() {
    for (;;) {
        store::Changes changes;
        changes.alive = world_.clock.wall();
        auto recording = recorder_.record(std::move(changes));
        co_await uncancelled(std::move(recording));
        last_sign_ = world_.clock.now();
        if (ending_ || reload_asked_) co_return;
        co_await world_.clock.sleep_until(last_sign_ + sign_of_life_every);
    }
}

asio::awaitable<void> App::keep_incidents() {
    while (!ending_ && !reload_asked_) {
        store::Changes changes;
        const auto now = world_.clock.wall();
        incidents_->pass_time(changes, now);
        auto recording = record(std::move(changes));
        co_await uncancelled(std::move(recording));
        if (ending_ || reload_asked_) co_return;
        co_await world_.clock.sleep_until(world_.clock.now() + incidents_->pause(now));
    }
}

asio::awaitable<bool> App::record(store::Changes changes) {
    incidents_->add_to(changes, world_.clock.wall());
    if (changes.empty()) co_return true;
    const auto incidents = changes.incidents;
    const bool recorded = co_await recorder_.record(std::move(changes));
    if (recorded) incidents_->tell(incidents);
    co_return recorded;
}

asio::awaitable<void> App::pet_watchdog(const Poller& poller) {
    const auto interval = notify::watchdog_interval();
    if (!interval) co_return;
    for (;;) {
        // The loop runs (this is it), the store answers, and polls are made: only then is the daemon alive.
        const auto now = world_.clock.now();
        if (now - last_sign_ < silence_allowed && poller.lag() < silence_allowed) notify::alive();
        co_await world_.clock.sleep_until(now + *interval / 3);
    }
}

void App::reload() {
    reload_asked_ = true;
    asked_.notify();
}

void App::end() {
    ending_ = true;
    asked_.notify();
}

asio::awaitable<void> App::read_configuration() {
    auto read = options_.reload;
    const auto loaded = co_await hand_over(threads_.render, std::move(read));
    if (!loaded.setup) {
        for (const auto& problem : loaded.problems)
            log_->error("configuration: {}", problem.sentence());
        log_->error("configuration not reloaded: problems={}; the old one stays",
                    loaded.problems.size());
    } else if (loaded.setup->state != setup_->state) {
        log_->error(
            "configuration not reloaded: storage.state is {} and cannot become {} without a "
            "restart",
            setup_->state.string(), loaded.setup->state.string());
    } else {
        setup_ = loaded.setup;
        log_->info("configuration reloaded");
    }
}

}  // namespace rounds::daemon
