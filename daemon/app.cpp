#include "daemon/app.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "config/encoding.hpp"
#include "core/at_end.hpp"
#include "core/ping_items.hpp"
#include "core/text.hpp"
#include "daemon/stored_outbox.hpp"
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

std::vector<ToldTo> told_to(const config::Setup& setup) {
    std::vector<ToldTo> all;
    for (const auto& hook : setup.hooks) all.push_back({hook.name, hook.min_severity});
    return all;
}

core::Error not_reloaded(const std::string& why, std::size_t more) {
    return {core::Error::Kind::invalid_input,
            fmt::format("not reloaded, the old configuration stays: {}{}", why,
                        more == 0 ? "" : fmt::format(" (and {} more, see the log)", more))};
}

/// Attempts are spread by chance, so that receivers are not asked by everybody at the same moment.
double chance() {
    std::random_device dice;
    return std::uniform_real_distribution<double>(0, 1)(dice);
}

/// What samples are summed up to is kept longer than they are: by the hour as long as history, by five minutes for
/// a month.
SampleRetention retention_of(const config::Setup& setup) {
    constexpr int month = 31;
    using std::chrono::days;
    return {.samples = days(setup.keep_samples_days),
            .five_minutes = days(std::max(month, setup.keep_samples_days)),
            .hours = days(std::max(setup.keep_days, setup.keep_samples_days))};
}

const core::Error no_report{
    core::Error::Kind::unavailable,
    "the round is recorded, but its report could not be written: see the log"};
const core::Error ending_now{core::Error::Kind::unavailable,
                             "the daemon is ending: the configuration was not read anew"};
const core::Error no_round{core::Error::Kind::unavailable, "ended before the round was made"};

}  // namespace

App::App(std::shared_ptr<const config::Setup> setup, store::StateStore store,
         std::optional<store::SampleStore> samples, World world, Threads threads, Log log,
         AppOptions options)
    : setup_(std::move(setup)),
      world_(std::move(world)),
      threads_(std::move(threads)),
      log_(std::move(log)),
      options_(std::move(options)),
      recorder_(std::move(store), world_.clock, threads_.loop, threads_.store, log_),
      samples_(std::move(samples), world_.clock, threads_.store, log_),
      self_(world_.clock.wall(), log_),
      tester_(world_.hooks, world_.clock, threads_.loop, log_),
      asked_(threads_.loop),
      reloaded_(threads_.loop),
      api_(doors(), recorder_, world_.clock, threads_.loop, log_) {
    recorder_.tell_writes([this](core::Duration took) { self_.wrote(world_.clock.wall(), took); });
}

asio::awaitable<core::Result<void>> App::live() {
    if (const auto begun = co_await begin(); !begun) co_return begun.error();
    const auto server = listen();
    while (!ending_) co_await live_with_setup();

    tester_.stop();
    if (server) {
        server->stop();
        co_await server->join();
    }
    co_await tester_.join();
    notify::stopping();
    (void)co_await recorder_.flush();
    co_await samples_.flush();
    co_await end_run();
    log_->info("ended");
    if (options_.once && options_.round_now) co_return no_round;
    co_return outcome_;
}

