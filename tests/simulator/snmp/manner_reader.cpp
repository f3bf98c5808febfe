#include "tests/simulator/snmp/manner_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "tests/simulator/quantity.hpp"

namespace rounds::simulator {
namespace {

constexpr std::uint64_t most_ports = 1000;
constexpr std::uint64_t most_days = 100'000;

constexpr std::array<std::pair<SnmpKind, std::string_view>, 8> kinds{
    {{SnmpKind::switch_, "switch"},
     {SnmpKind::firewall, "firewall"},
     {SnmpKind::access_point, "access-point"},
     {SnmpKind::printer, "printer"},
     {SnmpKind::ups, "ups"},
     {SnmpKind::nas, "nas"},
     {SnmpKind::server, "server"},
     {SnmpKind::pc, "pc"}}};

core::Error wrong(std::string message) {
    return {core::Error::Kind::invalid_input, std::move(message)};
}

core::Result<SnmpKind> kind_named(std::string_view text) {
    for (const auto& [kind, word] : kinds)
        if (word == text) return kind;
    std::string known;
    for (const auto& [kind, word] : kinds) known += fmt::format(" {}", word);
    return wrong(fmt::format("\"{}\" is no kind of device; there are{}", text, known));
}

unsigned usual_ports(SnmpKind kind) {
    switch (kind) {
        case SnmpKind::switch_: return 24;
        case SnmpKind::firewall: return 4;
        case SnmpKind::access_point:
        case SnmpKind::nas:
        case SnmpKind::server: return 2;
        default: return 1;
    }
}

core::Result<std::string> as_written(std::string_view text) {
    return std::string{text};
}

core::Result<std::uint64_t> port_number(std::string_view text) {
    const auto number = number_of(text);
    if (number && *number >= 1 && *number <= most_ports) return number;
    return wrong(fmt::format("\"{}\" is no port from 1 to {}", text, most_ports));
}

std::optional<unsigned> port(const ScriptMap& map, std::string_view key) {
    const auto number = map.value(key, port_number);
    return number ? std::optional{static_cast<unsigned>(*number)} : std::nullopt;
}

core::Result<std::uint64_t> days(std::string_view text) {
    const auto number = number_of(text);
    if (number && *number >= 1 && *number <= most_days) return number;
    return wrong(fmt::format("\"{}\" is no number of days from 1 to {}", text, most_days));
}

core::Result<core::SnmpAuth> auth_named(std::string_view text) {
    if (const auto auth = core::snmp_auth_of(text)) return *auth;
    return wrong(fmt::format("\"{}\" is none of MD5 SHA-1 SHA-224 SHA-256 SHA-384 SHA-512", text));
}

core::Result<core::SnmpPriv> priv_named(std::string_view text) {
    if (const auto priv = core::snmp_priv_of(text)) return *priv;
    return wrong(fmt::format("\"{}\" is none of DES AES-128 AES-192 AES-256", text));
}

core::Result<std::string> password(std::string_view text) {
    if (text.size() >= 8) return std::string{text};
    return wrong("a password of SNMPv3 has at least 8 characters");
}

core::Result<asio::ip::address> address_of(std::string_view text) {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(std::string{text}, error);
    if (!error) return address;
    return wrong(fmt::format("\"{}\" is no IPv4 or IPv6 address", text));
}

SnmpUser read_user(const YAML::Node& node, Problems& problems) {
    const ScriptMap map(node, "a user of SNMPv3",
                        {"user", "auth", "auth_password", "priv", "priv_password", "cisco_keys"},
                        problems);
    SnmpUser user;
    user.name = map.value("user", as_written).value_or("");
    if (user.name.empty()) map.refuse("user", "a user has a name");
    user.auth = map.value("auth", auth_named).value_or(core::SnmpAuth::none);
    user.priv = map.value("priv", priv_named).value_or(core::SnmpPriv::none);
    user.auth_password = map.value("auth_password", password).value_or("");
    user.priv_password = map.value("priv_password", password).value_or("");
    user.cisco_keys = map.value("cisco_keys", truth_of).value_or(false);
    const auto needs = [&](bool wanted, std::string_view key) {
        if (wanted && !map.has(key)) map.refuse(key, "a password is needed");
    };
    needs(user.auth != core::SnmpAuth::none, "auth_password");
    needs(user.priv != core::SnmpPriv::none, "priv_password");
    if (user.priv != core::SnmpPriv::none && user.auth == core::SnmpAuth::none)
        map.refuse("priv", "there is no privacy without authentication");
    return user;
}

/// One, or a list of them.
std::vector<SnmpUser> read_users(const ScriptMap& map, Problems& problems) {
    if (!map.has("v3")) return {};
    if (!map.node("v3").IsSequence()) return {read_user(map.node("v3"), problems)};
    std::vector<SnmpUser> users;
    for (const auto& node : map.list("v3")) {
        SnmpUser user = read_user(node, problems);
        if (std::ranges::find(users, user.name, &SnmpUser::name) != users.end())
            map.refuse("v3", fmt::format("user {} stands there twice", user.name));
        users.push_back(std::move(user));
    }
    return users;
}

SnmpFault read_fault(const YAML::Node& node, Problems& problems) {
    const ScriptMap map(node, "a fault",
                        {"slow", "loss", "silent_after", "answers_from", "loop", "endless",
                         "wrong_types", "truncated", "garbage"},
                        problems);
    const auto yes = [&](std::string_view key) { return map.value(key, truth_of).value_or(false); };
    return {.slow = map.value("slow", duration_of).value_or(core::Microseconds{0}),
            .loss = map.value("loss", share_of).value_or(0),
            .silent_after = map.value("silent_after", number_of),
            .answers_from = map.value("answers_from", address_of),
            .loop = yes("loop"),
            .endless = yes("endless"),
            .wrong_types = yes("wrong_types"),
            .truncated = yes("truncated"),
            .garbage = yes("garbage")};
}

}  // namespace

SnmpChange read_snmp_change(const ScriptMap& map, Problems& problems) {
    SnmpChange change;
    change.community = map.value("community", as_written);
    change.toner = {map.value("toner", share_of), map.value("cyan", share_of),
                    map.value("magenta", share_of), map.value("yellow", share_of)};
    change.paper = map.value("paper", share_of);
    change.load = map.value("load", share_of);
    change.memory = map.value("memory", share_of);
    change.disk = map.value("disk", share_of);
    change.charge = map.value("charge", share_of);
    change.temperature = map.value("temperature", number_of);
    change.on_battery = map.value("on_battery", truth_of);
    change.port_down = port(map, "port_down");
    change.port_up = port(map, "port_up");
    change.restart = map.value("restart", truth_of).value_or(false);
    if (map.has("fault")) change.fault = read_fault(map.node("fault"), problems);
    return change;
}

std::shared_ptr<const SnmpDescription> read_snmp(const YAML::Node& node, Problems& problems) {
    const ScriptMap map(node, "an agent",
                        {"kind",     "community",   "v3",         "engine",
                         "contexts", "ports",       "days_up",    "pages_per_minute",
                         "toner",    "cyan",        "magenta",    "yellow",
                         "paper",    "load",        "memory",     "disk",
                         "charge",   "temperature", "on_battery", "port_down",
                         "fault"},
                        problems);
    const auto kind = map.value("kind", kind_named);
    if (!map.has("kind")) map.refuse("kind", "every agent needs one, like kind: switch");
    auto description = std::make_shared<SnmpDescription>();
    description->kind = kind.value_or(SnmpKind::pc);
    description->ports = port(map, "ports").value_or(usual_ports(description->kind));
    description->days_up = map.value("days_up", days).value_or(0);
    description->pages_per_minute =
        static_cast<double>(map.value("pages_per_minute", number_of).value_or(2));
    description->users = read_users(map, problems);
    description->engine = map.value("engine", as_written).value_or("");
    description->contexts = map.texts("contexts");
    description->begin = read_snmp_change(map, problems);
    if (description->begin.port_down.value_or(0) > description->ports)
        map.refuse("port_down", "it has no such port");
    return kind ? description : nullptr;
}

}  // namespace rounds::simulator
