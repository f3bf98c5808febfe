#include <iterator>

#include "daemon/store/state_store.hpp"

namespace rounds::store {

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>&& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// What only went on without an event is replaced by what became of it.
void append(std::vector<IncidentChange>& to, std::vector<IncidentChange>&& from) {
    for (auto& change : from) {
        const bool goes_on = !to.empty() && to.back().events.empty() && change.events.empty() &&
                             to.back().after.incident.id == change.after.incident.id;
        if (goes_on) {
            to.back() = std::move(change);
        } else {
            to.push_back(std::move(change));
        }
    }
}

}  // namespace

bool Changes::empty() const {
    return beliefs.empty() && transitions.empty() && echoes.empty() && !alive && !blind_from &&
           !blind_until && blind_before.empty() && incidents.empty() && rounds.empty();
}

void Changes::merge(Changes later) {
    for (auto& [subject, belief] : later.beliefs)
        beliefs.insert_or_assign(subject, std::move(belief));
    append(transitions, std::move(later.transitions));
    append(echoes, std::move(later.echoes));
    append(incidents, std::move(later.incidents));
    append(rounds, std::move(later.rounds));
    if (later.alive) alive = later.alive;

    const bool blind_here = blind_from || blind_until;
    const bool blind_there = later.blind_from || later.blind_until || !later.blind_before.empty();
    if (blind_here && blind_there) {
        blind_before.emplace_back(blind_from, blind_until);
        blind_from.reset();
        blind_until.reset();
    }
    append(blind_before, std::move(later.blind_before));
    if (later.blind_from) blind_from = later.blind_from;
    if (later.blind_until) blind_until = later.blind_until;
}

}  // namespace rounds::store
