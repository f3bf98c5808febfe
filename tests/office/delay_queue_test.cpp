#include "tests/simulator/delay_queue.hpp"

#include <chrono>
#include <random>

#include <gtest/gtest.h>

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;

constexpr core::SteadyTime start{1h};

TEST(DelayQueue, NothingWaitsInAnEmptyOne) {
    DelayQueue<int> queue;
    EXPECT_EQ(queue.next(), std::nullopt);
    EXPECT_EQ(queue.pop(start), std::nullopt);
}

TEST(DelayQueue, GivesOutWhatIsDueAndNoMore) {
    DelayQueue<int> queue;
    queue.push(start + 2ms, 2);
    queue.push(start + 1ms, 1);
    EXPECT_EQ(queue.next(), start + 1ms);
    EXPECT_EQ(queue.pop(start), std::nullopt);
    EXPECT_EQ(queue.pop(start + 1ms), 1);
    EXPECT_EQ(queue.pop(start + 1ms), std::nullopt);
    EXPECT_EQ(queue.pop(start + 1h), 2);
    EXPECT_EQ(queue.size(), 0U);
}

TEST(DelayQueue, AtOneMomentFirstComeFirstOut) {
    DelayQueue<int> queue;
    for (int i = 0; i < 100; ++i) queue.push(start, i);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(queue.pop(start), i);
}

// Whatever is pushed and popped in between: never before its time, never out of order, nothing lost.
TEST(DelayQueue, DrawnPushesAndPops) {
    std::mt19937 draw(20261124);
    for (int run = 0; run < 50; ++run) {
        DelayQueue<core::SteadyTime> queue;
        std::size_t pushed = 0, popped = 0;
        for (auto now = start; now < start + 200ms; now += 1ms) {
            for (auto count = draw() % 4; count > 0; --count, ++pushed) {
                const auto due = now + std::chrono::milliseconds(draw() % 50);
                queue.push(due, due);
            }
            auto last = core::SteadyTime::min();
            while (const auto value = queue.pop(now)) {
                ++popped;
                EXPECT_LE(*value, now);
                EXPECT_GE(*value, last);
                last = *value;
            }
            EXPECT_TRUE(!queue.next() || *queue.next() > now);
        }
        EXPECT_EQ(pushed - popped, queue.size());
    }
}

}  // namespace
}  // namespace rounds::simulator
