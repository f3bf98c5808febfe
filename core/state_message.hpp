// Sentences for the states of devices.
#pragma once

#include "core/facts.hpp"
#include "core/message.hpp"

namespace rounds::core {

/// The sentence for a state, by its word and, where that says more, by item and word: core/messages/*/items.txt and
/// state_words.txt. Of a word that has none, the word itself.
[[nodiscard]] Message state_message(const StateFacts& state);

}  // namespace rounds::core
