// How an agent answers: statuses, bounds, faults; and values on the wire.
#include <chrono>
#include <limits>

#include <gmock/gmock.h>

#include "probes/snmp/value.hpp"
#include "tests/office/snmp/talk.hpp"

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;
using core::Oid;
using core::SnmpValue;
using probes::Question;
using Type = SnmpValue::Type;

constexpr const char* it = "10.1.0.1";
const std::string sys_name = "1.3.6.1.2.1.1.5.0";

Talk with(const std::string& manner) {
    return Talk("devices: [{name: sw, address: 10.1.0.1, snmp: {kind: switch, " + manner + "}}]");
}

Oid oid(const std::string& text) {
    return Oid::parse(text).value();
}

class ValueTest : public testing::TestWithParam<SnmpValue> {};

TEST_P(ValueTest, IsReadAsItWasWritten) {
    probes::BerWriter writer;
    write_value(writer, GetParam());
    const auto bytes = writer.take();
    EXPECT_EQ(probes::read_value(*probes::BerReader(bytes).next()), GetParam());
    // A reader that takes it for signed must not see it negative.
    const bool is_unsigned = std::holds_alternative<std::uint64_t>(GetParam().content);
    EXPECT_TRUE(!is_unsigned || bytes.at(2) < 0x80);
}

