// The whole daemon in a fake office on a fake clock.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/app.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_hooks.hpp"
#include "tests/support/fake_office.hpp"
#include "tests/support/fake_snmp.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::tests {

/// `text` is rounds.yaml without `storage`, which points into a folder of the test's.
class House {
 public:
    House(const std::string& text, core::WallTime start);
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    FakeOffice& office() { return office_; }
    FakeSnmp& snmp() { return snmp_; }
    FakeHookPort& hooks() { return hooks_; }
    FakeClock& clock() { return clock_; }
    [[nodiscard]] const config::Setup& setup() const { return *setup_; }
    daemon::App& app() { return *app_; }
    asio::io_context& loop() { return loop_; }
    void set_gateways(std::vector<std::string> gateways) { gateways_ = std::move(gateways); }

    /// Replaces rounds.yaml (a reload reads it).
    void rewrite(const std::string& text);

    void start(daemon::AppOptions options = {});
    void run_until(core::WallTime when) { clock_.run_until(when); }
    /// SIGTERM: returns when it has ended.
    void stop();
    /// kill -9: what was committed stays, nothing else happens. The daemon is not running afterwards.
    void crash();

    [[nodiscard]] bool running() const { return app_ != nullptr && !ended_; }
    /// What live() came back with; only after it has ended.
    [[nodiscard]] const core::Result<void>& ended() const { return *ended_; }

    /// The database as a reader beside the daemon sees it.
    [[nodiscard]] store::StateStore read() const;
    [[nodiscard]] std::filesystem::path reports() const { return folder_->path() / "reports"; }
    [[nodiscard]] std::filesystem::path state() const { return folder_->path() / "state"; }

 private:
    [[nodiscard]] config::Loaded load_with_profiles() const;
    void load();

    asio::io_context loop_{1};
    FakeClock clock_;
    FakeOffice office_;
    FakeSnmp snmp_;
    FakeHookPort hooks_;
    std::vector<std::string> gateways_;
    std::unique_ptr<TempFolder> folder_;
    std::string text_;
    std::shared_ptr<const config::Setup> setup_;
    std::unique_ptr<daemon::App> app_;
    std::optional<core::Result<void>> ended_;
};

}  // namespace rounds::tests
