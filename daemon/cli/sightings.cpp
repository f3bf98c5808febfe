#include "daemon/cli/sightings.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include <fmt/format.h>

namespace rounds::daemon {

namespace {

using core::DeviceId;
using core::InterfaceFacts;
using Owners = std::map<std::string, std::string>;

/// Names of hosts without their domain and case: "SW-3F.example.com" is sw-3f. Addresses and "3.OG" stay whole.
std::string plain_name(const std::string& name) {
    std::string plain = name.substr(0, name.find('.'));
    const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
    if (std::ranges::none_of(plain, is_letter)) plain = name;
    std::ranges::transform(plain, plain.begin(), [](unsigned char c) {
        return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
    });
    return plain;
}

/// Is it one device's, not a group's, nobody's, or a virtual router's (RFC 9568 §7.3)?
bool is_own(const std::string& mac) {
    if (mac.size() < 2 || mac == "00:00:00:00:00:00") return false;
    if (mac.starts_with("00:00:5e:00:01:") || mac.starts_with("00:00:5e:00:02:")) return false;
    return std::string_view("02468ace").find(mac[1]) != std::string_view::npos;
}

void add_owners(const Owners& more, Owners& owners) {
    for (const auto& [address, mac] : more)
        if (is_own(mac)) owners.emplace(address, mac);
}

/// What a port is called, for people and for comparing: its name, with its number where others have the same.
std::string label_of(const std::vector<InterfaceFacts>& ports, const InterfaceFacts& port) {
    const bool unique =
        !port.name.empty() && std::ranges::count(ports, port.name, &InterfaceFacts::name) == 1;
    return unique ? port.name
                  : fmt::format("{}{}#{}", port.name, port.name.empty() ? "" : " ", port.index);
}

/// The port that is meant by a name that a neighbour or the device itself told; null when none, or several may be.
const InterfaceFacts* port_called(const std::vector<InterfaceFacts>& ports,
                                  const std::string& told) {
    for (const auto field :
         {&InterfaceFacts::name, &InterfaceFacts::descr, &InterfaceFacts::alias}) {
        const auto found = std::ranges::find(ports, told, field);
        if (found != ports.end())
            return std::ranges::count(ports, told, field) == 1 ? &*found : nullptr;
    }
    return nullptr;
}

/// What a device tells of itself.
std::set<std::string> macs_told(const ToldDevice& one) {
    std::set<std::string> macs;
    for (const auto& mac : one.tables.own)
        if (is_own(mac)) macs.insert(mac);
    if (one.facts == nullptr) return macs;
    for (const auto& port : one.facts->interfaces)
        if (is_own(port.mac)) macs.insert(port.mac);
    return macs;
}

class Gathering {
 public:
    /// Of several with one address the first counts: they are one device.
    explicit Gathering(std::span<const ToldDevice> told) {
        std::set<std::string> addresses;
        for (const ToldDevice& one : told) {
            if (!one.address.empty() && !addresses.insert(one.address).second) continue;
            told_.push_back(&one);
            note(one.device->name, one);
            if (one.facts != nullptr) note(one.facts->device.sys_name, one);
        }
    }

    /// What a device tells of itself comes first; ARP tables fill in what nobody tells.
    void add_macs(const Owners& owners, core::Sightings& all) const {
        std::map<std::string, std::set<DeviceId>> whose;
        for (const ToldDevice* one : told_) {
            for (const auto& mac : macs_told(*one)) whose[mac].insert(one->device->id);
        }
        std::map<std::string, std::set<DeviceId>> by_address;
        for (const ToldDevice* one : told_) {
            const auto found = owners.find(one->address);
            if (found != owners.end() && !whose.contains(found->second))
                by_address[found->second].insert(one->device->id);
        }
        whose.merge(by_address);
        for (const auto& [mac, devices] : whose)
            if (devices.size() == 1) all.macs[*devices.begin()].insert(mac);
    }

    void add_views(core::Sightings& all) const {
        for (const ToldDevice* one : told_) {
            if (one->facts == nullptr || one->tables.learned.empty()) continue;
            std::map<std::int64_t, std::string> labels;
            for (const auto& port : one->facts->interfaces)
                labels.emplace(port.index, label_of(one->facts->interfaces, port));
            core::ForwardingView view{.device = one->device->id, .ports = {}};
            for (const auto& [mac, indexes] : one->tables.learned) {
                for (const std::int64_t index : indexes)
                    if (const auto label = labels.find(index); label != labels.end())
                        view.ports[mac].insert(label->second);
            }
            all.views.push_back(std::move(view));
        }
    }

    /// Both ends of each cable, where the one that tells it names a port of the other.
    void add_cables(core::Sightings& all) const {
        for (const ToldDevice* one : told_) {
            if (one->facts == nullptr) continue;
            for (const auto& neighbor : one->facts->neighbors) {
                const ToldDevice* other = called(neighbor.remote_name);
                if (other == nullptr || other == one) continue;
                add_end(*one, neighbor.local_port, *other, all);
                add_end(*other, neighbor.remote_port, *one, all);
            }
        }
    }

    /// All addresses of whoever has this one.
    void add_gateway(const std::string& address, const Owners& owners, core::Sightings& all) const {
        const auto owner = owners.find(address);
        const std::string mac = owner == owners.end() ? "" : owner->second;
        if (!mac.empty()) all.gateways.insert(mac);
        for (const ToldDevice* one : told_) {
            const auto macs = macs_told(*one);
            if (one->address == address || macs.contains(mac))
                all.gateways.insert(macs.begin(), macs.end());
        }
    }

 private:
    void note(const std::string& name, const ToldDevice& one) {
        if (name.empty()) return;
        const auto [known, fresh] = names_.emplace(plain_name(name), &one);
        if (!fresh && known->second != &one) known->second = nullptr;  // two of a name
    }
    [[nodiscard]] const ToldDevice* called(const std::string& name) const {
        const auto found = names_.find(plain_name(name));
        return found == names_.end() ? nullptr : found->second;
    }
    static void add_end(const ToldDevice& from, const std::string& told, const ToldDevice& to,
                        core::Sightings& all) {
        if (from.facts == nullptr || told.empty()) return;
        const auto& ports = from.facts->interfaces;
        if (const auto* port = port_called(ports, told))
            all.cables.push_back({from.device->id, label_of(ports, *port), to.device->id});
    }

    std::vector<const ToldDevice*> told_;
    std::map<std::string, const ToldDevice*> names_;  ///< Null: of several.
};

}  // namespace

core::Sightings sightings_of(std::span<const ToldDevice> told, const probes::OwnAddresses& own,
                             std::span<const std::string> gateways) {
    Owners owners;
    add_owners(own.owners, owners);
    for (const ToldDevice& one : told) add_owners(one.tables.owners, owners);
    core::Sightings all;
    const Gathering gathering(told);
    gathering.add_macs(owners, all);
    gathering.add_views(all);
    gathering.add_cables(all);
    all.rounds = own.macs;
    for (const std::string& gateway : gateways) gathering.add_gateway(gateway, owners, all);
    return all;
}

}  // namespace rounds::daemon
