// Sentences for the states of devices.
#pragma once

#include "core/facts.hpp"
#include "core/message.hpp"

namespace rounds::core {

/// The sentence for a state: of the standard MIBs' words in the reader's language, of others the word itself.
[[nodiscard]] Message state_message(const StateFacts& state);

}  // namespace rounds::core
