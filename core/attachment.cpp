#include "core/attachment.hpp"

#include <algorithm>
#include <optional>

namespace rounds::core {

namespace {

using By = Attachment::By;
using Macs = std::set<std::string>;
using Ports = std::set<std::string>;

/// A switch, its ports, and who is behind each; the ports towards Rounds apart.
class Switch {
 public:
    Switch(const ForwardingView& view, const Sightings& all) : view_(view) {
        for (const auto& [mac, ports] : view.ports) known_.insert(ports.begin(), ports.end());
        upward_ = ports_of(all.rounds);
        if (upward_.empty()) upward_ = ports_of(all.gateways);
        for (const Cable& cable : all.cables)
            if (cable.from == view.device) cables_.emplace(cable.to, cable.port);
    }

    [[nodiscard]] const DeviceId& id() const { return view_.device; }
    [[nodiscard]] bool knows_the_way() const { return !upward_.empty(); }

    /// The one port that leads to the device and away from Rounds. Empty: none does, or more than one (it was moved).
    /// A neighbour whose address was not learned counts at a port that the table knows: neighbours are told at the ports
    /// of an aggregated link, addresses at the link.
    [[nodiscard]] std::optional<std::string> port_to(const DeviceId& device,
                                                     const Macs& macs) const {
        Ports ports = ports_of(macs);
        const auto cable = cables_.find(device);
        if (ports.empty() && cable != cables_.end() && known_.contains(cable->second))
            ports.insert(cable->second);
        if (ports.size() != 1 || upward_.contains(*ports.begin())) return std::nullopt;
        return *ports.begin();
    }
    [[nodiscard]] bool is_neighbor(const DeviceId& device, const std::string& port) const {
        const auto cable = cables_.find(device);
        return cable != cables_.end() && cable->second == port;
    }

 private:
    [[nodiscard]] Ports ports_of(const Macs& macs) const {
        Ports ports;
        for (const auto& mac : macs) {
            if (const auto found = view_.ports.find(mac); found != view_.ports.end())
                ports.insert(found->second.begin(), found->second.end());
        }
        return ports;
    }

    const ForwardingView& view_;
    std::map<DeviceId, std::string> cables_;
    Ports known_, upward_;
};

/// In a tree, the switches that see a device away from Rounds are those on the way to it, and the one that has the most
/// of them above itself is the nearest.
class Tree {
 public:
    explicit Tree(const Sightings& all) : all_(all) {
        for (const ForwardingView& view : all.views) {
            Switch one(view, all);
            if (one.knows_the_way()) switches_.push_back(std::move(one));
        }
        for (const Switch& one : switches_) above_[one.id()] = claims_on(one.id());
    }

    [[nodiscard]] std::optional<Attachment> place_of(const DeviceId& device) const {
        const Claims claims = claims_on(device);
        if (claims.empty()) return std::nullopt;
        const auto& [nearest, port] = *std::ranges::max_element(
            claims, {}, [&](const auto& claim) { return above_.at(claim.first->id()).size(); });
        const Claims& above = above_.at(nearest->id());
        for (const auto& [other, its_port] : claims) {
            const auto way = above.find(other);
            if (other != nearest && (way == above.end() || way->second != its_port))
                return std::nullopt;  // not on the way to the nearest: one of them is out of date
        }
        return Attachment{.device = device,
                          .upstream = nearest->id(),
                          .port = port,
                          .by = nearest->is_neighbor(device, port) ? By::neighbor : By::table};
    }

 private:
    /// Who sees a device away from Rounds, and at which port.
    using Claims = std::map<const Switch*, std::string>;

    [[nodiscard]] Claims claims_on(const DeviceId& device) const {
        static const Macs none;
        const auto macs = all_.macs.find(device);
        Claims claims;
        for (const Switch& one : switches_) {
            if (one.id() == device) continue;
            if (auto port = one.port_to(device, macs == all_.macs.end() ? none : macs->second))
                claims.emplace(&one, *std::move(port));
        }
        return claims;
    }

    const Sightings& all_;
    std::vector<Switch> switches_;
    std::map<DeviceId, Claims> above_;  ///< Of each switch.
};

/// Where several are at one port, one may hang on another, or all on something that nobody reads.
void mark_shared(const Sightings& sightings, std::vector<Attachment>& all) {
    std::set<DeviceId> forwarding;
    for (const ForwardingView& view : sightings.views) forwarding.insert(view.device);
    std::map<std::pair<DeviceId, std::string>, int> at_port;
    for (const Attachment& place : all) ++at_port[{place.upstream, place.port}];
    for (Attachment& place : all) {
        const bool alone = at_port[{place.upstream, place.port}] == 1;
        if (!alone && place.by == By::table && !forwarding.contains(place.device))
            place.by = By::beyond;
    }
}

}  // namespace

std::string_view word(By by) {
    switch (by) {
        case By::neighbor: return "neighbor";
        case By::table: return "table";
        case By::beyond: return "beyond";
    }
    return {};
}

std::vector<Attachment> attachments(const Sightings& sightings) {
    const Tree tree(sightings);
    std::set<DeviceId> devices;
    for (const auto& [device, macs] : sightings.macs) devices.insert(device);
    for (const Cable& cable : sightings.cables) devices.insert(cable.to);
    std::vector<Attachment> all;
    for (const DeviceId& device : devices)
        if (auto place = tree.place_of(device)) all.push_back(std::move(*place));
    mark_shared(sightings, all);
    return all;
}

}  // namespace rounds::core
