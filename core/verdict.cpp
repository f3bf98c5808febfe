#include "core/verdict.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rounds::core {

namespace {

using namespace std::string_view_literals;

constexpr std::array verdicts{
    std::pair{Verdict::ok, "ok"sv},           std::pair{Verdict::warning, "warning"sv},
    std::pair{Verdict::critical, "critical"sv}, std::pair{Verdict::unknown, "unknown"sv},
    std::pair{Verdict::missed, "missed"sv},   std::pair{Verdict::off, "off"sv},
    std::pair{Verdict::maintenance, "maintenance"sv}};

constexpr std::array states{
    std::pair{State::unknown, "unknown"sv}, std::pair{State::up, "up"sv}, std::pair{State::down, "down"sv},
    std::pair{State::suppressed, "suppressed"sv}, std::pair{State::off, "off"sv}};

template <class Table, class Key>
std::string_view word_in(const Table& table, Key key) {
    return std::ranges::find(table, key, [](const auto& row) { return row.first; })->second;
}

template <class Value, class Table>
std::optional<Value> value_in(const Table& table, std::string_view word) {
    const auto row = std::ranges::find(table, word, [](const auto& r) { return r.second; });
    return row == table.end() ? std::nullopt : std::optional{row->first};
}

}  // namespace

std::string_view word(Verdict verdict) { return word_in(verdicts, verdict); }
std::string_view word(State state) { return word_in(states, state); }
std::optional<Verdict> verdict_of(std::string_view word) { return value_in<Verdict>(verdicts, word); }
std::optional<State> state_of(std::string_view word) { return value_in<State>(states, word); }

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
