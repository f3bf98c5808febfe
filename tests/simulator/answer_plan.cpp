#include "tests/simulator/answer_plan.hpp"

#include <algorithm>
#include <cmath>

namespace rounds::simulator {
namespace {

core::Microseconds delay(const EchoManner& manner, double chance) {
    const auto spread = static_cast<double>(manner.jitter.count());
    const core::Microseconds shift{std::llround((2 * chance - 1) * spread)};
    return std::max(core::Microseconds{0}, manner.latency + shift);
}

}  // namespace

AnswerPlan answer_plan(const EchoManner& manner, Dice& dice) {
    const bool lost = dice.roll() < manner.loss;
    const bool twice = dice.roll() < manner.duplicates;
    AnswerPlan plan;
    plan.after = {delay(manner, dice.roll()), delay(manner, dice.roll())};
    if (!manner.silent && !lost) plan.answers = twice ? 2 : 1;
    return plan;
}

}  // namespace rounds::simulator
