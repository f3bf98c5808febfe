#include "core/facts.hpp"

#include <array>

#include "core/words.hpp"

namespace rounds::core {

namespace {

constexpr std::array<Word<LevelState>, 3> level_words{
    {{LevelState::unrestricted, "unrestricted"},
     {LevelState::unknown, "unknown"},
     {LevelState::some_remaining, "some-remaining"}}};

}  // namespace

std::string_view word(LevelState state) {
    return word_in(level_words, state);
}
std::optional<LevelState> level_state_of(std::string_view word) {
    return value_in<LevelState>(level_words, word);
}

}  // namespace rounds::core
