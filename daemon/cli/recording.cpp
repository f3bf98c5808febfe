#include "daemon/cli/recording.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::daemon {

namespace {

using core::Oid;
using core::SnmpValue;
using Type = SnmpValue::Type;

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end == text.data()) return std::nullopt;
    return value;
}

/// "00 1B 21", "001b21": the octets; empty for other text.
std::optional<std::string> octets_of_hex(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
        digits += c;
    }
    if (digits.size() % 2 != 0) return std::nullopt;
    std::string octets;
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        unsigned value = 0;
        const char* begin = digits.data() + at;
        if (const auto [end, failed] = std::from_chars(begin, begin + 2, value, 16);
            failed != std::errc{} || end != begin + 2)
            return std::nullopt;
        octets += static_cast<char>(value);
    }
    return octets;
}

std::optional<SnmpValue> address(std::string_view text) {
    std::string octets;
    while (octets.size() < 4) {
        const auto part = number_in<unsigned>(text);
        if (!part || *part > 255) return std::nullopt;
        octets += static_cast<char>(*part);
        const auto dot = text.find('.');
        text = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    }
    return SnmpValue{Type::ip_address, octets};
}

std::optional<SnmpValue> unsigned_of(Type type, std::string_view text) {
    if (const auto value = number_in<std::uint64_t>(text)) return SnmpValue{type, *value};
    // Some recorders write what was above 2^31 as negative.
    if (const auto value = number_in<std::int64_t>(text))
        return SnmpValue{type, static_cast<std::uint64_t>(*value) & 0xffff'ffff};
    return std::nullopt;
}

std::optional<SnmpValue> name_of(std::string_view text) {
    if (text.starts_with("iso")) return name_of(fmt::format("1{}", text.substr(3)));
    auto oid = Oid::parse(text);
    if (!oid) return std::nullopt;
    return SnmpValue{Type::oid, *std::move(oid)};
}

// ---- snmprec

/// \n, \\ and \x1b in values whose tag ends in e.
std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\' || at + 1 == text.size()) {
            plain += text[at];
            continue;
        }
        const char next = text[++at];
        unsigned code = 0;
        const char* digits = text.data() + at + 1;
        if (next == 'x' && at + 2 < text.size() &&
            std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2) {
            plain += static_cast<char>(code);
            at += 2;
        } else {
            plain += next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t' : next;
        }
    }
    return plain;
}

std::optional<SnmpValue> recorded_value(std::string_view tag, std::string_view written) {
    std::string text(written);
    if (tag.ends_with('x')) {
        auto octets = octets_of_hex(text);
        if (!octets) return std::nullopt;
        text = *std::move(octets);
        tag.remove_suffix(1);
        if (tag == "64") return SnmpValue{Type::ip_address, text};
    } else if (tag.ends_with('e')) {
        text = unescaped(text);
        tag.remove_suffix(1);
    }
    switch (number_in<int>(tag).value_or(-1)) {
        case 2:
            if (const auto value = number_in<std::int64_t>(text))
                return SnmpValue{Type::integer, *value};
            return std::nullopt;
        case 4: return SnmpValue{Type::octets, text};
        case 5: return SnmpValue{};
        case 6: return name_of(trimmed(text));
        case 64: return address(text);
        case 65: return unsigned_of(Type::counter32, text);
        case 66: return unsigned_of(Type::gauge32, text);
        case 67: return unsigned_of(Type::time_ticks, text);
        case 68: return SnmpValue{Type::opaque, text};
        case 70: return unsigned_of(Type::counter64, text);
        default: return std::nullopt;
    }
}

bool add_recorded(std::string_view line, Recording& recording) {
    const auto first = line.find('|');
    const auto second = first == std::string_view::npos ? first : line.find('|', first + 1);
    if (second == std::string_view::npos) return false;
    auto name = Oid::parse(trimmed(line.substr(0, first)));
    if (!name) return false;
    auto value =
        recorded_value(line.substr(first + 1, second - first - 1), line.substr(second + 1));
    if (!value) return false;
    recording.insert_or_assign(*std::move(name), *std::move(value));
    return true;
}

// ---- snmpwalk

/// A value in quotes with what stands behind backslashes; without quotes as it is.
std::string text_of_walk(std::string_view text) {
    if (text.size() < 2 || !text.starts_with('"')) return std::string(text);
    text.remove_prefix(1);
    if (text.ends_with('"')) text.remove_suffix(1);
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        plain += text[at];
    }
    return plain;
}

