#include "core/profile.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace rounds::core {

namespace {

bool matches(const Recogniser& recogniser, const Oid& sys_object_id, std::string_view sys_descr) {
    return sys_object_id.within(recogniser.sys_object_id) &&
           (!recogniser.sys_descr || recogniser.sys_descr->matches(sys_descr));
}

std::pair<bool, std::size_t> rank(const Recogniser& recogniser) {
    return {recogniser.sys_descr.has_value(), recogniser.sys_object_id.size()};
}

/// A module for one device; null when its sysObjectID is too short for it.
std::shared_ptr<const Module> resolved(const std::shared_ptr<const Module>& module,
                                       const Oid& sys_object_id) {
    if (std::ranges::none_of(module->objects, [](const auto& one) { return is_own(one.oid); }))
        return module;
    auto mine = std::make_shared<Module>(*module);
    for (MibObject& object : mine->objects) {
        object.oid = resolved(object.oid, sys_object_id);
        if (object.oid.empty()) return nullptr;
    }
    return mine;
}

}  // namespace

struct Modules::Kept {
    std::once_flag once;
    std::function<List()> make;
    List list;

    std::mutex of_devices;  ///< Guards
    std::map<Oid, std::weak_ptr<Kept>> devices;
};

Modules::Modules(List made) : kept_(std::make_shared<Kept>()) {
    kept_->list = std::move(made);
}

Modules::Modules(std::function<List()> make) : kept_(std::make_shared<Kept>()) {
    kept_->make = std::move(make);
}

const Modules::List& Modules::list() const {
    std::call_once(kept_->once, [this] {
        if (kept_->make) kept_->list = kept_->make();
        kept_->make = nullptr;
    });
    return kept_->list;
}

Modules Modules::of_device(const Oid& sys_object_id) const {
    const std::scoped_lock lock(kept_->of_devices);
    if (auto known = kept_->devices[sys_object_id].lock()) return Modules(std::move(known));
    std::erase_if(kept_->devices, [](const auto& one) { return one.second.expired(); });
    List mine;
    for (const auto& module : list())
        if (auto one = resolved(module, sys_object_id)) mine.push_back(std::move(one));
    if (mine == list()) return *this;
    Modules made(std::move(mine));
    kept_->devices[sys_object_id] = made.kept_;
    return made;
}

bool is_own(const Oid& oid) {
    return !oid.empty() && oid.parts().front() > own_mark;
}

Oid resolved(const Oid& oid, const Oid& sys_object_id) {
    if (!is_own(oid)) return oid;
    const std::size_t parts = oid.parts().front() - own_mark;
    if (sys_object_id.size() < parts || parts + oid.size() - 1 > Oid::longest) return {};
    return Oid(sys_object_id.parts().first(parts)).with(oid.parts().subspan(1));
}

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
    Modules mine = best.profile->modules.of_device(sys_object_id);
    if (mine == best.profile->modules) return best;
    auto own = std::make_shared<Profile>(*best.profile);
    own->modules = std::move(mine);
    best.own = std::move(own);
    best.profile = best.own.get();
    return best;
}

ItemLimits limits_of(const Profile& profile) {
    ItemLimits limits;
    for (const auto& module : profile.modules)
        limits.insert(module->limits.begin(), module->limits.end());
    return limits;
}

}  // namespace rounds::core
