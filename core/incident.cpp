#include "core/incident.hpp"

#include <array>

#include "core/words.hpp"

namespace rounds::core {

namespace {

constexpr std::array<Word<IncidentState>, 4> state_words{
    {{IncidentState::open, "open"},
     {IncidentState::acknowledged, "acknowledged"},
     {IncidentState::resolved, "resolved"},
     {IncidentState::closed, "closed"}}};

using Kind = IncidentEvent::Kind;
constexpr std::array<Word<Kind>, 8> kind_words{{{Kind::opened, "opened"},
                                                {Kind::acknowledged, "acknowledged"},
                                                {Kind::commented, "commented"},
                                                {Kind::worsened, "worsened"},
                                                {Kind::flapping, "flapping"},
                                                {Kind::resolved, "resolved"},
                                                {Kind::reopened, "reopened"},
                                                {Kind::closed, "closed"}}};

}  // namespace

std::string_view word(IncidentState state) {
    return word_in(state_words, state);
}
std::optional<IncidentState> incident_state_of(std::string_view word) {
    return value_in<IncidentState>(state_words, word);
}

std::string_view word(IncidentEvent::Kind kind) {
    return word_in(kind_words, kind);
}
std::optional<IncidentEvent::Kind> incident_event_of(std::string_view word) {
    return value_in<Kind>(kind_words, word);
}

}  // namespace rounds::core
