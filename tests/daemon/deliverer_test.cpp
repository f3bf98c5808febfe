// Delivering, on a clock that jumps.
#include "daemon/deliverer.hpp"

#include <memory>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/daemon/outbox_in_memory.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_hooks.hpp"

namespace rounds::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = OutboxInMemory::State;
using tests::FakeHookPort;

const core::WallTime evening = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 20h;

core::Hook hook_named(const std::string& name) {
    core::Hook hook;
    hook.name = name;
    hook.url = "https://" + name + ".example.com/hook/s3cret";
    return hook;
}

class DelivererTest : public ::testing::Test {
 protected:
    ~DelivererTest() override { stop(); }

    void start(std::vector<std::string> names = {"tickets"}) {
        std::vector<core::Hook> hooks;
        for (const std::string& name : names) hooks.push_back(hook_named(name));
        deliverer = std::make_unique<Deliverer>(
            std::move(hooks), outbox, port, clock, loop.get_executor(), [] { return 0.5; },
            silent_log());
        cancel = std::make_unique<asio::cancellation_signal>();
        asio::co_spawn(loop, deliverer->run(),
                       asio::bind_cancellation_slot(cancel->slot(), [this](std::exception_ptr why) {
                           ended = true;
                           failure = why;
                       }));
    }

    /// As a reload or a crash would: nothing more is settled.
    void stop() {
        if (!deliverer) return;
        deliverer->stop();
        cancel->emit(asio::cancellation_type::terminal);
        clock.run_until(clock.wall());
        EXPECT_TRUE(ended);
        ended = false;
        deliverer.reset();
    }

    void live(core::Duration how_long) { clock.run_until(clock.wall() + how_long); }

    void add(const std::string& event, const std::string& incident,
             const std::string& hook = "tickets") {
        outbox.add(hook, event, incident, clock.wall());
        if (deliverer) deliverer->wake();
    }

    [[nodiscard]] std::vector<std::string> told(const std::string& hook = "tickets") const {
        std::vector<std::string> ids;
        for (const auto& posted : port.log)
            if (posted.url == hook_named(hook).url) ids.push_back(posted.id);
        return ids;
    }

    asio::io_context loop{1};
    tests::FakeClock clock{loop, evening};
    FakeHookPort port{clock};
    OutboxInMemory outbox;
    std::unique_ptr<Deliverer> deliverer;
    std::unique_ptr<asio::cancellation_signal> cancel;
    bool ended = false;
    std::exception_ptr failure;
};

std::pair<ports::HookReply, core::Duration> after(core::Duration takes, int status) {
    return {FakeHookPort::status(status), takes};
}

TEST_F(DelivererTest, WhatWaitsIsToldAtOnce) {
    add("e1", "GZ-1");
    start();
    live(1s);
    EXPECT_THAT(told(), ElementsAre("e1"));
    EXPECT_EQ(port.log.front().body, R"({"event":"e1"})");
    EXPECT_EQ(outbox.count(State::delivered), 1U);
}

TEST_F(DelivererTest, NewsWakeIt) {
    start();
    live(1h);
    const int idle_looks = outbox.looks;
    EXPECT_EQ(idle_looks, 1);  // an empty outbox is not looked at again and again
    add("e1", "GZ-1");
    live(1s);
    EXPECT_THAT(told(), ElementsAre("e1"));
    EXPECT_EQ(port.log.front().at, evening + 1h);
}

TEST_F(DelivererTest, NewsDoNotRepeatWhatIsUnderWay) {
    add("e1", "GZ-1");
    port.answer = [](const auto&) { return after(5s, 200); };
    start();
    live(1s);
    add("e2", "GZ-1");
    add("f1", "GZ-2");
    live(1s);
    EXPECT_THAT(told(), ElementsAre("e1", "f1"));
    live(1min);
    EXPECT_THAT(told(), ElementsAre("e1", "f1", "e2"));
}

TEST_F(DelivererTest, EventsOfAnIncidentKeepTheirOrder) {
    for (int i = 1; i <= 5; ++i) add("e" + std::to_string(i), "GZ-1");
    int asked = 0;
    // The first takes long, the second fails twice.
    port.answer = [&](const auto& posted) {
        if (posted.id == "e1") return after(8s, 200);
        if (posted.id == "e2" && ++asked <= 2) return after(50ms, 503);
        return after(50ms, 200);
    };
    start();
    live(5min);
    EXPECT_THAT(told(), ElementsAre("e1", "e2", "e2", "e2", "e3", "e4", "e5"));
    EXPECT_EQ(outbox.count(State::delivered), 5U);
}

TEST_F(DelivererTest, OneIncidentsTroubleDoesNotHoldUpAnother) {
    add("e1", "GZ-1");
    add("e2", "GZ-1");
    add("f1", "GZ-2");
    port.answer = [](const auto& posted) { return after(50ms, posted.id == "e1" ? 500 : 200); };
    start();
    live(1s);
    EXPECT_THAT(told(), ElementsAre("e1", "f1"));
}

