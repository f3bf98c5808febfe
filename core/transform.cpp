#include "core/transform.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/octets.hpp"
#include "core/text.hpp"

namespace rounds::core {

namespace {

using Arguments = Transform::Arguments;

unsigned octet(const std::string& bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::optional<int> digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

/// "001b.213c.4d5e", "0:1b:21:3c:4d:5e": the six octets; empty for other text.
std::string octets_of_mac(std::string_view text) {
    const bool parts = std::ranges::count(text, ':') == 5 || std::ranges::count(text, '-') == 5;
    std::string octets;
    int digits = 0;
    int value = 0;
    const auto end_octet = [&] {
        if (digits > 0) octets += static_cast<char>(value);
        digits = value = 0;
    };
    for (const char c : text) {
        if (const auto digit = digit_of(c)) {
            value = value * 16 + *digit;
            if (++digits == 2) end_octet();
        } else if (c == ':' || c == '-' || c == '.' || c == ' ') {
            if (digits > 0 && !parts) return {};
            end_octet();
        } else {
            return {};
        }
    }
    end_octet();
    return octets.size() == 6 ? octets : std::string();
}

Datum mac(Arguments arguments, const FromGb18030&) {
    const std::string* bytes = arguments[0] != nullptr ? arguments[0]->bytes() : nullptr;
    if (bytes == nullptr) return {};
    const std::string octets = bytes->size() == 6 ? *bytes : octets_of_mac(*bytes);
    if (octets.empty() || octets.find_first_not_of('\0') == std::string::npos) return {};
    return with_colons(octets);
}

Datum hex(Arguments arguments, const FromGb18030&) {
    const std::string* bytes = arguments[0] != nullptr ? arguments[0]->bytes() : nullptr;
    if (bytes == nullptr || bytes->empty()) return {};
    return with_colons(*bytes);
}

/// RFC 2579: year (2 octets), month, day, hour, minutes, seconds, deciseconds, and perhaps the zone.
Datum date_and_time(Arguments arguments, const FromGb18030&) {
    const std::string* bytes = arguments[0] != nullptr ? arguments[0]->bytes() : nullptr;
    if (bytes == nullptr || (bytes->size() != 8 && bytes->size() != 11)) return {};
    const unsigned year = octet(*bytes, 0) * 256 + octet(*bytes, 1);
    const unsigned month = octet(*bytes, 2);
    const unsigned day = octet(*bytes, 3);
    const unsigned hour = octet(*bytes, 4);
    if (year == 0 || month == 0 || month > 12 || day == 0 || day > 31 || hour > 23 ||
        octet(*bytes, 5) > 59 || octet(*bytes, 6) > 60) {
        return {};
    }
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", year, month, day, hour,
                       octet(*bytes, 5), octet(*bytes, 6));
}

/// Some agents send ticks as INTEGER, and those that wrapped as negative ones.
std::optional<std::int64_t> ticks_of(const SnmpValue* value) {
    if (value == nullptr) return std::nullopt;
    auto ticks = value->integer();
    if (ticks && *ticks < 0) *ticks += std::int64_t{1} << 32;
    if (ticks && *ticks < 0) return std::nullopt;
    return ticks;
}

Datum ticks(Arguments arguments, const FromGb18030&) {
    const auto ticks = ticks_of(arguments[0]);
    return ticks ? Datum(*ticks * 10) : Datum();
}

Datum uptime(Arguments arguments, const FromGb18030&) {
    constexpr std::int64_t wrap = std::int64_t{1} << 32;
    constexpr std::int64_t drift = 60'000;  // Ten minutes.
    const auto agent = ticks_of(arguments[0]);
    const auto engine = arguments[1] != nullptr ? arguments[1]->integer() : std::nullopt;
    const auto host = ticks_of(arguments[2]);
    if (!agent) return host ? Datum(*host * 10) : Datum();
    if (engine && *engine > 0 && *engine < wrap / 2) {
        const std::int64_t engine_ticks = *engine * 100;
        const std::int64_t apart = std::abs(engine_ticks % wrap - *agent);
        if (engine_ticks >= wrap && std::min(apart, wrap - apart) < drift)
            return Datum(*engine * 1000);
    }
    return Datum(std::max(*agent, host.value_or(0)) * 10);
}

Datum bits(Arguments arguments, const FromGb18030&) {
    const std::string* bytes = arguments[0] != nullptr ? arguments[0]->bytes() : nullptr;
    if (bytes == nullptr || bytes->size() > 64) return {};
    std::string digits;
    for (const char c : *bytes) digits += fmt::format("{:08b}", static_cast<unsigned char>(c));
    return digits.empty() ? "0" : digits;
}

/// An IPv6 address of eight groups with its longest run of zeros as "::" (RFC 5952).
std::string shortest(const std::string& groups) {
    for (std::string zeros = "0:0:0:0:0:0:0:0"; zeros.size() > 1; zeros.resize(zeros.size() - 2)) {
        const auto at = (":" + groups + ":").find(":" + zeros + ":");
        if (at == std::string::npos) continue;
        const auto before = groups.substr(0, at == 0 ? 0 : at - 1);
        const auto end = at + zeros.size();
        return before + "::" + (end < groups.size() ? groups.substr(end + 1) : "");
    }
    return groups;
}

Datum inet_address(Arguments arguments, const FromGb18030& decode) {
    if (arguments[0] == nullptr) return {};
    const std::string* bytes = arguments[0]->bytes();
    if (bytes != nullptr && bytes->size() == 4) {
        return fmt::format("{}.{}.{}.{}", octet(*bytes, 0), octet(*bytes, 1), octet(*bytes, 2),
                           octet(*bytes, 3));
    }
    if (bytes != nullptr && bytes->size() == 16) {
        std::string text;
        for (std::size_t at = 0; at < 16; at += 2)
            text += fmt::format("{}{:x}", at == 0 ? "" : ":",
                                octet(*bytes, at) * 256 + octet(*bytes, at + 1));
        return shortest(text);
    }
    return plain(*arguments[0], decode);
}

Datum mask_bits(Arguments arguments, const FromGb18030&) {
    const auto mask = arguments[0] != nullptr ? arguments[0]->integer() : std::nullopt;
    if (!mask) return {};
    std::string digits;
    for (auto rest = static_cast<std::uint64_t>(*mask) & 0xffff'ffff; rest != 0; rest >>= 1)
        digits += rest % 2 == 1 ? '1' : '0';
    return digits.empty() ? "0" : digits;
}

Datum digits(Arguments arguments, const FromGb18030& decode) {
    if (arguments[0] == nullptr) return {};
    const std::string* bytes = arguments[0]->bytes();
    if (bytes == nullptr || bytes->empty() ||
        std::ranges::any_of(*bytes, [](char c) { return c < 0 || c > 9; }))
        return plain(*arguments[0], decode);
    std::string text;
    for (const char c : *bytes) text += static_cast<char>('0' + c);
    return text;
}

Datum big_endian(Arguments arguments, const FromGb18030&) {
    const std::string* bytes = arguments[0] != nullptr ? arguments[0]->bytes() : nullptr;
    if (bytes == nullptr || bytes->empty() || bytes->size() > 8) return {};
    std::uint64_t number = 0;
    for (std::size_t at = 0; at < bytes->size(); ++at) number = number << 8 | octet(*bytes, at);
    return number;
}

/// A value times a power of ten that the agent tells.
Datum scaled_by(Arguments arguments, int sign, const FromGb18030& decode) {
    if (arguments[0] == nullptr || arguments[1] == nullptr) return {};
    const auto value = number_of(plain(*arguments[0], decode));
    const auto exponent = arguments[1]->integer();
    if (!value || !exponent || *exponent < -18 || *exponent > 18) return {};
    return *value * std::pow(10.0, static_cast<double>(sign * *exponent));
}
Datum scaled(Arguments arguments, const FromGb18030& decode) {
    return scaled_by(arguments, 1, decode);
}
Datum scaled_down(Arguments arguments, const FromGb18030& decode) {
    return scaled_by(arguments, -1, decode);
}

template <int per_milliwatt>
Datum dbm(Arguments arguments, const FromGb18030& decode) {
    if (arguments[0] == nullptr) return {};
    const auto power = number_of(plain(*arguments[0], decode));
    if (!power || *power <= 0) return {};
    return 10 * std::log10(*power / per_milliwatt);
}

Datum unwrapped(Arguments arguments, const FromGb18030&) {
    const auto number = ticks_of(arguments[0]);
    return number ? Datum(*number) : Datum();
}

Datum entity_sensor_value(Arguments arguments, const FromGb18030&) {
    constexpr std::int64_t units =
        9;  // EntitySensorDataScale: yocto(1) … units(9) … yotta(17), steps of 1000.
    const auto integer_or = [&](std::size_t at, std::int64_t otherwise) {
        return arguments[at] != nullptr ? arguments[at]->integer().value_or(otherwise) : otherwise;
    };
    if (arguments[0] == nullptr || !arguments[0]->integer()) return {};
    const std::int64_t value = *arguments[0]->integer();
    const std::int64_t scale = integer_or(1, units);
    const std::int64_t precision = integer_or(2, 0);
    // The bounds of the type mean underflow and overflow.
    if (scale < 1 || scale > 17 || value <= -1'000'000'000 || value >= 1'000'000'000) return {};
    const auto tenfold = 3 * (scale - units) - (precision >= 0 && precision <= 9 ? precision : 0);
    return static_cast<double>(value) * std::pow(10.0, static_cast<double>(tenfold));
}

/// RFC 3805: levels of supplies and trays, their capacity and unit are told alike.
Datum printer_level(Arguments arguments, const FromGb18030&) {
    constexpr std::int64_t percent = 19;
    if (arguments[0] == nullptr || !arguments[0]->integer()) return {};
    const double level = static_cast<double>(*arguments[0]->integer());
    const auto integer_at = [&](std::size_t at) {
        return arguments[at] != nullptr ? arguments[at]->integer() : std::nullopt;
    };
    if (level == -1) return "unrestricted";
    if (level == -3) return "some-remaining";
    if (level < 0) return "unknown";
    const double capacity = static_cast<double>(integer_at(1).value_or(-2));
    if (capacity > 0) return std::min(100.0, 100 * level / capacity);
    // Agents that know no capacity mean percent, unless they say otherwise.
    if (integer_at(2).value_or(percent) == percent && level <= 100) return level;
    return level > 0 ? "some-remaining" : "unknown";
}

std::string network_address(const std::string& bytes) {
    // The family's number (IANA address family numbers), then the address.
    if (bytes.size() == 5 && octet(bytes, 0) == 1) {
        return fmt::format("{}.{}.{}.{}", octet(bytes, 1), octet(bytes, 2), octet(bytes, 3),
                           octet(bytes, 4));
    }
    return with_colons(std::string_view(bytes).substr(1));
}

Datum lldp_id(Arguments arguments, const FromGb18030& decode, std::int64_t mac_type,
              std::int64_t address_type) {
    if (arguments[0] == nullptr) return {};
    const std::string* bytes = arguments[0]->bytes();
    const auto type = arguments[1] != nullptr ? arguments[1]->integer() : std::nullopt;
    if (bytes != nullptr && type == mac_type && bytes->size() == 6) return with_colons(*bytes);
    if (bytes != nullptr && type == address_type && bytes->size() > 2)
        return network_address(*bytes);
    return plain(*arguments[0], decode);
}

Datum lldp_chassis_id(Arguments arguments, const FromGb18030& decode) {
    return lldp_id(arguments, decode, 4, 5);  // LldpChassisIdSubtype
}
Datum lldp_port_id(Arguments arguments, const FromGb18030& decode) {
    return lldp_id(arguments, decode, 3, 4);  // LldpPortIdSubtype
}

Datum processor_name(Arguments arguments, const FromGb18030& decode) {
    if (arguments[0] == nullptr) return {};
    std::string text = one_line(text_of(plain(*arguments[0], decode)));
    for (const std::string_view noise :
         {"GenuineIntel: ", "AuthenticAMD: ", "(R)", "(TM)", "(tm)", " CPU"}) {
        for (auto at = text.find(noise); at != std::string::npos; at = text.find(noise))
            text.erase(at, noise.size());
    }
    text = one_line(text);
    if (text.empty() || text == "Unknown Processor Type") return {};
    return text;
}

constexpr std::array<Transform, 23> table{{
    {"mac", 1, 1, mac},
    {"hex", 1, 1, hex},
    {"date-and-time", 1, 1, date_and_time},
    {"ticks", 1, 1, ticks},
    {"uptime", 3, 3, uptime},
    {"bits", 1, 1, bits},
    {"inet-address", 1, 1, inet_address},
    {"mask-bits", 1, 1, mask_bits},
    {"digits", 1, 1, digits},
    {"big-endian", 1, 1, big_endian},
    {"scaled", 2, 2, scaled},
    {"scaled-down", 2, 2, scaled_down},
    {"dbm-of-milliwatts", 1, 1, dbm<1>},
    {"dbm-of-microwatts", 1, 1, dbm<1000>},
    {"dbm-of-tenths-of-microwatts", 1, 1, dbm<10'000>},
    {"dbm-of-nanowatts", 1, 1, dbm<1'000'000>},
    {"unwrapped", 1, 1, unwrapped},
    {"entity-sensor-value", 3, 3, entity_sensor_value},
    {"printer-level", 3, 3, printer_level},
    {"tray-level", 3, 3, printer_level},
    {"processor-name", 1, 1, processor_name},
    {"lldp-chassis-id", 2, 2, lldp_chassis_id},
    {"lldp-port-id", 2, 2, lldp_port_id},
}};

}  // namespace

std::optional<double> number_of(const Datum& datum) {
    if (const auto* value = std::get_if<std::int64_t>(&datum)) return static_cast<double>(*value);
    if (const auto* value = std::get_if<std::uint64_t>(&datum)) return static_cast<double>(*value);
    if (const auto* value = std::get_if<double>(&datum)) {
        return std::isfinite(*value) ? std::optional(*value) : std::nullopt;
    }
    const auto* text = std::get_if<std::string>(&datum);
    if (text == nullptr) return std::nullopt;
    std::string_view rest = *text;
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (rest.starts_with('+')) rest.remove_prefix(1);
    double value = 0;
    const auto [end, failed] =
        std::from_chars(rest.data(), rest.data() + rest.size(), value, std::chars_format::fixed);
    if (failed != std::errc{} || !std::isfinite(value)) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    // "10.1.2.3" and "2026-11-23" are no numbers.
    const bool other = rest.find_first_of("0123456789") != std::string_view::npos;
    return other ? std::nullopt : std::optional(value);
}

std::string text_of(const Datum& datum) {
    if (const auto* value = std::get_if<std::int64_t>(&datum)) return fmt::format("{}", *value);
    if (const auto* value = std::get_if<std::uint64_t>(&datum)) return fmt::format("{}", *value);
    if (const auto* value = std::get_if<double>(&datum)) return fmt::format("{}", *value);
    if (const auto* value = std::get_if<std::string>(&datum)) return *value;
    return {};
}

Datum plain(const SnmpValue& value, const FromGb18030& decode) {
    if (const auto* number = std::get_if<std::int64_t>(&value.content)) return *number;
    if (const auto* number = std::get_if<std::uint64_t>(&value.content)) return *number;
    if (const auto* number = std::get_if<double>(&value.content)) {
        return std::isfinite(*number) ? Datum(*number) : Datum();
    }
    if (const Oid* oid = value.oid()) return oid->empty() ? Datum() : Datum(oid->text());
    const std::string* bytes = value.bytes();
    if (bytes == nullptr) return {};
    if (value.type == SnmpValue::Type::ip_address && bytes->size() == 4) {
        return fmt::format("{}.{}.{}.{}", octet(*bytes, 0), octet(*bytes, 1), octet(*bytes, 2),
                           octet(*bytes, 3));
    }
    std::string text = readable(*bytes, decode);
    return text.empty() ? Datum() : Datum(std::move(text));
}

const Transform* find_transform(std::string_view name) {
    const auto found = std::ranges::find(table, name, &Transform::name);
    return found == table.end() ? nullptr : &*found;
}
std::span<const Transform> transforms() {
    return table;
}

}  // namespace rounds::core
