// BER and the values in it, byte by byte.
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "probes/snmp/message.hpp"
#include "probes/snmp/value.hpp"
#include "tests/probes/snmp_agent.hpp"
#include "tests/support/answer_variables.hpp"

namespace rounds::probes {
namespace {

using core::SnmpValue;
using Type = SnmpValue::Type;

struct ValueCase {
    std::string name;
    Bytes bytes;
    SnmpValue value;
    friend void PrintTo(const ValueCase& c, std::ostream* out) { *out << c.name; }
};
class SnmpValueBytes : public testing::TestWithParam<ValueCase> {};

TEST_P(SnmpValueBytes, AreRead) {
    const auto item = BerReader(GetParam().bytes).next();
    ASSERT_TRUE(item);
    EXPECT_EQ(read_value(*item), GetParam().value);
}

SnmpValue unsigned_(Type type, std::uint64_t value) {
    return {type, value};
}

INSTANTIATE_TEST_SUITE_P(
    All, SnmpValueBytes,
    testing::Values(
        ValueCase{"Zero", {0x02, 1, 0}, number(0)},
        ValueCase{"MinusOne", {0x02, 1, 0xff}, number(-1)},
        ValueCase{"Longer", {0x02, 2, 0x80, 0x00}, number(-32'768)},
        ValueCase{"Padded", {0x02, 3, 0x00, 0x00, 0x7f}, number(127)},
        ValueCase{"IntegerWithoutBytes", {0x02, 0}, {}},
        ValueCase{"IntegerOfNineBytes", {0x02, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {}},
        ValueCase{"Counter32",
                  {0x41, 5, 0, 0xff, 0xff, 0xff, 0xff},
                  unsigned_(Type::counter32, 4'294'967'295)},
        ValueCase{"Counter32WithoutLeadingZero",
                  {0x41, 4, 0xff, 0xff, 0xff, 0xfe},
                  unsigned_(Type::counter32, 4'294'967'294)},
        ValueCase{"Counter32SignExtended",
                  {0x41, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfd},
                  unsigned_(Type::counter32, 4'294'967'293)},
        ValueCase{"Counter32TooLarge", {0x41, 5, 1, 0, 0, 0, 0}, {}},
        ValueCase{"Gauge32", {0x42, 1, 7}, unsigned_(Type::gauge32, 7)},
        ValueCase{"Unsigned32", {0x47, 1, 7}, unsigned_(Type::gauge32, 7)},
        ValueCase{"TimeTicks", {0x43, 2, 0x01, 0x00}, unsigned_(Type::time_ticks, 256)},
        ValueCase{"Counter64",
                  {0x46, 9, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
                  unsigned_(Type::counter64, ~std::uint64_t{0})},
        ValueCase{"Counter64TooLong", {0x46, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0}, {}},
        ValueCase{"NoOctets", {0x04, 0}, octets("")},
        ValueCase{"BytesOfAnyKind", {0x04, 3, 'a', 0, 0xff}, octets(std::string("a\0\xff", 3))},
        ValueCase{
            "Address", {0x40, 4, 10, 0, 0, 1}, {Type::ip_address, std::string("\x0a\0\0\x01", 4)}},
        ValueCase{"AddressOfSix", {0x40, 6, 1, 2, 3, 4, 5, 6}, {}},
        ValueCase{"Oid", {0x06, 3, 0x2b, 6, 1}, {Type::oid, oid("1.3.6.1")}},
        ValueCase{"OidLargest",
                  {0x06, 6, 0x2b, 0x8f, 0xff, 0xff, 0xff, 0x7f},
                  {Type::oid, oid("1.3.4294967295")}},
        ValueCase{"OidTooLarge", {0x06, 6, 0x2b, 0x9f, 0xff, 0xff, 0xff, 0x7f}, {}},
        ValueCase{"OidCut", {0x06, 2, 0x2b, 0x86}, {}},
        ValueCase{"OidOfTwo", {0x06, 2, 0x88, 0x37}, {Type::oid, oid("2.999")}},
        ValueCase{"Null", {0x05, 0}, {}}, ValueCase{"UnknownTag", {0x1f, 1, 3}, {}},
        ValueCase{"NoSuchObject", {0x80, 0}, {Type::no_such_object, {}}},
        ValueCase{"NoSuchInstance", {0x81, 0}, {Type::no_such_instance, {}}},
        ValueCase{"EndOfMibView", {0x82, 0}, {Type::end_of_mib_view, {}}},
        ValueCase{"OpaqueFloat", {0x44, 7, 0x9f, 0x78, 4, 0x3f, 0x80, 0, 0}, {Type::real, 1.0}},
        ValueCase{"OpaqueDouble",
                  {0x44, 11, 0x9f, 0x79, 8, 0xc0, 0, 0, 0, 0, 0, 0, 0},
                  {Type::real, -2.0}},
        ValueCase{"OpaqueCounter64", {0x44, 4, 0x9f, 0x76, 1, 9}, unsigned_(Type::counter64, 9)},
        ValueCase{"OpaqueInteger64", {0x44, 4, 0x9f, 0x7a, 1, 0xff}, number(-1)},
        ValueCase{"OpaqueOfItsOwn", {0x44, 2, 1, 2}, {Type::opaque, std::string("\x01\x02")}},
        ValueCase{"OpaqueFloatOfThree",
                  {0x44, 6, 0x9f, 0x78, 3, 1, 2, 3},
                  {Type::opaque, std::string("\x9f\x78\x03\x01\x02\x03")}}),
    [](const auto& test) { return test.param.name; });

TEST(SnmpBer, TheFirstNumberOfAnOidHoldsTwo) {
    EXPECT_EQ(read_oid(Bytes{0x27}), oid("0.39"));
    EXPECT_EQ(read_oid(Bytes{0x28}), oid("1.0"));
    EXPECT_EQ(read_oid(Bytes{0x4f}), oid("1.39"));
    EXPECT_EQ(read_oid(Bytes{0x50}), oid("2.0"));
    EXPECT_EQ(read_oid(Bytes{0x90, 0x80, 0x80, 0x80, 0x4f}), oid("2.4294967295"));
    EXPECT_FALSE(read_oid(Bytes{0x90, 0x80, 0x80, 0x80, 0x50}));
    EXPECT_FALSE(read_oid(Bytes{0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}));
    EXPECT_FALSE(read_oid(Bytes{0x80, 0x80}));
    EXPECT_FALSE(read_oid(Bytes{}));
    EXPECT_EQ(read_oid(Bytes{0x80, 0x2b, 0x80, 0x80, 0x06}), oid("1.3.6"))
        << "longer than it need be";
}

TEST(SnmpBer, AnOidHas128NumbersAtMost) {
    Bytes bytes(core::Oid::longest - 1, 1);
    bytes[0] = 0x2b;
    const auto longest = read_oid(bytes);
    ASSERT_TRUE(longest);
    EXPECT_EQ(longest->size(), core::Oid::longest);
    bytes.push_back(1);
    EXPECT_FALSE(read_oid(bytes));
    bytes.insert(bytes.end(), 60'000, 1);
    EXPECT_FALSE(read_oid(bytes));
}

TEST(SnmpBer, AnOidIsWrittenWhateverItsNumbers) {
    std::vector<core::Oid::Part> parts(200, 0xffffffff);  // more than one may have
    BerWriter writer;
    writer.oid(core::Oid(parts));
    const Bytes bytes = writer.take();
    EXPECT_EQ(bytes.size(), 4 + 6 + 198 * 5U);
    parts.assign(128, 0xffffffff);
    parts[0] = 2;
    BerWriter again;
    again.oid(core::Oid(parts));
    const Bytes largest = again.take();
    EXPECT_EQ(read_oid(*BerReader(largest).next(ber::oid)), core::Oid(parts));
}

TEST(SnmpBer, LengthsOfEveryForm) {
    for (const std::size_t size : {0U, 1U, 127U, 128U, 255U, 256U, 65'000U, 70'000U}) {
        BerWriter writer;
        writer.octets(Bytes(size, 7));
        const Bytes bytes = writer.take();
        BerReader reader(bytes);
        const auto content = reader.next(ber::octets);
        ASSERT_TRUE(content) << size;
        EXPECT_EQ(content->size(), size);
        EXPECT_TRUE(reader.empty());
    }
}

TEST(SnmpBer, WhatIsCutOrIndefiniteIsNoItem) {
    const std::vector<Bytes> broken{{},
                                    {0x04},
                                    {0x04, 1},
                                    {0x04, 0x80},
                                    {0x04, 0x81},
                                    {0x04, 0x85, 0, 0, 0, 0, 1, 9},
                                    {0x04, 0x84, 0xff, 0xff, 0xff, 0xff}};
    for (const Bytes& bytes : broken) EXPECT_FALSE(BerReader(bytes).next());
}

TEST(SnmpBer, IntegersAndOidsComeBackAsWritten) {
    std::mt19937_64 dice{11};
    for (int i = 0; i < 2'000; ++i) {
        const auto value = static_cast<std::int64_t>(dice()) >> (dice() % 64);
        BerWriter writer;
        writer.integer(value);
        std::vector<core::Oid::Part> parts{static_cast<core::Oid::Part>(dice() % 3)};
        parts.push_back(static_cast<core::Oid::Part>(parts[0] == 2 ? dice() : dice() % 40));
        while (dice() % 8 != 0 && parts.size() < core::Oid::longest)
            parts.push_back(static_cast<core::Oid::Part>(dice() >> (32 + dice() % 32)));
        const core::Oid name{parts};
        writer.oid(name);
        const Bytes bytes = writer.take();
        BerReader reader(bytes);
        EXPECT_EQ(reader.next_integer(), value);
        const ByteView content = reader.next(ber::oid).value();
        EXPECT_EQ(read_oid(content), name);
        EXPECT_TRUE(is_oid(content));
        EXPECT_TRUE(is_oid(content, name));
        EXPECT_FALSE(is_oid(content, name.with(0)));
        parts.back() ^= 1;
        EXPECT_FALSE(is_oid(content, core::Oid(parts)));
    }
}

TEST(SnmpBer, NumbersOfSeveralBytesAreNotTakenForSeveralNumbers) {
    EXPECT_EQ(read_oid(Bytes{0x2b, 0x85, 0x01}), oid("1.3.641"));
    EXPECT_FALSE(is_oid(Bytes{0x2b, 0x85, 0x01}, oid("1.3.133.1")));
    EXPECT_TRUE(is_oid(Bytes{0x2b, 0x85, 0x01}, oid("1.3.641")));
    EXPECT_FALSE(is_oid(Bytes{0x2b, 0x85}));
    EXPECT_FALSE(is_oid(Bytes{}, oid("1.3")));
}

TEST(SnmpPdu, VariablesOfAnyLengthComeBackAsWritten) {
    std::mt19937_64 dice{12};
    for (int game = 0; game < 200; ++game) {
        std::vector<core::SnmpVariable> written;
        OddAgent::Request request;
        request.version = 1;
        for (std::uint64_t left = dice() % 12; left > 0; --left) {
            core::Oid name = oid("1.3.6");
            while (dice() % 9 != 0 && name.size() < 100)
                name = name.with(static_cast<core::Oid::Part>(dice() >> (32 + dice() % 32)));
            const auto text = octets(std::string(dice() % (dice() % 5 == 0 ? 400 : 20), 'x'));
            written.push_back({name, dice() % 2 == 0 ? text : number(static_cast<int>(dice()))});
        }
        const Bytes message = response(request, written);
        const auto answer = read_message(message);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->count, written.size());
        EXPECT_EQ(tests::variables_of(*answer), written);
    }
}

TEST(SnmpMessage, AsTheStandardWritesIt) {
    // GET of sysUpTime.0, community "public", id 1 (bytes by hand, RFC 3416 §3).
    const Bytes wanted{0x30, 0x26, 2,    1, 1, 4, 6, 'p', 'u', 'b', 'l',  'i',  'c',  0xa0,
                       0x19, 2,    1,    1, 2, 1, 0, 2,   1,   0,   0x30, 0x0e, 0x30, 0x0c,
                       6,    8,    0x2b, 6, 1, 2, 1, 1,   3,   0,   5,    0};
    const Question question{.names = {oid("1.3.6.1.2.1.1.3.0")}};
    EXPECT_EQ(write_message(core::SnmpVersion::v2c, "public", question, 1), wanted);
}

TEST(SnmpMessage, NoCutAndNoChangedByteIsReadBeyondItsEnd) {
    OddAgent::Request request;
    request.version = 1;
    request.community = "public";
    request.id = 77;
    const Bytes whole = response(request, {{oid("1.3.6.1.2.1.1.5.0"), octets("sw-1")},
                                           {oid("1.3.6.1.2.1.1.7.0"), number(72)}});
    ASSERT_TRUE(read_message(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_FALSE(read_message(cut)) << size;
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            Bytes changed = whole;
            changed[at] = static_cast<std::uint8_t>(changed[at] ^ 1 << bit);
            const auto answer = read_message(changed);
            EXPECT_TRUE(!answer || tests::variables_of(*answer).size() <= 2);
        }
    }
}

TEST(SnmpMessage, OneBrokenObjectCostsItselfAlone) {
    OddAgent::Request request;
    request.version = 1;
    request.id = 5;
    BerWriter writer;
    writer.nested(ber::sequence, [&] {
        writer.integer(1);
        writer.octets(std::string_view("x"));
        writer.nested(0xa2, [&] {
            for (const int value : {5, 0, 0}) writer.integer(value);
            writer.nested(ber::sequence, [&] {
                writer.nested(ber::sequence, [&] {
                    writer.oid(oid("1.3.6.1.1"));
                    writer.raw(Bytes{0x02, 0x00});  // an INTEGER of no bytes
                });
                writer.raw(wire({oid("1.3.6.1.2"), number(4)}));
            });
        });
    });
    const Bytes message = writer.take();
    const auto answer = read_message(message);
    ASSERT_TRUE(answer);
    const auto variables = tests::variables_of(*answer);
    ASSERT_EQ(variables.size(), 2U);
    EXPECT_EQ(variables[0].value.type, Type::null);
    EXPECT_EQ(variables[1].value, number(4));
}

}  // namespace
}  // namespace rounds::probes
