// When an incident opens, flaps, resolves and opens again.
#include "config/sections.hpp"
#include "config/values.hpp"

namespace rounds::config {

namespace {

using std::chrono::hours;

Parser<core::Duration> up_to(core::Duration most) {
    return duration(core::Duration{0}, most);
}

}  // namespace

void read_incidents(const Node& node, Problems& problems, Draft& draft) {
    auto& rules = draft.incidents;
    Section keys(node, "incidents", problems);
    keys.optional("resolve_after", rules.resolve_after, up_to(hours(24)));
    keys.optional("reopen_within", rules.reopen_within, up_to(core::longest_memory));
    const Node* flapping = keys.map("flapping");
    if (flapping == nullptr) return;
    Section flapping_keys(*flapping, "flapping of incidents", problems);
    flapping_keys.optional("changes", rules.flapping_changes, number(2, 1'000));
    flapping_keys.optional("window", rules.flapping_window,
                           duration(std::chrono::minutes(1), hours(24)));
    flapping_keys.optional("quiet", rules.flapping_quiet, up_to(hours(24)));
}

}  // namespace rounds::config