INSTANTIATE_TEST_SUITE_P(
    Types, ValueTest,
    testing::Values(
        SnmpValue{Type::integer, std::int64_t{0}}, SnmpValue{Type::integer, std::int64_t{-129}},
        SnmpValue{Type::integer, std::int64_t{INT32_MAX}},
        SnmpValue{Type::gauge32, std::uint64_t{127}}, SnmpValue{Type::gauge32, std::uint64_t{128}},
        SnmpValue{Type::counter32, std::uint64_t{UINT32_MAX}},
        SnmpValue{Type::time_ticks, std::uint64_t{65'535}},
        SnmpValue{Type::counter64, std::uint64_t{1} << 63},
        SnmpValue{Type::counter64, std::uint64_t{0x7fffffffffffffff}},
        SnmpValue{Type::counter64, std::numeric_limits<std::uint64_t>::max()},
        SnmpValue{Type::octets, std::string{}}, SnmpValue{Type::octets, std::string(300, 'x')},
        SnmpValue{Type::ip_address, std::string("\x0a\x01\0\x01", 4)},
        SnmpValue{Type::oid, Oid({1, 3, 6, 1, 4, 1, 32473})}, SnmpValue{Type::no_such_object, {}},
        SnmpValue{Type::end_of_mib_view, {}}));

TEST(Answer, V1SaysWhichNameItDoesNotHave) {
    auto talk = with("ports: 2");
    talk.version = core::SnmpVersion::v1;
    const auto answer = talk.ask(it, {.names = {oid(sys_name), oid("1.3.6.1.2.1.1.9.0")}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, probes::ErrorStatus::no_such_name);
    EXPECT_EQ(answer->index, 2);
    EXPECT_FALSE(talk.ask(it, {.kind = Question::Kind::get_bulk, .names = {oid("1")}}))
        << "v1 has no GETBULK";
}

TEST(Answer, V2cAnswersTheNamesItHas) {
    auto talk = with("ports: 2");
    const auto answer = talk.ask(it, {.names = {oid("1.3.6.1.2.1.1.9.0"), oid(sys_name)}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, probes::ErrorStatus::none);
    EXPECT_EQ(answer->request_id, 77);
    EXPECT_FALSE(answer->variables.at(0).value.present());
    EXPECT_EQ(*answer->variables.at(1).value.bytes(), "sw");
}

TEST(Answer, GetbulkGoesRowByRowAndKeepsToAFrame) {
    auto talk = with("ports: 200");
    const auto answer =
        talk.ask(it, {.kind = Question::Kind::get_bulk,
                      .repetitions = 100,
                      .names = {oid("1.3.6.1.2.1.2.2.1.1"), oid("1.3.6.1.2.1.2.2.1.2")}});
    ASSERT_TRUE(answer);
    ASSERT_GT(answer->variables.size(), 10U);
    EXPECT_LT(answer->variables.size(), 75U) << "what fits";
    EXPECT_EQ(answer->variables[2].name.text(), "1.3.6.1.2.1.2.2.1.1.2");
    EXPECT_EQ(answer->variables[3].name.text(), "1.3.6.1.2.1.2.2.1.2.2");
}

TEST(Answer, NonRepeatersAreAnsweredOnce) {
    const auto read = [] {
        probes::BerWriter writer;
        writer.nested(0xa5, [&] {
            writer.integer(5);
            writer.integer(1);
            writer.integer(3);
            writer.nested(probes::ber::sequence, [&] {
                for (const auto* name : {"1.3.6.1.2.1.1.3", "1.3.6.1.2.1.2.2.1.1"}) {
                    writer.nested(probes::ber::sequence, [&] {
                        writer.oid(oid(name));
                        writer.null();
                    });
                }
            });
        });
        return writer.take();
    }();
    const auto request = read_request(*probes::BerReader(read).next());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->non_repeaters, 1);
    EXPECT_EQ(request->repetitions, 3);

    probes::BerWriter message;
    message.nested(probes::ber::sequence, [&] {
        message.integer(1);
        message.octets(std::string_view("public"));
        message.raw(read);
    });
    auto talk = with("ports: 4");
    const auto told = talk.office().tell(asio::ip::make_address(it), message.take(), 0s);
    ASSERT_TRUE(told);
    const auto answer = probes::read_message(told->message);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->count, 1U + 3U);
}

TEST(Answer, NothingCanBeSet) {
    SnmpRequest request;
    request.kind = SnmpRequest::Kind::set;
    probes::BerWriter writer;
    writer.nested(probes::ber::sequence, [&] {
        writer.integer(1);
        writer.octets(std::string_view("public"));
        writer.nested(0xa3, [&] {
            writer.integer(9);
            writer.integer(0);
            writer.integer(0);
            writer.nested(probes::ber::sequence, [&] {
                writer.nested(probes::ber::sequence, [&] {
                    writer.oid(oid(sys_name));
                    writer.octets(std::string_view("mine"));
                });
            });
        });
    });
    auto talk = with("ports: 2");
    const auto told = talk.office().tell(asio::ip::make_address(it), writer.take(), 0s);
    ASSERT_TRUE(told);
    const auto answer = probes::read_message(told->message);
    ASSERT_TRUE(answer);
    EXPECT_EQ(static_cast<int>(answer->status), 17);  // notWritable
    EXPECT_EQ(talk.text(it, sys_name), "sw");
}

TEST(Answer, WhatIsNoSnmpIsNotAnswered) {
    auto talk = with("ports: 2");
    const auto whole =
        probes::write_message(core::SnmpVersion::v2c, "public", {.names = {oid(sys_name)}}, 1);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::span<const std::uint8_t> cut(whole.data(), size);
        EXPECT_FALSE(talk.office().tell(asio::ip::make_address(it), cut, 0s)) << size;
    }
    EXPECT_TRUE(talk.office().tell(asio::ip::make_address(it), whole, 0s));
}

TEST(Fault, SlowComesLate) {
    auto talk = with("fault: {slow: 3s}");
    const auto question =
        probes::write_message(core::SnmpVersion::v2c, "public", {.names = {oid(sys_name)}}, 1);
    const auto told = talk.office().tell(asio::ip::make_address(it), question, 0s);
    ASSERT_TRUE(told);
    EXPECT_GE(told->after, 3s);
    EXPECT_EQ(told->from, asio::ip::make_address(it));
}

TEST(Fault, SilentAfterSoManyAnswersUntilItIsHealed) {
    Talk talk(R"(
devices: [{name: sw, address: 10.1.0.1, snmp: {kind: switch, fault: {silent_after: 2}}}]
events: [{at: 1s, device: sw, fault: {}}]
)");
    EXPECT_TRUE(talk.get(it, sys_name).present());
    EXPECT_TRUE(talk.get(it, sys_name).present());
    EXPECT_FALSE(talk.get(it, sys_name).present());
    EXPECT_FALSE(talk.get(it, sys_name).present());
    EXPECT_EQ(talk.office().step(), "sw answers SNMP well");
    EXPECT_TRUE(talk.get(it, sys_name).present());
}

TEST(Fault, AnswersFromElsewhere) {
    auto talk = with("fault: {answers_from: 10.1.9.9}");
    const auto question =
        probes::write_message(core::SnmpVersion::v2c, "public", {.names = {oid(sys_name)}}, 1);
    const auto told = talk.office().tell(asio::ip::make_address(it), question, 0s);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->from, asio::ip::make_address("10.1.9.9"));
}

