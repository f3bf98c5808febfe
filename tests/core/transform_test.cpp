#include "core/transform.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using Type = SnmpValue::Type;
using namespace std::string_literals;

SnmpValue number(std::int64_t value) {
    return {Type::integer, value};
}
SnmpValue bytes(std::string text) {
    return {Type::octets, std::move(text)};
}
SnmpValue hundredths(std::uint64_t value) {
    return {Type::time_ticks, value};
}
const SnmpValue none{};

struct Case {
    std::string name, transform;
    std::vector<SnmpValue> arguments;  ///< `none`: without a value.
    Datum expected;
    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};
class TransformTest : public testing::TestWithParam<Case> {};

TEST_P(TransformTest, Gives) {
    const auto& [name, word, arguments, expected] = GetParam();
    const Transform* transform = find_transform(word);
    ASSERT_NE(transform, nullptr);
    std::vector<const SnmpValue*> pointers;
    for (const auto& argument : arguments)
        pointers.push_back(argument == none ? nullptr : &argument);
    ASSERT_GE(pointers.size(), transform->least);
    ASSERT_LE(pointers.size(), transform->most);
    const Datum given = transform->apply(pointers, {});
    if (std::holds_alternative<double>(expected)) {
        ASSERT_TRUE(number_of(given));
        EXPECT_NEAR(*number_of(given), std::get<double>(expected), 1e-9);
    } else {
        EXPECT_EQ(text_of(given), text_of(expected));
        EXPECT_EQ(present(given), present(expected));
    }
}

constexpr std::int64_t day = 86'400;
constexpr std::int64_t wrap = std::int64_t{1} << 32;

