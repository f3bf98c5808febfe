// The whole daemon while state.db cannot be written: its end, and a reload that takes a hook out.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "daemon/store/database.hpp"
#include "tests/support/house.hpp"

namespace rounds::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const core::WallTime seven = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 7h;
const std::string head = R"yaml(
site: {name: Small office, locale: en, time_zone: UTC}
polling: {ping: {interval: 30s, packets: 5, timeout: 1s, down_after: 3, up_after: 2, retry_interval: 10s}}
devices:
  - {name: core, address: 10.2.0.1, class: switch, severity: 1}
)yaml";
const std::string tickets = head + R"yaml(hooks:
  - {name: tickets, type: webhook, url: "http://tickets.example/"}
)yaml";
const std::string chat = head + R"yaml(hooks:
  - {name: chat, type: webhook, url: "http://chat.example/"}
)yaml";

/// No file grows any more while it lives.
class FullDisk {
 public:
    FullDisk() {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit full{0, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

 private:
    rlimit before_{};
};

/// The switch is silent from 07:10 on; whom it is told to does not hear it.
class TroubleWithState : public ::testing::Test {
 protected:
    TroubleWithState() {
        house.office().add("10.2.0.1");
        house.office().silence("10.2.0.1", {seven + 10min, seven + 24h});
        house.hooks().answer = [](const auto&) {
            return std::pair{FakeHookPort::status(503), 50ms};
        };
        house.start();
    }

    int status_of(web::Request request) {
        std::optional<int> status;
        auto on_answer = [&status](const std::exception_ptr&, const web::Response& response) {
            status = response.status;
        };
        asio::co_spawn(house.loop(), house.app().answer(std::move(request)), on_answer);
        house.clock().run_until(house.clock().wall() + 1min, [&] { return status.has_value(); });
        return status.value_or(0);
    }
    int comment() {
        return status_of({"POST", "/v1/incidents/GZ-20261124-0001/comment",
                          R"({"actor": "wang", "comment": "on my way"})"});
    }
    std::size_t events() {
        return house.read().incidents().show({"GZ-20261124-0001"}).value().events.size();
    }
    std::vector<store::Backlog> backlog() { return house.read().outbox().backlog().value(); }
    auto told_to_tickets() {
        return std::ranges::count(house.hooks().log, "http://tickets.example/",
                                  &FakeHookPort::Posted::url);
    }

    House house{tickets, seven};
};

TEST_F(TroubleWithState, WhoHoldsTheFileDoesNotKeepADaemonThatEnds) {
    house.run_until(seven + 20min);
    ASSERT_EQ(comment(), 200);
    const auto before = events();
    auto other = store::Database::open(house.state() / "state.db", store::Database::Access::write);
    other.run("BEGIN EXCLUSIVE");
    house.app().end();
    // Thirty times five seconds would be longer than a test may take.
    for (int n = 0; n < 30; ++n) ASSERT_EQ(comment(), 503) << n;
    house.stop();
    EXPECT_TRUE(house.ended());
    EXPECT_TRUE(other.in_transaction()) << "nobody let go of it";
    EXPECT_FALSE(house.read().recall()->last_run->ended);
    EXPECT_EQ(events(), before);

    other.run("ROLLBACK");
    house.start();
    house.run_until(seven + 30min);
    EXPECT_EQ(comment(), 200);
    EXPECT_EQ(events(), before + 1);
    house.stop();
    EXPECT_TRUE(house.read().recall()->last_run->ended);
}

TEST_F(TroubleWithState, ARunOfWhichSomethingIsLostHasNoEnd) {
    house.run_until(seven + 5min);
    const auto seen = house.read().recall()->last_run->seen;
    {
        const FullDisk full;
        house.run_until(seven + 20min);
        house.stop();
    }
    const auto run = house.read().recall()->last_run;
    EXPECT_FALSE(run->ended);
    EXPECT_EQ(run->seen, seen);
    EXPECT_THAT(house.read().incidents().list({}).value(), IsEmpty());
}

TEST_F(TroubleWithState, WhatWaitsForAHookTakenOutOnAFullDiskIsParkedWhenThereIsRoom) {
    house.run_until(seven + 20min);
    ASSERT_THAT(backlog(), ElementsAre(store::Backlog{"tickets", 1, 0}));
    house.rewrite(chat);
    {
        const FullDisk full;
        house.app().reload();
        house.run_until(seven + 25min);
        EXPECT_THAT(backlog(), ElementsAre(store::Backlog{"tickets", 1, 0}));
    }
    const auto told = told_to_tickets();
    house.run_until(seven + 27min);
    EXPECT_THAT(backlog(), ElementsAre(store::Backlog{"tickets", 0, 1}));
    EXPECT_EQ(told_to_tickets(), told);
}

TEST_F(TroubleWithState, WhatHappensOnAFullDiskForAHookTakenOutMeanwhileIsParkedToo) {
    house.run_until(seven + 5min);
    house.rewrite(chat);
    {
        const FullDisk full;
        house.run_until(seven + 20min);
        house.app().reload();
        house.run_until(seven + 25min);
        EXPECT_THAT(backlog(), IsEmpty());
    }
    house.run_until(seven + 27min);
    EXPECT_EQ(events(), 1U);
    EXPECT_THAT(backlog(), ElementsAre(store::Backlog{"tickets", 0, 1}));
    EXPECT_EQ(told_to_tickets(), 0);
}

}  // namespace
}  // namespace rounds::tests
