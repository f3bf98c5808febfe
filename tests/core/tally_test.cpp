#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "core/round.hpp"

namespace rounds::core {
namespace {

TEST(Tally, DueIsDoneAndMissed) {
    std::mt19937 random{13};
    std::uniform_int_distribution any{0, static_cast<int>(Verdict::maintenance)};
    for (int n = 0; n < 200; ++n) {
        Tally tally;
        std::vector<Verdict> verdicts(static_cast<std::size_t>(n));
        for (auto& verdict : verdicts) tally.add(verdict = static_cast<Verdict>(any(random)));
        const auto count = [&](Verdict verdict) {
            return static_cast<int>(std::ranges::count(verdicts, verdict));
        };

        ASSERT_EQ(tally.due, tally.done + tally.missed);
        ASSERT_EQ(tally.done, tally.ok + tally.warning + tally.critical + tally.off);
        ASSERT_EQ(tally.missed, count(Verdict::missed) + count(Verdict::unknown));
        ASSERT_EQ(tally.maintenance, count(Verdict::maintenance));
        ASSERT_EQ(tally.due + tally.maintenance, n);
        ASSERT_EQ(tally.ok, count(Verdict::ok));
        ASSERT_EQ(tally.warning, count(Verdict::warning));
        ASSERT_EQ(tally.critical, count(Verdict::critical));
        ASSERT_EQ(tally.off, count(Verdict::off));
    }
}

Tally tally_of(std::initializer_list<Verdict> verdicts) {
    Tally tally;
    for (const auto verdict : verdicts) tally.add(verdict);
    return tally;
}

TEST(Overall, IsTheWorstThatHolds) {
    using enum Verdict;
    EXPECT_EQ(overall({}, false, false), Overall::normal);
    EXPECT_EQ(overall(tally_of({ok, off, maintenance}), false, false), Overall::normal);
    for (const auto light : {warning, missed, unknown}) {
        EXPECT_EQ(overall(tally_of({ok, light}), false, false), Overall::mostly_normal);
        EXPECT_EQ(overall(tally_of({light, critical}), false, false), Overall::abnormal);
        EXPECT_EQ(overall(tally_of({light}), true, false), Overall::abnormal);
    }
    EXPECT_EQ(overall(tally_of({ok}), false, true), Overall::mostly_normal);
    EXPECT_EQ(overall(tally_of({ok}), true, true), Overall::abnormal);
    EXPECT_EQ(overall(tally_of({critical}), false, false), Overall::abnormal);
}

TEST(Overall, HasItsWords) {
    EXPECT_EQ(word(Overall::normal), "normal");
    EXPECT_EQ(word(Overall::mostly_normal), "mostly-normal");
    EXPECT_EQ(word(Overall::abnormal), "abnormal");
}

}  // namespace
}  // namespace rounds::core