TEST(Fault, ALoopComesBackToTheFirstRow) {
    auto talk = with("ports: 4, fault: {loop: true}");
    const auto answer =
        talk.ask(it, {.kind = Question::Kind::get_next, .names = {oid("1.3.6.1.2.1.2.2.1.2.4")}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->variables.at(0).name.text(), "1.3.6.1.2.1.2.2.1.2.1");
    EXPECT_EQ(talk.text(it, sys_name), "sw") << "scalars stay well";
}

TEST(Fault, AnEndlessTableGoesOn) {
    auto talk = with("ports: 4, fault: {endless: true}");
    for (const auto& [asked, next] :
         {std::pair{"1.3.6.1.2.1.2.2.1.2.4", "1.3.6.1.2.1.2.2.1.2.5"},
          {"1.3.6.1.2.1.2.2.1.2.5000", "1.3.6.1.2.1.2.2.1.2.5001"},
          {"1.3.6.1.2.1.2.2.1.2.4294967295", "1.3.6.1.2.1.2.2.1.2.4294967295.0"}}) {
        const auto answer = talk.ask(it, {.kind = Question::Kind::get_next, .names = {oid(asked)}});
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->variables.at(0).name.text(), next);
    }
}

TEST(Fault, WrongTypesAreWrong) {
    auto talk = with("fault: {wrong_types: true}");
    EXPECT_EQ(talk.get(it, sys_name).type, Type::integer);
    EXPECT_EQ(talk.get(it, "1.3.6.1.2.1.1.3.0").type, Type::octets);
    EXPECT_EQ(talk.get(it, "1.3.6.1.2.1.31.1.1.1.6.1").type, Type::octets);
    EXPECT_EQ(talk.get(it, "1.3.6.1.2.1.1.99.0").type, Type::no_such_object);
}

TEST(Fault, TruncatedMessagesAreUnreadable) {
    auto talk = with("fault: {truncated: true}");
    EXPECT_FALSE(talk.ask(it, {.names = {oid(sys_name)}}));
}

TEST(Fault, GarbageIsInEveryTextAndInNoAddress) {
    auto talk = with("fault: {garbage: true}");
    EXPECT_NE(talk.text(it, sys_name), "sw");
    EXPECT_EQ(talk.text(it, "1.3.6.1.2.1.2.2.1.6.1").size(), 6U);
    std::size_t longest = 0, controls = 0;
    for (const auto& variable : talk.walk(it)) {
        const auto* bytes = variable.value.bytes();
        if (bytes == nullptr) continue;
        longest = std::max(longest, bytes->size());
        controls += bytes->find('\x1b') != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(longest, 32'000U);
    EXPECT_GT(controls, 0U);
}

TEST(Fault, LossIsAShareOfTheRequests) {
    auto talk = with("fault: {loss: 50%}");
    int answered = 0;
    for (int i = 0; i < 400; ++i) answered += talk.get(it, sys_name).present() ? 1 : 0;
    EXPECT_GT(answered, 140);
    EXPECT_LT(answered, 260);
}

}  // namespace
}  // namespace rounds::simulator
