#include "daemon/store/state_store.hpp"

namespace rounds::store {

bool Changes::empty() const {
    return beliefs.empty() && transitions.empty() && echoes.empty() && !alive && !blind_from &&
           !blind_until && incidents.empty() && item_changes.empty() && rounds.empty();
}

}  // namespace rounds::store