asio::awaitable<core::Result<void>> App::begin() {
    const auto now = world_.clock.wall();
    started_ = now;
    auto recall = [](store::StateStore& store) { return store.recall(); };
    const auto memory = co_await recorder_.ask(std::move(recall));
    if (!memory) co_return memory.error();
    beliefs_ = memory->beliefs;
    items_ = memory->items;
    incidents_.emplace(*memory, now, log_);
    auto agreed = incidents_->use(setup_, told_to(*setup_), beliefs_, now);
    first_started_ = std::min(memory->first_started.value_or(now), now);
    trust_ = {memory->last_run ? memory->last_run->seen : now, world_.clock.now()};

    auto begin_run = [now](store::StateStore& store) { return store.begin_run(now); };
    if (const auto begun = co_await recorder_.ask(std::move(begin_run)); !begun)
        co_return begun.error();
    (void)co_await record(std::move(agreed));
    if (memory->blind_since && memory->last_run) {
        // Blindness ended with the run that saw it: what follows is a gap of its own.
        store::Changes changes;
        changes.blind_until = memory->last_run->seen;
        (void)co_await recorder_.record(std::move(changes));
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

/// A run of which something is not recorded gets no end: nobody knows what was after its last sign of life.
asio::awaitable<void> App::end_run() {
    std::string why = recorder_.trouble();
    if (why.empty()) {
        const auto now = world_.clock.wall();
        auto work = [now](store::StateStore& store) { return store.end_run(now); };
        const auto ended = co_await recorder_.ask(std::move(work));
        if (!ended) why = ended.error().message;
    }
    if (!why.empty()) {
        const auto kept = recorder_.kept();
        log_->error(
            "ending, and this is not recorded: end_of_run state_changes={} item_changes={} "
            "incident_steps={} rounds={} quarters_of_round_trip_times={} reason={}",
            kept.state_changes, kept.item_changes, kept.incident_steps, kept.rounds, kept.quarters,
            why);
    }
    if (samples_.kept() > 0) {
        log_->error("ending, and this is not recorded: samples={} reason={}", samples_.kept(),
                    samples_.trouble());
    }
}

asio::awaitable<void> App::live_with_setup() {
    const RecordTo record_to{
        .changes = [this](store::Changes changes) { return record(std::move(changes)); },
        .look = [this](const core::SubjectId& subject, core::WallTime at,
                       const core::EchoStats& stats) { recorder_.note(subject, at, stats); },
        .punctuality =
            [this](core::Duration lateness, bool too_long) {
                self_.pinged(world_.clock.wall(), lateness, too_long);
            }};
    const probes::Ports ports{world_.clock, world_.echo, world_.resolver};
    Poller poller(setup_, {beliefs_, items_}, ports, world_.gateways, record_to, threads_.loop,
                  log_);
    poller.go_on_blind(blind_);
    SnmpPoller snmp(
        setup_, items_,
        {{world_.snmp, world_.clock, setup_->profiles, config::from_gb18030}, world_.resolver},
        [&poller](const core::SubjectId& id) { return poller.answers(id); },
        {.changes = record_to.changes,
         .samples =
             [this](std::vector<store::Sample> samples) { samples_.add(std::move(samples)); },
         .punctuality =
             [this](core::Duration lateness, bool too_long) {
                 self_.read_by_snmp(world_.clock.wall(), lateness, too_long);
             }},
        threads_.loop, log_);
    poller.ask_by_snmp_too([&snmp](const core::Device& device) { return snmp.answers(device); });
    RoundKeeper keeper(poller, snmp, recorder_, samples_, self_, world_.clock, threads_.render,
                       first_started_, trust_, log_);

    StoredOutbox outbox(setup_, recorder_);
    Deliverer deliverer(setup_->hooks, outbox, world_.hooks, world_.clock, threads_.loop, chance,
                        log_);
    deliverer_ = &deliverer;
    const core::AtEnd no_deliverer([this] { deliverer_ = nullptr; });

    co_await let_go(poller, snmp);
    TaskGroup tasks(threads_.loop);
    tasks.spawn(outbox.park_left_over(world_.clock, log_));
    tasks.spawn(deliverer.run());
    tasks.spawn(poller.run());
    tasks.spawn(snmp.run());
    tasks.spawn(samples_.run(retention_of(*setup_)));
    if (options_.round_now) {
        tasks.spawn(round_now(keeper));
    } else {
        tasks.spawn(keeper.run());
    }
    tasks.spawn(give_signs_of_life());
    tasks.spawn(keep_incidents());
    tasks.spawn(pet_watchdog(poller));
    notify::ready();
    notify::status(
        fmt::format("watching {} devices and links{}", poller.subjects().size(), reload_refused_));
    log_->info("watching: site={} devices_and_links={} rounds={}", setup_->site,
               poller.subjects().size(), setup_->rounds.size());

    while (!ending_ && !reload_asked_) co_await asked_.wait();
    if (reload_asked_) notify::reloading();
    poller.stop_asking();
    snmp.stop_asking();
    deliverer.stop();
    keeper.stop();
    tasks.cancel();
    co_await tasks.join();
    beliefs_ = poller.beliefs();
    items_ = poller.items();
    for (auto& [id, items] : snmp.items()) items_[id].merge(items);
    blind_ = poller.blindness_recorded();
    if (!std::exchange(reload_asked_, false)) co_return;
    co_await read_configuration();
    auto agreed = incidents_->use(setup_, told_to(*setup_), beliefs_, world_.clock.wall());
    (void)co_await record(std::move(agreed));
}

/// What is no longer watched is no longer down: nobody knows.
asio::awaitable<void> App::let_go(const Poller& poller, const SnmpPoller& snmp) {
    store::Changes changes;
    const auto now = world_.clock.wall();
    for (const auto& [id, belief] : beliefs_) {
        if (poller.watches(id) || belief.state == core::State::unknown) continue;
        const core::Message reason{core::MessageId::reason_not_watched};
        changes.beliefs[id] = {.since = now, .reason = reason};
        changes.transitions.push_back(
            {.subject = id, .before = belief.state, .reason = reason, .at = now});
        log_->info("no longer watched: subject={}", core::printable(id.value));
    }
    // The same of check items: without credentials, or out of the archive, nobody looks whether they are well.
    for (const auto& [id, items] : items_) {
        for (const auto& [item, belief] : items) {
            const bool of_ping = core::is_ping_item(item.item);
            const bool by_snmp = snmp.find(id) != nullptr || snmp.find_link(id) != nullptr;
            const bool looked_at = of_ping ? poller.watches(id) : by_snmp;
            if (looked_at || belief.verdict == core::Verdict::ok) continue;
            changes.item_changes.push_back(
                {id,
                 {.id = item, .before = belief.verdict, .after = core::Verdict::ok, .at = now}});
        }
    }
    (void)co_await record(std::move(changes));
}

asio::awaitable<void> App::round_now(RoundKeeper& keeper) {
    const auto made = co_await keeper.make_by_hand(options_.progress);
    options_.round_now = false;  // not before: a reload in the middle of it begins it again
    if (made && options_.on_round) options_.on_round(*made);
    if (!made) log_->error("round failed: {}", made.error().message);
    if (options_.once) {
        if (!made) outcome_ = made.error();
        if (made && made->reports.empty()) outcome_ = no_report;
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
        (void)co_await uncancelled(std::move(recording));
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
        (void)co_await uncancelled(std::move(recording));
        if (ending_ || reload_asked_) co_return;
        co_await world_.clock.sleep_until(world_.clock.now() + incidents_->pause(now));
    }
}

asio::awaitable<core::Result<void>> App::record(store::Changes changes) {
    incidents_->add_to(changes, world_.clock.wall());
    if (changes.empty()) co_return core::Result<void>{};
    const auto incidents = changes.incidents;
    auto recorded = co_await recorder_.record(std::move(changes));
    if (recorded) incidents_->tell(incidents);
    if (recorded && !incidents.empty() && deliverer_ != nullptr) deliverer_->wake();
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
    recorder_.hurry();
    samples_.hurry();
    asked_.notify();
    reloaded_.notify();
}

asio::awaitable<core::Result<void>> App::reload_and_tell() {
    const int wanted =
        reloads_ + (reading_ ? 2 : 1);  // what is being read may be older than the wish
    reload();
    while (reloads_ < wanted && !ending_) co_await reloaded_.wait();
    if (reloads_ < wanted) co_return ending_now;
    co_return last_reload_;
}

ApiDoors App::doors() {
    return {.setup = [this] { return setup_; },
            .incidents = [this]() -> IncidentKeeper& { return *incidents_; },
            .record = [this](store::Changes changes) { return record(std::move(changes)); },
            .reload = [this] { return reload_and_tell(); },
            .wake_hooks =
                [this] {
                    if (deliverer_ != nullptr) deliverer_->wake();
                },
            .test_hook = [this](std::string name) { return tester_.test(setup_, std::move(name)); },
            .self = [this] { return self_status(); }};
}

SelfStatus App::self_status() const {
    const auto now = world_.clock.wall();
    const core::Period hour{std::max(started_, now - std::chrono::hours(1)), now};
    return {.started = started_,
            .last_hour = self_.over(hour),
            .process = process_use(),
            .waiting_changes = recorder_.waiting(),
            .waiting_samples = samples_.kept()};
}

asio::awaitable<web::Response> App::answer(web::Request request) {
    return api_.answer(std::move(request));
}

std::unique_ptr<web::Server> App::listen() {
    if (options_.socket.empty()) return nullptr;
    auto handler = [this](web::Request request) { return answer(std::move(request)); };
    auto server = web::Server::open(threads_.loop, options_.socket, std::move(handler));
    if (!server) {
        log_->error("going on without API: {}", server.error().message);
        return nullptr;
    }
    log_->info("listening: socket={}", options_.socket.string());
    return std::move(*server);
}

asio::awaitable<void> App::read_configuration() {
    auto read = options_.reload;
    reading_ = true;
    const auto loaded = co_await hand_over(threads_.render, std::move(read));
    reading_ = false;
    take(loaded);
    ++reloads_;
    reloaded_.notify();
}

void App::take(const config::Loaded& loaded) {
    reload_refused_ = "; the configuration was not reloaded, see the log";
    if (!loaded.setup) {
        for (const auto& problem : loaded.problems)
            log_->error("configuration: {}", problem.sentence());
        log_->error("configuration not reloaded: problems={}; the old one stays",
                    loaded.problems.size());
        last_reload_ = not_reloaded(loaded.problems.front().sentence(), loaded.problems.size() - 1);
    } else if (loaded.setup->state != setup_->state) {
        log_->error(
            "configuration not reloaded: storage.state is {} and cannot become {} without a "
            "restart",
            setup_->state.string(), loaded.setup->state.string());
        last_reload_ = not_reloaded("storage.state cannot change without a restart", 0);
    } else {
        if (loaded.setup->socket != setup_->socket)
            log_->warn("api.socket becomes {} with the next start", loaded.setup->socket.string());
        setup_ = loaded.setup;
        reload_refused_.clear();
        last_reload_ = core::Result<void>{};
        log_->info("configuration reloaded");
    }
}

}  // namespace rounds::daemon
