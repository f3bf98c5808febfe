#include "tests/simulator/script_reader.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "tests/simulator/address_range.hpp"
#include "tests/simulator/quantity.hpp"
#include "tests/simulator/script_map.hpp"
#include "tests/simulator/snmp/manner_reader.hpp"

namespace rounds::simulator {
namespace {

constexpr std::size_t most_devices = 100'000;
constexpr core::Microseconds shortest_repeat{1'000'000};  // else a script could do nothing else

core::Error wrong(std::string message) {
    return {core::Error::Kind::invalid_input, std::move(message)};
}

core::Result<std::string> device_name(std::string_view text) {
    const bool strange = std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (!text.empty() && !strange) return std::string{text};
    return wrong("a name without control characters is expected");
}

core::Result<std::uint16_t> udp_port(std::string_view text) {
    const auto number = number_of(text);
    if (number && *number >= 1 && *number <= 65'535) return static_cast<std::uint16_t>(*number);
    return wrong(fmt::format("\"{}\" is no port from 1 to 65535", text));
}

/// Reads the file part by part; what it read stands in `script`.
class Reader {
 public:
    explicit Reader(Problems& problems) : problems_(problems) {}

    Script read(const YAML::Node& root) {
        const ScriptMap map(
            root, "a script",
            {"seed", "networks", "snmp_port", "defaults", "devices", "events", "repeat"},
            problems_);
        if (!root.IsMap()) return {};
        script_.seed = map.value("seed", number_of).value_or(1);
        script_.snmp_port = map.value("snmp_port", udp_port).value_or(script_.snmp_port);
        for (const auto& text : map.texts("networks")) network(map, text);
        if (map.has("defaults")) {
            const ScriptMap defaults(map.node("defaults"), "defaults",
                                     {"silent", "latency", "jitter", "loss", "duplicates"},
                                     problems_);
            defaults_ = changed(defaults_, echo(defaults));
        }
        for (const auto& node : map.list("devices")) device(node);
        if (script_.devices.empty()) map.refuse("devices", "at least one device is needed");
        for (const auto& node : map.list("events")) event(node);
        std::stable_sort(script_.events.begin(), script_.events.end(),
                         [](const Event& one, const Event& other) { return one.at < other.at; });
        repeat(map);
        return std::move(script_);
    }

 private:
    void network(const ScriptMap& map, std::string_view text) {
        const auto network = network_of(text);
        if (network) {
            script_.networks.push_back(*network);
        } else {
            map.refuse("networks", network.error().message);
        }
    }

    void repeat(const ScriptMap& map) {
        script_.repeat = map.value("repeat", duration_of);
        if (!script_.repeat) return;
        if (script_.events.empty()) return map.refuse("repeat", "there are no events to repeat");
        const auto last = script_.events.back().at;
        if (*script_.repeat >= std::max(last, shortest_repeat)) return;
        map.refuse("repeat", fmt::format("at least {}, and not before the last event, at {}",
                                         spoken(shortest_repeat), spoken(last)));
    }

    static EchoChange echo(const ScriptMap& map) {
        return {.silent = map.value("silent", truth_of),
                .latency = map.value("latency", duration_of),
                .jitter = map.value("jitter", duration_of),
                .loss = map.value("loss", share_of),
                .duplicates = map.value("duplicates", share_of)};
    }

    void device(const YAML::Node& node) {
        const ScriptMap map(node, "a device",
                            {"name", "address", "count", "behind", "silent", "latency", "jitter",
                             "loss", "duplicates", "snmp"},
                            problems_);
        const auto name = map.value("name", device_name);
        if (!map.has("name")) map.refuse("name", "every device needs one");
        const auto address = map.node("address");
        if (!address.IsDefined() || (address.IsSequence() && address.size() == 0)) {
            map.refuse("address", "every device needs one");
        }
        const auto addresses = map.texts("address");
        const auto count = map.value("count", number_of);
        if (count && (*count < 1 || *count > most_devices)) {
            return map.refuse("count", fmt::format("from 1 to {}", most_devices));
        }
        Device first{.name = name.value_or(""), .echo = changed(defaults_, echo(map))};
        if (map.has("snmp")) first.snmp = read_snmp(map.node("snmp"), problems_);
        if (const auto way = map.text("behind")) first.behind = way_through(map, *way);
        if (name) line(map, first, addresses, count);
    }

    std::optional<std::size_t> way_through(const ScriptMap& map, const std::string& name) {
        const auto found = named_.find(name);
        if (found != named_.end() && found->second.size() == 1) return found->second.front();
        map.refuse("behind", found == named_.end()
                                 ? fmt::format("no device above is named \"{}\"", name)
                                 : fmt::format("\"{}\" is many devices; name one of them", name));
        return std::nullopt;
    }

    /// The device, or as many as its line counts, each with the next addresses; ends at the first that
    /// cannot be had.
    void line(const ScriptMap& map, const Device& first, const std::vector<std::string>& texts,
              std::optional<std::uint64_t> count) {
        const auto addresses = addresses_of(map, texts);
        std::vector<std::size_t> members;
        bool whole = true;
        for (std::uint64_t i = 0; whole && i < count.value_or(1); ++i) {
            Device device = first;
            if (count) device.name = fmt::format("{}-{}", first.name, i + 1);
            for (const auto& address : addresses) whole = whole && claim(map, device, address, i);
            members.push_back(script_.devices.size());
            whole = name(map, device.name, {script_.devices.size()}) && whole;
            script_.devices.push_back(std::move(device));
        }
        if (count && whole) name(map, first.name, members);
    }

    static std::vector<asio::ip::address> addresses_of(const ScriptMap& map,
                                                       const std::vector<std::string>& texts) {
        std::vector<asio::ip::address> addresses;
        for (const auto& text : texts) {
            boost::system::error_code error;
            const auto address = asio::ip::make_address(text, error);
            if (error) {
                map.refuse("address", fmt::format("\"{}\" is no IPv4 or IPv6 address", text));
            } else {
                addresses.push_back(address);
            }
        }
        return addresses;
    }

    bool claim(const ScriptMap& map, Device& device, const asio::ip::address& first,
               std::uint64_t steps) {
        const auto address = further(first, steps);
        if (!address) {
            map.refuse("count", "the addresses run out");
        } else if (!taken_.insert(*address).second) {
            map.refuse("address", fmt::format("{} is taken", address->to_string()));
        } else {
            device.addresses.push_back(*address);
            return true;
        }
        return false;
    }

    bool name(const ScriptMap& map, const std::string& name, std::vector<std::size_t> devices) {
        if (named_.emplace(name, std::move(devices)).second) return true;
        map.refuse("name", fmt::format("\"{}\" is taken", name));
        return false;
    }

    void event(const YAML::Node& node) {
        const ScriptMap map(
            node, "an event",
            {"at",         "device",    "silent",  "latency", "jitter",  "loss",
             "duplicates", "community", "toner",   "cyan",    "magenta", "yellow",
             "paper",      "load",      "memory",  "disk",    "charge",  "temperature",
             "on_battery", "port_down", "port_up", "restart", "fault"},
            problems_);
        if (!map.has("at")) map.refuse("at", "every event needs its time, like at: 40s");
        if (!map.has("device")) map.refuse("device", "every event needs the device it happens to");
        Event event{.at = map.value("at", duration_of).value_or(core::Microseconds{0}),
                    .name = map.text("device").value_or(""),
                    .echo = echo(map),
                    .snmp = read_snmp_change(map, problems_)};
        if (map.has("device") && !named_.contains(event.name)) {
            map.refuse("device", fmt::format("no device is named \"{}\"", event.name));
        }
        if (const auto found = named_.find(event.name); found != named_.end()) {
            event.devices = found->second;
        }
        if (event.echo == EchoChange{} && event.snmp == SnmpChange{}) {
            map.refuse("device", "an event changes something: silent, latency, toner, restart …");
        }
        if (event.snmp != SnmpChange{}) agents(map, event);
        script_.events.push_back(std::move(event));
    }

    /// What an event says to agents, they must understand.
    void agents(const ScriptMap& map, const Event& event) {
        const auto port =
            std::max(event.snmp.port_down.value_or(0), event.snmp.port_up.value_or(0));
        for (const auto number : event.devices) {
            const auto& device = script_.devices[number];
            if (!device.snmp)
                return map.refuse("device", fmt::format("{} has no agent (snmp)", device.name));
            if (port > device.snmp->ports)
                return map.refuse("device", fmt::format("{} has no port {}", device.name, port));
        }
    }

    Problems& problems_;
    Script script_;
    EchoManner defaults_;
    std::map<std::string, std::vector<std::size_t>> named_;  ///< Devices and counted lines.
    std::set<asio::ip::address> taken_;
};

}  // namespace

core::Result<Network> network_of(std::string_view text) {
    const auto slash = text.find('/');
    boost::system::error_code error;
    const auto address = asio::ip::make_address(std::string{text.substr(0, slash)}, error);
    const unsigned bits = address.is_v4() ? 32 : 128;
    const auto prefix = slash == std::string_view::npos ? core::Result<std::uint64_t>{bits}
                                                        : number_of(text.substr(slash + 1));
    if (!error && prefix && *prefix <= bits)
        return Network{address, static_cast<unsigned>(*prefix)};
    return wrong(
        fmt::format("\"{}\" is no network; write it like 10.1.0.0/16 or fd00:1::/64", text));
}

ScriptRead read_script(const std::string& text, const std::string& file) {
    Problems problems(file);
    ScriptRead read;
    try {
        read.script = Reader(problems).read(YAML::Load(text));
    } catch (const YAML::Exception& error) {
        problems.add(error.mark, "not YAML: " + error.msg);
    }
    read.problems = problems.all();
    return read;
}

ScriptRead load_script(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::ostringstream text;
    if (!stream || !(text << stream.rdbuf())) {
        return {{}, {fmt::format("{}: cannot be read, or is empty", file.string())}};
    }
    return read_script(text.str(), file.string());
}

}  // namespace rounds::simulator
