// What the office owns: classes, people, devices, links.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "config/address.hpp"
#include "config/sections.hpp"
#include "config/values.hpp"
#include "core/check_item.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::DeviceClass;
using core::Result;

constexpr std::array<std::string_view, 17> class_words{
    "switch",       "router",  "firewall", "wireless-controller",
    "access-point", "printer", "ups",      "pdu",
    "nas",          "server",  "pc",       "hypervisor",
    "environment",  "phone",   "camera",   "appliance",
    "other"};
constexpr std::array<std::string_view, 5> lifecycle_words{"in-use", "spare", "repair", "lent",
                                                          "retired"};
constexpr std::array<std::string_view, 3> port_shares{"port-errors", "port-discards",
                                                      "port-utilisation"};
constexpr std::array<std::string_view, 4> role_words{"viewer", "engineer", "manager",
                                                     "administrator"};

std::optional<core::Person::Role> role_of(std::string_view word) {
    for (std::size_t i = 0; i < role_words.size(); ++i) {
        if (role_words[i] == word) return static_cast<core::Person::Role>(i);
    }
    return std::nullopt;
}

/// A name by which others refer to it.
void read_reference(Section& keys, std::string_view key, Reference& reference) {
    if (keys.optional(key, reference.name, line_of_text)) reference.at = keys.place(key);
}

Result<std::string> mail(std::string_view text) {
    const auto at = text.find('@');
    const bool plausible = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                           at == text.rfind('@') && core::printable(text) == text &&
                           text.find_first_of(" ,;<>") == std::string_view::npos;
    if (plausible) return std::string(text);
    return refusal(text, "a mail address", "write one like wang@example.com");
}

/// A port that is named is monitored; as a map it can say more.
core::PortRule read_port(const Node& node, Problems& problems) {
    core::PortRule rule;
    if (node.kind == Node::Kind::scalar) {
        if (auto name = line_of_text(node.text)) {
            rule.port = *std::move(name);
        } else {
            problems.add(node.at, "ports: " + name.error().message);
        }
        return rule;
    }
    Section keys(node, "a port", problems);
    keys.required("port", rule.port, line_of_text);
    keys.optional("monitor", rule.monitored, truth);
    Layer own;
    if (const Node* limits = keys.map("thresholds")) {
        Section items(*limits, "thresholds of a port", problems);
        read_item_limits(items, port_shares, "thresholds of a port", problems, own.items);
    }
    rule.limits = item_limits(own, port_shares);
    read_ignored(keys, core::port_item_words(), rule.ignored);
    return rule;
}

}  // namespace

Layer Defaults::of(DeviceClass device_class) const {
    Layer far = over(site, built_in(device_class));
    if (device_class == DeviceClass::printer) far.snmp.interval.reset();  // See snmp_rule().
    const auto said = classes.find(device_class);
    return said == classes.end() ? far : over(said->second, far);
}

void read_classes(std::span<const Entry> classes, Problems& problems, Defaults& defaults) {
    for (const auto& [name, at, value] : classes) {
        const auto device_class = one_of("a class", core::device_class_of, class_words)(name);
        if (!device_class) {
            problems.add(at, fmt::format("classes: {}", device_class.error().message));
            continue;
        }
        const std::string title = "class " + name;
        Section keys(value, title, problems);
        Layer layer;
        read_layer(keys, title, defaults.of(*device_class), problems, layer);
        defaults.classes.emplace(*device_class, layer);
    }
}

void read_people(std::span<const Entry> people, Problems& problems, Draft& draft) {
    for (const auto& [id, at, value] : people) {
        if (!line_of_text(id)) {
            problems.add(at, "a person needs a key of letters and digits under people");
            continue;
        }
        core::Person person{.id = {id}, .name = id};
        Section keys(value, "person " + core::printable(id, 40), problems);
        keys.optional("name", person.name, line_of_text);
        keys.optional("mobile", person.mobile, line_of_text);
        keys.optional("mail", person.mail, mail);
        keys.optional("role", person.role, one_of("a role", role_of, role_words));
        keys.not_yet({"wecom", "dingtalk", "feishu", "telegram", "slack"});
        draft.people.push_back({std::move(person), at});
    }
}

DeviceDraft read_device(const Node& node, const Defaults& defaults, Problems& problems) {
    DeviceDraft draft;
    core::Device& device = draft.device;
    Section keys(node, "a device", problems);
    keys.required("name", device.name, line_of_text);
    device.id.value = device.name;
    keys.optional("id", device.id.value, line_of_text);
    keys.optional("address", device.address, address);
    keys.optional("class", device.device_class,
                  one_of("a class", core::device_class_of, class_words));
    keys.optional("vendor", device.vendor, line_of_text);
    keys.optional("model", device.model, line_of_text);
    keys.optional("serial", device.serial, line_of_text);
    keys.optional("department", device.department, line_of_text);
    keys.optional("location", device.location, line_of_text);
    keys.optional("user", device.user, line_of_text);
    read_reference(keys, "owner", draft.owner);
    read_reference(keys, "upstream", draft.upstream);
    read_reference(keys, "credentials", draft.credentials);
    for (const Node& port : keys.items("ports")) device.ports.push_back(read_port(port, problems));
    keys.optional("lifecycle", device.lifecycle,
                  one_of("a lifecycle", core::lifecycle_of, lifecycle_words));
    keys.optional("monitor", device.monitor, truth);
    read_layer(keys, "a device", defaults.of(device.device_class), problems, draft.own);
    keys.not_yet({"profile", "mac", "warranty"});
    draft.at = keys.place();
    draft.name_at = keys.place("name");
    draft.id_at = keys.place("id");
    return draft;
}

void read_links(std::span<const Node> links, Problems& problems, Draft& draft) {
    for (const Node& node : links) {
        LinkDraft read;
        Section keys(node, "a link", problems);
        keys.required("name", read.link.name, line_of_text);
        read_reference(keys, "device", read.device);
        keys.optional("interface", read.link.interface, line_of_text);
        keys.optional("carrier", read.link.carrier, line_of_text);
        keys.optional("circuit", read.link.circuit, line_of_text);
        keys.optional("fault_phone", read.link.fault_phone, line_of_text);
        keys.optional("bandwidth", read.link.bandwidth_bps, bandwidth);
        keys.require("targets");
        keys.some("targets", read.link.targets, address);
        keys.optional("dns", read.link.dns, host_name);
        keys.optional("severity", read.own.severity, severity);
        if (const Node* ping = keys.map("ping")) {
            read_ping(*ping, "ping of a link", draft.defaults.site.ping, problems, read.own.ping);
        }
        if (const Node* limits = keys.map("thresholds")) {
            read_thresholds(*limits, core::link_item_words(), "thresholds of a link", problems,
                            read.own);
        }
        read.name_at = keys.place("name");
        draft.links.push_back(std::move(read));
    }
}

}  // namespace rounds::config
