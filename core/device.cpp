#include "core/device.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rounds::core {

namespace {

using namespace std::string_view_literals;

constexpr std::array classes{std::pair{DeviceClass::switch_, "switch"sv},
                             std::pair{DeviceClass::router, "router"sv},
                             std::pair{DeviceClass::firewall, "firewall"sv},
                             std::pair{DeviceClass::wireless_controller, "wireless-controller"sv},
                             std::pair{DeviceClass::access_point, "access-point"sv},
                             std::pair{DeviceClass::printer, "printer"sv},
                             std::pair{DeviceClass::ups, "ups"sv},
                             std::pair{DeviceClass::pdu, "pdu"sv},
                             std::pair{DeviceClass::nas, "nas"sv},
                             std::pair{DeviceClass::server, "server"sv},
                             std::pair{DeviceClass::pc, "pc"sv},
                             std::pair{DeviceClass::hypervisor, "hypervisor"sv},
                             std::pair{DeviceClass::environment, "environment"sv},
                             std::pair{DeviceClass::phone, "phone"sv},
                             std::pair{DeviceClass::camera, "camera"sv},
                             std::pair{DeviceClass::appliance, "appliance"sv},
                             std::pair{DeviceClass::other, "other"sv}};

constexpr std::array lifecycles{
    std::pair{Lifecycle::in_use, "in-use"sv}, std::pair{Lifecycle::spare, "spare"sv},
    std::pair{Lifecycle::repair, "repair"sv}, std::pair{Lifecycle::lent, "lent"sv},
    std::pair{Lifecycle::retired, "retired"sv}};

constexpr std::array presences{std::pair{Presence::always, "always"sv},
                               std::pair{Presence::working_hours, "working-hours"sv},
                               std::pair{Presence::occasional, "occasional"sv}};

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

const Device* Office::find(const DeviceId& id) const {
    const auto found = std::ranges::find(devices, id, &Device::id);
    return found == devices.end() ? nullptr : &*found;
}

}  // namespace rounds::core
