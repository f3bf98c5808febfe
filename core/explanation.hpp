// Why a device is read as it is: for the author of a profile.
#pragma once

#include <string>

#include "core/answers.hpp"
#include "core/profile.hpp"

namespace rounds::core {

/// Which profile counts and why, and then for each module in turn: what was asked and not answered, each rule that gave
/// a fact with the raw values it was made of, and those that gave none with the reason. Many lines of printable text,
/// English, for a terminal. Pure.
[[nodiscard]] std::string explain(const Recognised& recognised, const Answers& answers,
                                  const FromGb18030& decode);

}  // namespace rounds::core
