// Recordings of devices: both formats, and what stands between their lines.
#include "daemon/cli/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rounds::daemon {
namespace {

using core::SnmpValue;
using namespace std::string_literals;
using Type = SnmpValue::Type;

SnmpValue value_of(const core::Result<Recording>& recording, std::string_view name) {
    if (!recording) return {Type::no_such_object, {}};
    const auto found = recording->find(core::Oid::parse(name).value());
    return found == recording->end() ? SnmpValue{Type::no_such_object, {}} : found->second;
}

struct Line {
    std::string name, written;
    SnmpValue expected;
    friend void PrintTo(const Line& line, std::ostream* out) { *out << line.written; }
};
class WalkLine : public testing::TestWithParam<Line> {};
TEST_P(WalkLine, IsRead) {
    const auto recording = read_recording(".1.3.6.1.9.0 = " + GetParam().written + "\n");
    EXPECT_EQ(value_of(recording, "1.3.6.1.9.0"), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Types, WalkLine,
    testing::Values(
        Line{"Text", "STRING: \"core-1\"", {Type::octets, "core-1"s}},
        Line{"TextWithoutQuotes", "STRING: core 1", {Type::octets, "core 1"s}},
        Line{"TextOfTwoLines", "STRING: \"one\ntwo\"", {Type::octets, "one\ntwo"s}},
        Line{"TextWithQuotes", R"(STRING: "a \"b\" c")", {Type::octets, "a \"b\" c"s}},
        Line{"EmptyText", "\"\"", {Type::octets, ""s}},
        Line{"Hex", "Hex-STRING: 00 1B 21 ", {Type::octets, "\x00\x1b\x21"s}},
        Line{"HexOfTwoLines", "Hex-STRING: 00 1B \n21 ", {Type::octets, "\x00\x1b\x21"s}},
        Line{"Bits", "BITS: 40 jammed(1) ", {Type::octets, "\x40"s}},
        Line{"Integer", "INTEGER: -5", {Type::integer, std::int64_t{-5}}},
        Line{"Enumeration", "INTEGER: up(1)", {Type::integer, std::int64_t{1}}},
        Line{"Gauge", "Gauge32: 100", {Type::gauge32, std::uint64_t{100}}},
        Line{"Counter", "Counter32: 4294967295", {Type::counter32, std::uint64_t{4294967295}}},
        Line{"Wide",
             "Counter64: 18446744073709551615",
             {Type::counter64, std::uint64_t{18446744073709551615U}}},
        Line{"Ticks", "Timeticks: (12345) 0:02:03.45", {Type::time_ticks, std::uint64_t{12345}}},
        Line{"Name", "OID: .1.3.6.1.4.1.9", {Type::oid, core::Oid::parse("1.3.6.1.4.1.9").value()}},
        Line{"NameFromIso", "OID: iso.3.6", {Type::oid, core::Oid::parse("1.3.6").value()}},
        Line{"Address", "IpAddress: 10.1.3.1", {Type::ip_address, "\x0a\x01\x03\x01"s}},
        Line{"Float", "Opaque: Float: 23.500000", {Type::real, 23.5}},
        Line{"Nothing",
             "No Such Object available on this agent at this OID",
             {Type::no_such_object, {}}}),
    [](const auto& test) { return test.param.name; });

TEST(Walk, PassesOverWhatIsNoValue) {
    const auto recording = read_recording(
        "Created directory: /var/lib/snmp\n"
        ".1.3.6.1.1.0 = INTEGER: 1\r\n"
        ".1.3.6.1.2.0 = NULL\n"
        "iso.3.6.1.3.0 = INTEGER: 3\n"
        "Timeout: No Response from 10.1.3.1\n");
    ASSERT_TRUE(recording);
    EXPECT_EQ(recording->size(), 2U);
    EXPECT_EQ(value_of(recording, "1.3.6.1.3.0").integer(), 3);
}

class SnmprecLine : public testing::TestWithParam<Line> {};
TEST_P(SnmprecLine, IsRead) {
    const auto recording = read_recording("1.3.6.1.9.0|" + GetParam().written + "\n");
    EXPECT_EQ(value_of(recording, "1.3.6.1.9.0"), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Types, SnmprecLine,
    testing::Values(
        Line{"Integer", "2|-7", {Type::integer, std::int64_t{-7}}},
        Line{"Text", "4|a|b", {Type::octets, "a|b"s}},
        Line{"Hex", "4x|001b21", {Type::octets, "\x00\x1b\x21"s}},
        Line{"Escapes", R"(4e|a\nb\x01\\)", {Type::octets, "a\nb\x01\\"s}},
        Line{"Name", "6|1.3.6.1.4.1.9", {Type::oid, core::Oid::parse("1.3.6.1.4.1.9").value()}},
        Line{"Address", "64|10.1.3.1", {Type::ip_address, "\x0a\x01\x03\x01"s}},
        Line{"AddressInHex", "64x|0a010301", {Type::ip_address, "\x0a\x01\x03\x01"s}},
        Line{"CounterGoneNegative", "65|-1", {Type::counter32, std::uint64_t{4294967295}}},
        Line{"Gauge", "66|3", {Type::gauge32, std::uint64_t{3}}},
        Line{"Ticks", "67|9", {Type::time_ticks, std::uint64_t{9}}},
        Line{"Wide", "70|5", {Type::counter64, std::uint64_t{5}}},
        Line{"UnknownTag", "99|5", {Type::no_such_object, {}}}),
    [](const auto& test) { return test.param.name; });

TEST(Recordings, SayWhatIsWrongWithThem) {
    const auto names = read_recording("SNMPv2-MIB::sysName.0 = STRING: core-1\n");
    ASSERT_FALSE(names);
    EXPECT_THAT(names.error().message, testing::HasSubstr("-On"));
    EXPECT_FALSE(read_recording(""));
    EXPECT_FALSE(read_recording("hello\n"));
}

}  // namespace
}  // namespace rounds::daemon