/// "up(1)" or "1": the number.
std::optional<std::int64_t> enumerated(std::string_view text) {
    const auto open = text.find('(');
    return number_in<std::int64_t>(open == std::string_view::npos ? text : text.substr(open + 1));
}

/// What stands behind "= ".
std::optional<SnmpValue> walked_value(std::string_view text) {
    if (text == "\"\"" || text.empty()) return SnmpValue{Type::octets, std::string()};
    const auto colon = text.find(": ");
    const auto type = trimmed(text.substr(0, std::min(text.find(':'), text.size())));
    const auto rest = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 2);
    if (type == "STRING") return SnmpValue{Type::octets, text_of_walk(rest)};
    if (type == "Hex-STRING" || type == "BITS") {
        // BITS are followed by their names: "80 firstBit(0)".
        auto digits = rest;
        if (const auto names = digits.find_first_of("ghijklmnopqrstuvwxyz(");
            names != std::string_view::npos)
            digits = digits.substr(0, digits.rfind(' ', names));
        if (auto octets = octets_of_hex(digits)) return SnmpValue{Type::octets, *std::move(octets)};
        return std::nullopt;
    }
    if (type == "INTEGER") {
        if (const auto value = enumerated(rest)) return SnmpValue{Type::integer, *value};
        return std::nullopt;
    }
    if (type == "OID") return name_of(trimmed(rest));
    if (type == "IpAddress" || type == "Network Address") return address(rest);
    if (type == "Counter32") return unsigned_of(Type::counter32, rest);
    if (type == "Gauge32" || type == "Unsigned32" || type == "UInteger32")
        return unsigned_of(Type::gauge32, rest);
    if (type == "Counter64") return unsigned_of(Type::counter64, rest);
    if (type == "Timeticks") {
        const auto value = enumerated(rest);
        if (!value) return std::nullopt;
        return SnmpValue{Type::time_ticks, static_cast<std::uint64_t>(*value)};
    }
    if (type == "Opaque") {
        const auto number = rest.find(": ");
        const auto value =
            number_in<double>(number == std::string_view::npos ? rest : rest.substr(number + 2));
        if (value) return SnmpValue{Type::real, *value};
    }
    return std::nullopt;
}

/// ".1.3.6.1.2.1.1.5.0 = …": the name, and where the value begins. Empty for other lines.
std::optional<std::pair<Oid, std::string_view>> walked_line(std::string_view line) {
    const auto equals = line.find(" =");
    if (equals == std::string_view::npos) return std::nullopt;
    std::string name(trimmed(line.substr(0, equals)));
    if (name.starts_with("iso.")) name.replace(0, 3, "1");
    auto oid = Oid::parse(name);
    if (!oid) return std::nullopt;
    return std::pair(*std::move(oid), trimmed(line.substr(equals + 2)));
}

/// Reads line by line; text and hexadecimal digits go on over several.
class WalkReader {
 public:
    void line(std::string_view line) {
        if (auto begun = walked_line(line)) {
            end();
            name_ = std::move(begun->first);
            value_ = begun->second;
        } else if (name_) {
            value_ += '\n';
            value_ += line;
        }
    }
    void end() {
        if (!name_) return;
        if (auto value = walked_value(std::string_view(value_)))
            recording.insert_or_assign(*std::move(name_), *std::move(value));
        name_.reset();
    }
    Recording recording;

 private:
    std::optional<Oid> name_;
    std::string value_;
};

template <class Each>
void each_line(std::string_view text, const Each& each) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        each(line);
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

core::Result<Recording> read_recording(std::string_view text) {
    Recording recorded;
    each_line(text, [&](std::string_view line) { add_recorded(line, recorded); });
    if (!recorded.empty()) return recorded;
    WalkReader walk;
    each_line(text, [&](std::string_view line) { walk.line(line); });
    walk.end();
    if (!walk.recording.empty()) return std::move(walk.recording);
    const bool names = text.find("::") != std::string_view::npos;
    return core::Error{core::Error::Kind::invalid_input,
                       names ? "has names in place of numbers; walk the device with snmpwalk -On"
                             : "has neither lines as snmpwalk -On prints them "
                               "(.1.3.6.1.2.1.1.5.0 = STRING: …) nor OID|TAG|VALUE"};
}

}  // namespace rounds::daemon
