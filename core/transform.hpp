// What a profile cannot say in YAML: transforms of raw values, by name.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/readable.hpp"
#include "core/snmp.hpp"

namespace rounds::core {

/// A value on its way from the agent to a fact; std::monostate: none. Text is readable UTF-8.
using Datum = std::variant<std::monostate, std::int64_t, std::uint64_t, double, std::string>;

[[nodiscard]] inline bool present(const Datum& datum) {
    return datum.index() != 0;
}
/// A number; also of a text that begins with one and goes on with a unit ("45 C"). Never infinite or NaN.
[[nodiscard]] std::optional<double> number_of(const Datum& datum);
/// A text; numbers as they are written.
[[nodiscard]] std::string text_of(const Datum& datum);

/// A value without a transform: numbers as they are, octets as readable(), OIDs and addresses with dots. Nothing for
/// text of nothing but control characters and spaces.
[[nodiscard]] Datum plain(const SnmpValue& value, const FromGb18030& decode);

/// A named transform. Null arguments are objects without a value.
struct Transform {
    using Arguments = std::span<const SnmpValue* const>;
    std::string_view name;
    std::size_t least = 1, most = 1;  ///< Arguments.
    Datum (*apply)(Arguments, const FromGb18030&) = nullptr;
};

/// mac                  6 octets (or text of 12 hexadecimal digits) → "00:1b:21:3c:4d:5e"; nothing for all zeros
/// hex                  octets → "00:1b:…" of any length
/// date-and-time        DateAndTime (RFC 2579) → "2026-11-23 10:12:30"
/// ticks                TimeTicks, or hundredths as INTEGER → milliseconds
/// uptime               sysUpTime, snmpEngineTime, hrSystemUptime → milliseconds, right beyond 497 days where one of
///                      the other two tells
/// bits                 octets → "01000000": a digit for each bit, the first octet's most significant first; "0" for none
/// inet-address         4 or 16 octets (InetAddress, RFC 4001) or an IpAddress → "10.1.3.1", "2001:db8::1"; text as it is
/// mask-bits            an INTEGER → as bits, but the least significant first: bit 0 is 1, bit 1 is 2, bit 2 is 4 …
/// digits               octets of 0 to 9 each → "049"; other octets as text
/// big-endian           one to eight octets → the number they are
/// scaled               value and exponent → value × 10^exponent
/// scaled-down          value and digits → value / 10^digits
/// dbm-of-milliwatts, dbm-of-microwatts, dbm-of-tenths-of-microwatts, dbm-of-nanowatts    power → dBm; 0 is none
/// unwrapped            an INTEGER that went negative beyond 2^31 → as unsigned (RFC 2790 sizes)
/// entity-sensor-value  entPhySensorValue, Scale, Precision (RFC 3433) → in units
/// printer-level        prtMarkerSuppliesLevel, MaxCapacity, SupplyUnit → percent, or a word of LevelState
/// tray-level           prtInputCurrentLevel, MaxCapacity, CapacityUnit → the same
/// processor-name       "GenuineIntel: Intel(R) Xeon(R) CPU E5-2470 @ 2.30GHz" → "Intel Xeon E5-2470 @ 2.30GHz"
/// lldp-chassis-id      lldpRemChassisId and its subtype (IEEE 802.1AB) → text, MAC or network address
/// lldp-port-id         lldpRemPortId (or lldpLocPortId) and its subtype → the same
[[nodiscard]] const Transform* find_transform(std::string_view name);
[[nodiscard]] std::span<const Transform> transforms();

}  // namespace rounds::core