INSTANTIATE_TEST_SUITE_P(
    Mac, TransformTest,
    testing::Values(
        Case{"MacOctets", "mac", {bytes("\x00\x1b\x21\x3c\x4d\x5e"s)}, "00:1b:21:3c:4d:5e"s},
        Case{"MacText", "mac", {bytes("001b.213C.4d5e")}, "00:1b:21:3c:4d:5e"s},
        Case{"MacWithoutLeadingZeros", "mac", {bytes("0:1b:21:3c:4d:5e")}, "00:1b:21:3c:4d:5e"s},
        Case{"MacOfZeros", "mac", {bytes(std::string(6, '\0'))}, {}},
        Case{"MacEmpty", "mac", {bytes("")}, {}},
        Case{"MacTooLong", "mac", {bytes("\x01\x02\x03\x04\x05\x06\x07\x08")}, {}},
        Case{"MacNumber", "mac", {number(5)}, {}}, Case{"MacNone", "mac", {none}, {}},
        Case{"Hex", "hex", {bytes("\x01\xff")}, "01:ff"s},
        Case{"HexEmpty", "hex", {bytes("")}, {}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Time, TransformTest,
    testing::Values(
        Case{"Date",
             "date-and-time",
             {bytes("\x07\xea\x0b\x17\x0a\x0c\x1e\x00"s)},
             "2026-11-23 10:12:30"s},
        Case{"DateWithZone",
             "date-and-time",
             {bytes("\x07\xea\x0b\x17\x0a\x0c\x1e\x00+\x08\x00"s)},
             "2026-11-23 10:12:30"s},
        Case{"DateOfZeros", "date-and-time", {bytes(std::string(8, '\0'))}, {}},
        Case{"DateCut", "date-and-time", {bytes("\x07\xea\x0b")}, {}},
        Case{"Ticks", "ticks", {hundredths(12'345)}, std::int64_t{123'450}},
        Case{"TicksAsInteger", "ticks", {number(100)}, std::int64_t{1000}},
        Case{"TicksGoneNegative", "ticks", {number(-1)}, (wrap - 1) * 10},
        Case{"UptimeOfTheAgentAlone", "uptime", {hundredths(100), none, none}, std::int64_t{1000}},
        Case{"UptimeOfTheHost",
             "uptime",
             {hundredths(100), none, hundredths(500)},
             std::int64_t{5000}},
        Case{"UptimeBeyondTheWrap",
             "uptime",
             {hundredths(static_cast<std::uint64_t>(600 * day * 100 - wrap)), number(600 * day),
              none},
             600 * day * 1000},
        Case{"UptimeAnEngineThatIsOlderThanTheAgent",
             "uptime",
             {hundredths(100), number(600 * day), none},
             std::int64_t{1000}},
        Case{"UptimeOnlyHost", "uptime", {none, none, hundredths(7)}, std::int64_t{70}},
        Case{"UptimeNone", "uptime", {none, none, none}, {}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Numbers, TransformTest,
    testing::Values(
        Case{"BitsMostSignificantFirst", "bits", {bytes("\x40")}, "01000000"s},
        Case{"BitsOfTwoOctets", "bits", {bytes("\x00\x80"s)}, "0000000010000000"s},
        Case{"BitsOfNone", "bits", {bytes("")}, "0"s},
        Case{"BitsOfANumber", "bits", {number(3)}, {}},
        Case{"MaskBitsLeastSignificantFirst", "mask-bits", {number(5)}, "101"s},
        Case{"MaskBitsOfNone", "mask-bits", {number(0)}, "0"s},
        Case{"MaskBitsOfTheSign", "mask-bits", {number(-2147483648)}, std::string(31, '0') + "1"},
        Case{"MaskBitsOfText", "mask-bits", {bytes("5")}, {}},
        Case{"Digits", "digits", {bytes("\0\x04\x09"s)}, "049"s},
        Case{"DigitsAlreadyText", "digits", {bytes("SN-1")}, "SN-1"s},
        Case{"BigEndian", "big-endian", {bytes("\x01\x00"s)}, std::uint64_t{256}},
        Case{"BigEndianTooLong", "big-endian", {bytes(std::string(9, '1'))}, {}},
        Case{"Scaled", "scaled", {number(215), number(-1)}, 21.5},
        Case{"ScaledUp", "scaled", {number(3), number(3)}, 3000.0},
        Case{"ScaledDown", "scaled-down", {number(215), number(1)}, 21.5},
        Case{"ScaledByNothing", "scaled", {number(215), none}, {}},
        Case{"ScaledBeyondReason", "scaled", {number(215), number(400)}, {}},
        Case{"OneMilliwatt", "dbm-of-milliwatts", {number(1)}, 0.0},
        Case{"AHundredMicrowatts", "dbm-of-microwatts", {number(100)}, -10.0},
        Case{"ATenthOfAMicrowatt", "dbm-of-tenths-of-microwatts", {number(1)}, -40.0},
        Case{"Nanowatts", "dbm-of-nanowatts", {number(1000)}, -30.0},
        Case{"NoPower", "dbm-of-milliwatts", {number(0)}, {}},
        Case{"Address4", "inet-address", {bytes("\x0a\x01\x03\x01")}, "10.1.3.1"s},
        Case{"Address6",
             "inet-address",
             {bytes("\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"s)},
             "2001:db8::1"s},
        Case{"Address6OfZeros", "inet-address", {bytes(std::string(16, '\0'))}, "::"s},
        Case{"Address6WithZerosInTheMiddle",
             "inet-address",
             {bytes("\x20\x01\0\0\0\0\0\x05\0\x06\0\x07\0\x08\0\x09"s)},
             "2001::5:6:7:8:9"s},
        Case{"AddressAsText", "inet-address", {bytes("10.1.3.12")}, "10.1.3.12"s},
        Case{"Unwrapped", "unwrapped", {number(-1'294'967'296)}, std::int64_t{3'000'000'000}},
        Case{"NothingToUnwrap", "unwrapped", {number(7)}, std::int64_t{7}},
        Case{"SensorTenths", "entity-sensor-value", {number(235), number(9), number(1)}, 23.5},
        Case{"SensorMilli", "entity-sensor-value", {number(12'000), number(8), number(0)}, 12.0},
        Case{"SensorBareValue", "entity-sensor-value", {number(41), none, none}, 41.0},
        Case{"SensorOverflow",
             "entity-sensor-value",
             {number(1'000'000'000), number(9), number(0)},
             {}},
        Case{"SensorBadScale", "entity-sensor-value", {number(5), number(99), number(0)}, {}}),
    [](const auto& test) { return test.param.name; });

// RFC 3805: levels, capacity, unit (7 impressions, 19 percent).
INSTANTIATE_TEST_SUITE_P(
    Levels, TransformTest,
    testing::Values(
        Case{"Level", "printer-level", {number(4500), number(9000), number(7)}, 50.0},
        Case{"LevelAboveCapacity", "printer-level", {number(120), number(100), number(19)}, 100.0},
        Case{"LevelEmpty", "printer-level", {number(0), number(100), number(19)}, 0.0},
        Case{"LevelOther", "printer-level", {number(-1), number(100), number(19)}, "unrestricted"s},
        Case{"LevelUnknown", "printer-level", {number(-2), number(100), number(19)}, "unknown"s},
        Case{"LevelSomeLeft",
             "printer-level",
             {number(-3), number(-2), number(7)},
             "some-remaining"s},
        Case{"PercentWithoutCapacity", "printer-level", {number(37), number(-2), number(19)}, 37.0},
        Case{"LevelWithoutCapacityOrUnit", "printer-level", {number(37), none, none}, 37.0},
        Case{"PagesWithoutCapacity",
             "printer-level",
             {number(3000), number(-2), number(7)},
             "some-remaining"s},
        Case{"LevelNone", "printer-level", {none, number(100), number(19)}, {}},
        Case{"Tray", "tray-level", {number(125), number(500), number(8)}, 25.0}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Text, TransformTest,
    testing::Values(
        Case{"ChassisMac",
             "lldp-chassis-id",
             {bytes("\x00\x1b\x21\x3c\x4d\x5e"s), number(4)},
             "00:1b:21:3c:4d:5e"s},
        Case{"ChassisAddress",
             "lldp-chassis-id",
             {bytes("\x01\x0a\x01\x03\x01"), number(5)},
             "10.1.3.1"s},
        Case{"ChassisName", "lldp-chassis-id", {bytes("sw-3f"), number(7)}, "sw-3f"s},
        Case{"PortName", "lldp-port-id", {bytes("GE0/0/1"), number(5)}, "GE0/0/1"s},
        Case{"PortMac",
             "lldp-port-id",
             {bytes("\x00\x1b\x21\x3c\x4d\x5e"s), number(3)},
             "00:1b:21:3c:4d:5e"s},
        Case{"PortWithoutSubtype", "lldp-port-id", {bytes("7"), none}, "7"s},
        Case{"Processor",
             "processor-name",
             {bytes("GenuineIntel: Intel(R) Xeon(R) CPU E3-1220 @ 3.10GHz")},
             "Intel Xeon E3-1220 @ 3.10GHz"s},
        Case{"ProcessorUnknown", "processor-name", {bytes("Unknown Processor Type")}, {}}),
    [](const auto& test) { return test.param.name; });

TEST(Transform, UnknownNamesAreNull) {
    EXPECT_EQ(find_transform("rot13"), nullptr);
}

TEST(Transform, NoArgumentsAndNoiseDoNotHurtAny) {
    const std::vector<SnmpValue> noise{number(-1),
                                       number(INT64_MIN),
                                       bytes(""),
                                       bytes("\xff"),
                                       bytes(std::string(300, 'x')),
                                       {Type::counter64, UINT64_MAX},
                                       {Type::oid, Oid()},
                                       {Type::real, 1e300}};
    for (const Transform& transform : transforms()) {
        for (const auto& value : noise) {
            const std::vector<const SnmpValue*> same(transform.most, &value);
            const std::vector<const SnmpValue*> nothing(transform.most, nullptr);
            EXPECT_NO_THROW(transform.apply(same, {})) << transform.name;
            EXPECT_FALSE(present(transform.apply(nothing, {}))) << transform.name;
        }
    }
}

struct NumberCase {
    std::string name, text;
    std::optional<double> expected;
    friend void PrintTo(const NumberCase& c, std::ostream* out) { *out << c.name; }
};
class NumberOfText : public testing::TestWithParam<NumberCase> {};
TEST_P(NumberOfText, IsReadWithItsUnit) {
    EXPECT_EQ(number_of(Datum(GetParam().text)), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Texts, NumberOfText,
    testing::Values(NumberCase{"Whole", "45", 45.0}, NumberCase{"Unit", "45 C", 45.0},
                    NumberCase{"Fraction", "-3.25V", -3.25}, NumberCase{"Plus", "+7", 7.0},
                    NumberCase{"Spaces", "  12 ", 12.0},
                    NumberCase{"Address", "10.1.2.3", std::nullopt},
                    NumberCase{"Date", "2026-11-23", std::nullopt},
                    NumberCase{"Word", "none", std::nullopt}, NumberCase{"Empty", "", std::nullopt},
                    NumberCase{"Infinite", "inf", std::nullopt}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rounds::core
