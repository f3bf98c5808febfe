#include "core/verdict.hpp"

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

TEST(Verdict, EveryWordLeadsBack) {
    for (const auto verdict : {Verdict::ok, Verdict::warning, Verdict::critical, Verdict::unknown,
                               Verdict::missed, Verdict::off, Verdict::maintenance}) {
        EXPECT_EQ(verdict_of(word(verdict)), verdict);
    }
    for (const auto state :
         {State::unknown, State::up, State::down, State::suppressed, State::off}) {
        EXPECT_EQ(state_of(word(state)), state);
    }
    EXPECT_EQ(verdict_of("fine"), std::nullopt);
}

TEST(Verdict, ExitCodesAreInNagiosOrder) {
    EXPECT_EQ(exit_code(Verdict::ok), 0);
    EXPECT_EQ(exit_code(Verdict::off), 0);
    EXPECT_EQ(exit_code(Verdict::warning), 1);
    EXPECT_EQ(exit_code(Verdict::critical), 2);
    EXPECT_EQ(exit_code(Verdict::missed), 3);
}

}  // namespace
}  // namespace rounds::core
