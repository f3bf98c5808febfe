#include "core/message.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.hpp"
#include "core/time_zone.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

const Locale english{Language::english, nullptr};
const Locale chinese{Language::chinese, nullptr};

/// The names of a text's parameters: {name} and {name|one|other}.
std::set<std::string> parameters(std::string_view text) {
    std::set<std::string> names;
    for (std::size_t open = text.find('{'); open != std::string_view::npos;
         open = text.find('{', open + 1)) {
        const auto inside = text.substr(open + 1, text.find('}', open) - open - 1);
        names.emplace(inside.substr(0, inside.find('|')));
    }
    return names;
}

Message filled(std::size_t number, const Value& value) {
    Message message{.id = static_cast<MessageId>(number), .with = {}};
    for (const auto& name : parameters(message_texts(Language::english)[number])) {
        message.with.emplace_back(name, value);
    }
    return message;
}

TEST(Catalogue, EveryMessageRendersInBothLanguages) {
    ASSERT_GT(message_keys().size(), 100U);
    for (std::size_t number = 0; number < message_keys().size(); ++number) {
        SCOPED_TRACE(message_keys()[number]);
        for (const Locale& locale : {english, chinese}) {
            for (const Value& value :
                 {Value{std::int64_t{1}}, Value{std::int64_t{2}}, Value{std::string("x")},
                  Value{Duration{90'000}}, Value{Ratio{0.5}}}) {
                const std::string sentence = render(filled(number, value), locale);
                EXPECT_FALSE(sentence.empty());
                EXPECT_THAT(sentence, ::testing::Not(::testing::ContainsRegex("[{}|]")));
                EXPECT_EQ(printable(sentence, 10'000), sentence);
            }
        }
    }
}

TEST(Catalogue, BothLanguagesAskForTheSame) {
    const auto in_english = message_texts(Language::english);
    const auto in_chinese = message_texts(Language::chinese);
    ASSERT_EQ(in_english.size(), message_keys().size());
    ASSERT_EQ(in_chinese.size(), message_keys().size());
    for (std::size_t n = 0; n < in_english.size(); ++n) {
        EXPECT_EQ(parameters(in_english[n]), parameters(in_chinese[n])) << message_keys()[n];
    }
}

TEST(Catalogue, EveryKeyLeadsBack) {
    for (std::size_t number = 0; number < message_keys().size(); ++number) {
        const auto id = message_id(message_keys()[number]);
        ASSERT_EQ(id, static_cast<MessageId>(number));
        EXPECT_EQ(key(*id), message_keys()[number]);
    }
    EXPECT_EQ(key(MessageId::reason_no_answer), "reason.no_answer");
}

TEST(Catalogue, WhatItLacksIsSaidToBeLacking) {
    for (const std::string_view text :
         {"", "a", "zz.zz", "reason.no_answe", "reason.no_answers", "Reason.no_answer"}) {
        EXPECT_EQ(message_id(text), std::nullopt) << text;
    }
    const auto none = static_cast<MessageId>(message_keys().size());  // stored by a newer version
    EXPECT_EQ(key(none), "");
    EXPECT_EQ(render({.id = none, .with = {}}, english), "?");
}

TEST(Render, PutsValuesIn) {
    const Message message{.id = MessageId::reason_loss,
                          .with = {{"loss", Ratio{0.4}}, {"limit", Ratio{0.2}}}};
    EXPECT_EQ(render(message, english), "40% packet loss (limit 20%)");
    EXPECT_THAT(render(message, chinese),
                ::testing::AllOf(::testing::HasSubstr("40%"), ::testing::HasSubstr("丢包率")));
}

TEST(Render, ShowsMomentsInOfficeTime) {
    const TimeZone shanghai("Asia/Shanghai", {{WallTime{}, 8h}});
    const Message message{.id = MessageId::reason_silent_since,
                          .with = {{"since", WallTime{sys_days{2026y / 11 / 23}} + 2h + 12min}}};
    EXPECT_EQ(render(message, {Language::english, &shanghai}),
              "no answer to ping since 11-23 10:12");
    EXPECT_EQ(render(message, english), "no answer to ping since 11-23 02:12 UTC");
}

TEST(Render, ChoosesTheFormByNumber) {
    const auto said = [](const Value& sent) {
        return render({.id = MessageId::reason_no_answer, .with = {{"sent", sent}}}, english);
    };
    EXPECT_EQ(said(std::int64_t{1}), "no answer to ping (1 packet)");
    EXPECT_EQ(said(1.0), "no answer to ping (1 packet)");
    EXPECT_EQ(said(std::int64_t{0}), "no answer to ping (0 packets)");
    EXPECT_EQ(said(std::int64_t{5}), "no answer to ping (5 packets)");
    EXPECT_EQ(said(std::int64_t{-1}), "no answer to ping (-1 packets)");
    EXPECT_EQ(said(1.5), "no answer to ping (1.5 packets)");
    EXPECT_EQ(said(std::string("1")), "no answer to ping (1 packets)");
}

TEST(Render, AParameterThatLacksIsAQuestionMark) {
    EXPECT_EQ(render({.id = MessageId::reason_no_answer, .with = {}}, english),
              "no answer to ping (? packets)");
    EXPECT_EQ(
        render({.id = MessageId::reason_no_answer, .with = {{"seen", std::int64_t{5}}}}, english),
        "no answer to ping (? packets)");
}

TEST(Render, WhatADeviceCallsItselfIsNoPlaceholder) {
    for (const std::string name : {"{through}", "{", "}", "{}", "{0}", "{sent|a|b}", "%s"}) {
        const Message message{.id = MessageId::reason_behind, .with = {{"through", name}}};
        EXPECT_EQ(render(message, english), "unreachable behind " + name);
    }
    const Message two{.id = MessageId::reason_loss,
                      .with = {{"loss", std::string("{limit}")}, {"limit", std::string("{loss}")}}};
    EXPECT_EQ(render(two, english), "{limit} packet loss (limit {loss})");
}

TEST(Render, WhatADeviceCallsItselfIsOneCleanLine) {
    const Message message{.id = MessageId::reason_behind,
                          .with = {{"through", std::string("a\n\x1b[2J\xff")}}};
    EXPECT_EQ(render(message, english), R"(unreachable behind a\n\x1b[2J\xff)");
}

TEST(LanguageTag, LeadsBackInAnyCase) {
    EXPECT_EQ(language_of(tag(Language::english)), Language::english);
    EXPECT_EQ(language_of(tag(Language::chinese)), Language::chinese);
    EXPECT_EQ(language_of("ZH-cn"), Language::chinese);
    for (const std::string_view other : {"", "e", "eng", "zh", "zh_CN", "zh-TW", "en-GB"}) {
        EXPECT_EQ(language_of(other), std::nullopt) << other;
    }
}

}  // namespace
}  // namespace rounds::core