TEST_F(DelivererTest, AHangingHookDelaysNoOther) {
    for (int i = 0; i < 20; ++i) {
        add("e" + std::to_string(i), "GZ-" + std::to_string(i), "hanging");
        add("f" + std::to_string(i), "GZ-" + std::to_string(i), "well");
    }
    port.answer = [](const auto& posted) {
        return after(posted.url.starts_with("https://hanging") ? 24h : 50ms, 200);
    };
    start({"hanging", "well"});
    live(1s);
    EXPECT_EQ(told("well").size(), 20U);
    EXPECT_EQ(told("hanging").size(), Deliverer::most_at_once);
}

TEST_F(DelivererTest, AHookGetsFourAtOnce) {
    for (int i = 0; i < 20; ++i) add("e" + std::to_string(i), "GZ-" + std::to_string(i));
    start();
    live(10s);
    EXPECT_EQ(told().size(), 20U);
    EXPECT_EQ(port.most_at_once, static_cast<int>(Deliverer::most_at_once));
}

TEST_F(DelivererTest, PausesGrow) {
    add("e1", "GZ-1");
    port.answer = [](const auto&) { return after(0ms, 503); };
    start();
    live(3min);
    std::vector<core::Duration> pauses;
    for (std::size_t i = 1; i < port.log.size(); ++i)
        pauses.push_back(port.log[i].at - port.log[i - 1].at);
    EXPECT_THAT(pauses, ElementsAre(7500ms, 12500ms, 22500ms, 42500ms, 82500ms));
    EXPECT_EQ(outbox.rows.front().delivery.first, evening);
    EXPECT_EQ(outbox.rows.front().delivery.attempts, 6);
}

TEST_F(DelivererTest, ARefusedMessageIsParkedAndTheNextIsTold) {
    add("e1", "GZ-1");
    add("e2", "GZ-1");
    port.answer = [](const auto& posted) { return after(50ms, posted.id == "e1" ? 422 : 200); };
    start();
    live(1s);
    EXPECT_THAT(told(), ElementsAre("e1", "e2"));
    EXPECT_EQ(outbox.rows[0].state, State::parked);
    EXPECT_EQ(outbox.rows[0].why->id, core::MessageId::hook_refused);
    EXPECT_EQ(outbox.rows[1].state, State::delivered);
}

TEST_F(DelivererTest, AfterThreeDaysItIsParked) {
    add("e1", "GZ-1");
    port.answer = [](const auto&) { return after(0ms, 503); };
    start();
    live(71h);
    EXPECT_EQ(outbox.rows[0].state, State::waiting);
    live(1h + 1s);
    EXPECT_EQ(outbox.rows[0].state, State::parked);
    EXPECT_EQ(outbox.rows[0].why->id, core::MessageId::hook_in_trouble);
    const std::size_t attempts = port.log.size();
    live(24h);
    EXPECT_EQ(port.log.size(), attempts);
}

