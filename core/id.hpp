// Identities: names that must not be mixed up.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace rounds::core {

/// A name whose kind is checked by the compiler. Empty means "none".
template <class Kind>
struct Id {
    std::string value;

    [[nodiscard]] bool empty() const { return value.empty(); }
    friend auto operator<=>(const Id&, const Id&) = default;
};

/// A device's identity for all its life: the asset number, else the name it had first. Renaming,
/// re-addressing or replacing hardware keeps it.
using DeviceId = Id<struct DeviceKind>;

/// What a belief is about: a device (its DeviceId's text) or a link ("link:" and the link's name).
using SubjectId = Id<struct SubjectKind>;

/// The key of a person under `people`.
using PersonId = Id<struct PersonKind>;

/// The number of a round's report: "RX-20261124-01".
using RoundId = Id<struct RoundKind>;

[[nodiscard]] inline SubjectId subject_of(const DeviceId& device) {
    return {device.value};
}
[[nodiscard]] inline SubjectId subject_of_link(const std::string& name) {
    return {"link:" + name};
}

}  // namespace rounds::core

template <class Kind>
struct std::hash<rounds::core::Id<Kind>> {
    std::size_t operator()(const rounds::core::Id<Kind>& id) const noexcept {
        return std::hash<std::string>{}(id.value);
    }
};
