// When a request is answered, and how often.
#pragma once

#include <array>

#include "core/time.hpp"
#include "tests/simulator/dice.hpp"
#include "tests/simulator/script.hpp"

namespace rounds::simulator {

/// The answers to one echo request.
struct AnswerPlan {
    int answers = 0;                            ///< 0, 1 or 2.
    std::array<core::Microseconds, 2> after{};  ///< How long after the request; in no order.
};

/// What a device of this manner does with one request. Every call rolls the dice equally often, so
/// a change of manner does not shift the chances that follow.
[[nodiscard]] AnswerPlan answer_plan(const EchoManner& manner, Dice& dice);

}  // namespace rounds::simulator