/// Down from 20:00 to 08:00, 200 incidents of three events each: asked seldom, and when it is back all is told
/// within minutes, each incident in order.
TEST_F(DelivererTest, AReceiverThatIsDownForANight) {
    for (int event = 1; event <= 3; ++event)
        for (int i = 0; i < 200; ++i)
            add("e" + std::to_string(i) + "." + std::to_string(event), "GZ-" + std::to_string(i));
    const core::WallTime morning = evening + 12h;
    port.answer = [&](const auto& posted) { return after(1s, posted.at < morning ? 503 : 200); };
    start();
    clock.run_until(morning);
    EXPECT_EQ(outbox.count(State::delivered), 0U);
    EXPECT_LT(port.log.size(), 12U * 3'600U);
    clock.run_until(morning + 75min);
    EXPECT_EQ(outbox.count(State::delivered), 600U);

    std::map<std::string, std::string> last;
    for (const auto& posted : port.log) {
        if (posted.at < morning) continue;
        const std::string incident = posted.id.substr(0, posted.id.find('.'));
        EXPECT_LT(last[incident], posted.id);
        last[incident] = posted.id;
    }
}

TEST_F(DelivererTest, OneInTroubleIsAskedOneByOne) {
    for (int i = 0; i < 50; ++i) add("e" + std::to_string(i), "GZ-" + std::to_string(i));
    port.answer = [](const auto&) { return after(24h, 200); };  // each ends after 10 s
    start();
    live(10s);
    EXPECT_EQ(port.log.size(), 5U);  // four ended, and one is begun
    live(60s);
    EXPECT_EQ(port.log.size(), 11U);
}

TEST_F(DelivererTest, WhenItIsBackThePausesAreOver) {
    bool is_down = true;
    port.answer = [&](const auto&) { return after(0ms, is_down ? 503 : 200); };
    for (int i = 0; i < 10; ++i) add("e" + std::to_string(i), "GZ-" + std::to_string(i));
    start();
    live(6h);
    is_down = false;
    add("news", "GZ-99");
    live(10s);
    EXPECT_EQ(outbox.count(State::delivered), 11U);
}

TEST_F(DelivererTest, OneMessageThatAlwaysFailsIsNotHastened) {
    add("poison", "GZ-0");
    port.answer = [](const auto& posted) { return after(0ms, posted.id == "poison" ? 500 : 200); };
    start();
    live(2h);
    const std::size_t alone = told().size();
    for (int i = 0; i < 100; ++i) add("e" + std::to_string(i), "GZ-" + std::to_string(i + 1));
    live(10s);
    EXPECT_EQ(outbox.count(State::delivered), 100U);
    EXPECT_LE(told().size(), alone + 100 + 2);
}

TEST_F(DelivererTest, AfterACrashItIsToldAgainWithTheSameId) {
    add("e1", "GZ-1");
    add("e2", "GZ-1");
    port.answer = [](const auto&) { return after(5s, 200); };
    start();
    live(1s);
    EXPECT_THAT(told(), ElementsAre("e1"));
    stop();  // the answer is not waited for
    EXPECT_EQ(outbox.count(State::delivered), 0U);
    clock.pass_until(clock.wall() + 1h);
    start();
    live(1min);
    EXPECT_THAT(told(), ElementsAre("e1", "e1", "e2"));
    EXPECT_EQ(outbox.count(State::delivered), 2U);
}

TEST_F(DelivererTest, WhatCannotBeKeptIsNotToldTwice) {
    add("e1", "GZ-1");
    add("e2", "GZ-1");
    outbox.unwritable = true;
    start();
    live(10min);
    EXPECT_THAT(told(), ElementsAre("e1"));
    outbox.unwritable = false;
    live(11s);
    EXPECT_THAT(told(), ElementsAre("e1", "e2"));
    EXPECT_EQ(outbox.count(State::delivered), 2U);
}

TEST_F(DelivererTest, EndsWhileNothingCanBeKept) {
    add("e1", "GZ-1");
    outbox.unwritable = true;
    start();
    live(1s);
    stop();
    EXPECT_EQ(outbox.count(State::waiting), 1U);
}

TEST_F(DelivererTest, AnUnreadableOutboxIsTriedAgain) {
    add("e1", "GZ-1");
    outbox.unreadable = true;
    start();
    live(1min);
    EXPECT_THAT(told(), IsEmpty());
    outbox.unreadable = false;
    live(11s);
    EXPECT_THAT(told(), ElementsAre("e1"));
}

TEST_F(DelivererTest, AClockSetBackAYearDelaysNothing) {
    add("e1", "GZ-1");
    bool is_down = true;
    port.answer = [&](const auto&) { return after(0ms, is_down ? 503 : 200); };
    start();
    live(1s);
    is_down = false;
    clock.step_wall(-24h * 365);
    live(2min);
    EXPECT_EQ(outbox.count(State::delivered), 1U);
}

TEST_F(DelivererTest, TenThousandWaitingAreFetchedAFewAtATime) {
    for (int i = 0; i < 10'000; ++i)
        outbox.add("tickets", "e" + std::to_string(i), "GZ-" + std::to_string(i), clock.wall());
    start();
    live(10s);
    EXPECT_GT(outbox.count(State::delivered), 100U);
    EXPECT_LE(outbox.most_fetched, 2 * Deliverer::most_at_once);
    EXPECT_EQ(port.most_at_once, static_cast<int>(Deliverer::most_at_once));
}

TEST_F(DelivererTest, AHookWithoutConfigurationIsLeftAlone) {
    add("e1", "GZ-1", "taken-out");
    start({"tickets"});
    live(1h);
    EXPECT_THAT(port.log, IsEmpty());
    EXPECT_EQ(outbox.count(State::waiting), 1U);
}

TEST_F(DelivererTest, ABrokenSecretParks) {
    add("e1", "GZ-1");
    core::Hook hook = hook_named("tickets");
    hook.secret = "whsec_!";
    deliverer = std::make_unique<Deliverer>(
        std::vector{hook}, outbox, port, clock, loop.get_executor(), [] { return 0.5; },
        silent_log());
    cancel = std::make_unique<asio::cancellation_signal>();
    asio::co_spawn(
        loop, deliverer->run(),
        asio::bind_cancellation_slot(cancel->slot(), [this](std::exception_ptr) { ended = true; }));
    live(1s);
    EXPECT_EQ(outbox.rows[0].state, State::parked);
    EXPECT_EQ(outbox.rows[0].why->id, core::MessageId::hook_bad_secret);
    EXPECT_THAT(port.log, IsEmpty());
}

}  // namespace
}  // namespace rounds::daemon
