#include "core/verdict.hpp"

#include <array>

#include "core/words.hpp"

namespace rounds::core {

namespace {

constexpr auto verdicts = std::to_array<Word<Verdict>>({
    {Verdict::ok, "ok"},
    {Verdict::warning, "warning"},
    {Verdict::critical, "critical"},
    {Verdict::unknown, "unknown"},
    {Verdict::missed, "missed"},
    {Verdict::off, "off"},
    {Verdict::maintenance, "maintenance"},
});

constexpr auto states = std::to_array<Word<State>>({
    {State::unknown, "unknown"},
    {State::up, "up"},
    {State::down, "down"},
    {State::suppressed, "suppressed"},
    {State::off, "off"},
});

}  // namespace

std::string_view word(Verdict verdict) {
    return word_in(verdicts, verdict);
}
std::string_view word(State state) {
    return word_in(states, state);
}
std::optional<Verdict> verdict_of(std::string_view word) {
    return value_in<Verdict>(verdicts, word);
}
std::optional<State> state_of(std::string_view word) {
    return value_in<State>(states, word);
}

int exit_code(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok:
        case Verdict::off:
        case Verdict::maintenance: return 0;
        case Verdict::warning: return 1;
        case Verdict::critical: return 2;
        case Verdict::unknown:
        case Verdict::missed: return 3;
    }
    return 3;
}

}  // namespace rounds::core
