#include "tests/support/house.hpp"

#include <stdexcept>
#include <utility>

#include "config/profiles.hpp"

namespace rounds::tests {

House::House(const std::string& text, core::WallTime start)
    : clock_(loop_, start),
      office_(clock_),
      snmp_(clock_),
      hooks_(clock_),
      folder_(std::make_unique<TempFolder>()) {
    rewrite(text);
    load();
}

House::~House() {
    if (running()) stop();
}

void House::rewrite(const std::string& text) {
    text_ = text;
    folder_->write("rounds.yaml", text + "\nstorage: {state: " + state().string() +
                                      ", reports: " + reports().string() + "}\n");
}

config::Loaded House::load_with_profiles() const {
    static const auto shipped = config::load_profiles().profiles;  // the same for every test
    auto loaded = config::load(folder_->path() / "rounds.yaml");
    if (!loaded.setup) return loaded;
    config::Setup setup = *loaded.setup;
    setup.profiles = shipped;
    loaded.setup = std::make_shared<const config::Setup>(std::move(setup));
    return loaded;
}

void House::load() {
    const auto loaded = load_with_profiles();
    std::string mistakes;
    for (const auto& problem : loaded.problems) mistakes += problem.sentence() + "\n";
    if (!loaded.setup) throw std::runtime_error(mistakes);
    setup_ = loaded.setup;
}

void House::start(daemon::AppOptions options) {
    load();
    options.reload = [this] { return load_with_profiles(); };
    auto store = store::StateStore::open(setup_->state);
    if (!store) throw std::runtime_error(store.error().message);
    const auto loop = loop_.get_executor();
    ended_.reset();
    app_ = std::make_unique<daemon::App>(
        setup_, std::move(*store), store::SampleStore::open(setup_->state).value(),
        daemon::World{clock_, office_, office_, snmp_, hooks_, [this] { return gateways_; }},
        daemon::Threads{loop, loop, loop}, daemon::silent_log(), std::move(options));
    auto on_end = [this](std::exception_ptr failure, core::Result<void> outcome) {
        if (failure) std::rethrow_exception(failure);
        ended_ = std::move(outcome);
    };
    asio::co_spawn(loop_, app_->live(), std::move(on_end));
}

void House::stop() {
    app_->end();
    const auto patience = clock_.wall() + std::chrono::minutes(10);
    clock_.run_until(patience, [this] { return ended_.has_value(); });
    if (!ended_) throw std::runtime_error("the daemon did not end within ten minutes");
    app_.reset();
}

void House::crash() {
    // Nothing runs at this moment: the files are what kill -9 would leave. They are put aside before the daemon
    // is taken down in an orderly way, and put back after it.
    const auto kept = folder_->path() / "kept";
    std::filesystem::copy(state(), kept, std::filesystem::copy_options::recursive);
    const auto now = clock_.wall();
    stop();
    clock_.step_wall(now - clock_.wall());
    std::filesystem::remove_all(state());
    std::filesystem::rename(kept, state());
}

store::StateStore House::read() const {
    auto store = store::StateStore::open_read_only(state());
    if (!store) throw std::runtime_error(store.error().message);
    return std::move(*store);
}

}  // namespace rounds::tests
