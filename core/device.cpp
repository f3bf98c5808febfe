#include "core/device.hpp"

#include <algorithm>
#include <array>

#include "core/words.hpp"

namespace rounds::core {

namespace {

constexpr auto classes = std::to_array<Word<DeviceClass>>({
    {DeviceClass::switch_, "switch"},
    {DeviceClass::router, "router"},
    {DeviceClass::firewall, "firewall"},
    {DeviceClass::wireless_controller, "wireless-controller"},
    {DeviceClass::access_point, "access-point"},
    {DeviceClass::printer, "printer"},
    {DeviceClass::ups, "ups"},
    {DeviceClass::pdu, "pdu"},
    {DeviceClass::nas, "nas"},
    {DeviceClass::server, "server"},
    {DeviceClass::pc, "pc"},
    {DeviceClass::hypervisor, "hypervisor"},
    {DeviceClass::environment, "environment"},
    {DeviceClass::phone, "phone"},
    {DeviceClass::camera, "camera"},
    {DeviceClass::appliance, "appliance"},
    {DeviceClass::other, "other"},
});

constexpr auto lifecycles = std::to_array<Word<Lifecycle>>({
    {Lifecycle::in_use, "in-use"},
    {Lifecycle::spare, "spare"},
    {Lifecycle::repair, "repair"},
    {Lifecycle::lent, "lent"},
    {Lifecycle::retired, "retired"},
});

constexpr auto presences = std::to_array<Word<Presence>>({
    {Presence::always, "always"},
    {Presence::working_hours, "working-hours"},
    {Presence::occasional, "occasional"},
});

}  // namespace

std::string_view word(DeviceClass device_class) {
    return word_in(classes, device_class);
}
std::string_view word(Lifecycle lifecycle) {
    return word_in(lifecycles, lifecycle);
}
std::string_view word(Presence presence) {
    return word_in(presences, presence);
}

std::optional<DeviceClass> device_class_of(std::string_view word) {
    return value_in<DeviceClass>(classes, word);
}
std::optional<Lifecycle> lifecycle_of(std::string_view word) {
    return value_in<Lifecycle>(lifecycles, word);
}
std::optional<Presence> presence_of(std::string_view word) {
    return value_in<Presence>(presences, word);
}

SubjectId Office::called(std::string_view name) const {
    if (name.empty()) return {};
    for (const auto& device : devices) {
        if (name == device.name || name == device.id.value || name == device.address)
            return subject_of(device.id);
    }
    for (const auto& link : links) {
        if (name == link.name) return subject_of_link(link.name);
    }
    return {};
}

const Device* Office::find(const DeviceId& id) const {
    const auto found = std::ranges::find(devices, id, &Device::id);
    return found == devices.end() ? nullptr : &*found;
}

}  // namespace rounds::core
