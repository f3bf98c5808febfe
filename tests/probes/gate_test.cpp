// A door with places: so many inside, the others in line.
#include "probes/gate.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rounds::probes {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GateTest : public ::testing::Test {
 protected:
    /// Goes in, stays for some turns of the loop, and leaves.
    asio::awaitable<void> visit(int who, core::SteadyTime deadline = core::SteadyTime::max()) {
        const auto place = co_await Gate::enter(gate, deadline);
        if (!place) {
            turned_away.push_back(who);
            co_return;
        }
        entered.push_back(who);
        most = std::max(most, ++inside);
        for (int turn = 0; turn < 5; ++turn) co_await asio::post(asio::use_awaitable);
        --inside;
    }
    void spawn(asio::awaitable<void> work) {
        asio::co_spawn(loop, std::move(work), asio::detached);
    }

    asio::io_context loop{1};
    std::shared_ptr<Gate> gate = std::make_shared<Gate>(loop.get_executor(), 2);
    std::vector<int> entered, turned_away;
    int inside = 0, most = 0;
};

TEST_F(GateTest, SoManyAreInsideAndTheOthersComeInTheirOrder) {
    for (int who = 1; who <= 6; ++who) spawn(visit(who));
    loop.run();
    EXPECT_EQ(most, 2);
    EXPECT_THAT(entered, ElementsAre(1, 2, 3, 4, 5, 6));
    EXPECT_EQ(gate->waiting(), 0U);
}

TEST_F(GateTest, WhoDoesNotWaitGetsAFreePlaceOrNone) {
    {
        const auto first = Gate::enter_at_once(gate);
        const auto second = Gate::enter_at_once(gate);
        EXPECT_TRUE(first && second);
        EXPECT_FALSE(Gate::enter_at_once(gate));
    }
    spawn(visit(1));
    loop.run();
    EXPECT_THAT(entered, ElementsAre(1));
    EXPECT_TRUE(Gate::enter_at_once(gate));
}

TEST_F(GateTest, NobodyOvertakesWhoWaits) {
    auto first = Gate::enter_at_once(gate);
    const auto second = Gate::enter_at_once(gate);
    spawn(visit(1));
    loop.poll();
    ASSERT_EQ(gate->waiting(), 1U);
    first.reset();
    EXPECT_FALSE(Gate::enter_at_once(gate)) << "the place is the waiter's, who has not run yet";
    loop.restart();
    loop.run();
    EXPECT_THAT(entered, ElementsAre(1));
}

TEST_F(GateTest, WhoWaitsBeyondTheDeadlineGoesAndTakesNoPlace) {
    gate = std::make_shared<Gate>(loop.get_executor(), 0);
    spawn(visit(1, std::chrono::steady_clock::now() + 5ms));
    loop.run();
    EXPECT_THAT(turned_away, ElementsAre(1));
    EXPECT_THAT(entered, IsEmpty());
    EXPECT_EQ(gate->waiting(), 0U);
}

TEST_F(GateTest, EveryPlaceIsFreeAgainWhenAllHaveLeft) {
    for (int round = 0; round < 3; ++round) {
        for (int who = 1; who <= 4; ++who) spawn(visit(who));
        loop.run();
        loop.restart();
    }
    EXPECT_EQ(entered.size(), 12U);
    EXPECT_EQ(most, 2);
}

}  // namespace
}  // namespace rounds::probes
