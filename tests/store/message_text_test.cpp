#include "daemon/store/message_text.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/store/drawn.hpp"

namespace rounds::store {
namespace {

using core::Message;
using core::MessageId;

std::optional<Message> there_and_back(const Message& message) {
    return message_of(core::key(message.id), parameters_text(message));
}

TEST(MessageText, SaysNameTypeAndValue) {
    const Message message{MessageId::reason_no_answer,
                          {{"sent", std::int64_t{5}}, {"since", core::from_ms(1'764'000'000'000)}}};
    EXPECT_EQ(parameters_text(message),
              R"([["sent","integer",5],["since","moment_ms",1764000000000]])");
}

TEST(MessageText, EveryDrawnMessageComesBack) {
    Drawn drawn(5);
    for (int count = 0; count < 2'000; ++count) {
        const Message message = drawn.message();
        EXPECT_EQ(there_and_back(message), message) << parameters_text(message);
    }
}

TEST(MessageText, NumbersComeBackToTheLastBit) {
    for (const double number : {0.1, -0.0, 1e300, 5e-324, 1.0 / 3, 3.0}) {
        const Message message{MessageId::reason_loss, {{"a", number}, {"b", core::Ratio{number}}}};
        EXPECT_EQ(there_and_back(message), message);
    }
    const std::int64_t most = std::numeric_limits<std::int64_t>::max(),
                       least = std::numeric_limits<std::int64_t>::min();
    const Message message{MessageId::reason_loss,
                          {{"a", most}, {"b", least}, {"c", core::Duration{least}}}};
    EXPECT_EQ(there_and_back(message), message);
}

TEST(MessageText, WhatIsNoNumberStaysNone) {
    const Message message{MessageId::reason_loss,
                          {{"value", std::numeric_limits<double>::infinity()}}};
    const auto back = there_and_back(message);
    ASSERT_TRUE(back.has_value());
    EXPECT_TRUE(std::isnan(std::get<double>(back->with.at(0).second)));
}

TEST(MessageText, BytesThatAreNoTextAreReplaced) {
    const Message message{MessageId::reason_behind, {{"through", std::string("a\xff\xc3")}}};
    EXPECT_EQ(std::get<std::string>(there_and_back(message)->with.at(0).second), "a\uFFFD\uFFFD");
}

struct Unknown {
    std::string name, key, parameters;
};
void PrintTo(const Unknown& unknown, std::ostream* out) {
    *out << unknown.name;
}

class UnknownMessageTest : public ::testing::TestWithParam<Unknown> {};

TEST_P(UnknownMessageTest, IsNoMessageAndNoError) {
    EXPECT_EQ(message_of(GetParam().key, GetParam().parameters), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    LaterVersions, UnknownMessageTest,
    ::testing::Values(Unknown{"Key", "reason.of_tomorrow", "[]"}, Unknown{"NoKey", "", "[]"},
                      Unknown{"Type", "reason.loss", R"([["loss","colour","red"]])"},
                      Unknown{"Shape", "reason.loss", R"({"loss":0.5})"},
                      Unknown{"Value", "reason.loss", R"([["loss","integer","five"]])"},
                      Unknown{"NotJson", "reason.loss", "[["}, Unknown{"Empty", "reason.loss", ""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rounds::store
