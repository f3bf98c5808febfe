#include "core/profile.hpp"

#include <ranges>

namespace rounds::core {

namespace {

bool matches(const Recogniser& recogniser, const Oid& sys_object_id, std::string_view sys_descr) {
    return sys_object_id.within(recogniser.sys_object_id) &&
           (!recogniser.sys_descr || recogniser.sys_descr->matches(sys_descr));
}

std::pair<bool, std::size_t> rank(const Recogniser& recogniser) {
    return {recogniser.sys_descr.has_value(), recogniser.sys_object_id.size()};
}

}  // namespace

Recognised recognise(const Profiles& profiles, const Oid& sys_object_id,
                     std::string_view sys_descr) {
    Recognised best{.profile = &profiles.all[profiles.generic], .by = nullptr};
    for (const Profile& profile : profiles.all) {
        for (const Recogniser& recogniser : profile.recognisers) {
            if (best.by != nullptr && rank(recogniser) <= rank(*best.by)) continue;
            if (matches(recogniser, sys_object_id, sys_descr))
                best = {.profile = &profile, .by = &recogniser};
        }
    }
    return best;
}

ItemLimits limits_of(const Profile& profile) {
    ItemLimits limits;
    for (const auto& module : profile.modules)
        limits.insert(module->limits.begin(), module->limits.end());
    return limits;
}

}  // namespace rounds::core
