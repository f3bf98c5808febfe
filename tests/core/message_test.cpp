#include "core/message.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/text.hpp"
#include "tests/core/zones.hpp"

namespace rounds::core {
namespace {

const Locale english{.language = Language::english, .zone = nullptr};
const Locale chinese{.language = Language::chinese, .zone = nullptr};

std::size_t catalogue_size() {
    return message_keys().size();
}

TEST(Language, TagsLeadBack) {
    EXPECT_EQ(tag(Language::english), "en");
    EXPECT_EQ(tag(Language::chinese), "zh-CN");
    EXPECT_EQ(language_of("en"), Language::english);
    EXPECT_EQ(language_of("zh-cn"), Language::chinese);
    EXPECT_EQ(language_of("ZH-CN"), Language::chinese);
    for (const auto* other : {"", "zh", "zh-CN ", "en-US", "de", "zh_CN"}) {
        EXPECT_EQ(language_of(other), std::nullopt) << other;
    }
}

TEST(Message, EveryKeyLeadsBack) {
    ASSERT_GT(catalogue_size(), 0U);
    EXPECT_TRUE(std::ranges::is_sorted(message_keys()));
    for (std::size_t n = 0; n < catalogue_size(); ++n) {
        const auto id = static_cast<MessageId>(n);
        EXPECT_EQ(message_id(key(id)), id);
    }
    EXPECT_EQ(key(MessageId::reason_no_answer), "reason.no_answer");
    EXPECT_EQ(message_id("reason.no_such"), std::nullopt);
    EXPECT_EQ(message_id(""), std::nullopt);
    EXPECT_EQ(message_id("zzz"), std::nullopt);
}

TEST(Message, AnIdOfALaterVersionIsNotOurs) {
    const auto unknown = static_cast<MessageId>(catalogue_size());
    EXPECT_EQ(key(unknown), "");
    EXPECT_EQ(render({.id = unknown}, english), "?");
}

TEST(Render, PutsParametersIn) {
    const Message message{.id = MessageId::reason_no_answer, .with = {{"sent", std::int64_t{5}}}};
    EXPECT_EQ(render(message, english), "no answer to ping (5 packets)");
    EXPECT_EQ(render(message, chinese), "ping 无应答（5 个包）");
}

TEST(Render, OneIsSingular) {
    const auto sent = [](Value value) {
        return render({.id = MessageId::reason_no_answer, .with = {{"sent", std::move(value)}}},
                      english);
    };
    EXPECT_EQ(sent(std::int64_t{1}), "no answer to ping (1 packet)");
    EXPECT_EQ(sent(1.0), "no answer to ping (1 packet)");
    EXPECT_EQ(sent(std::int64_t{0}), "no answer to ping (0 packets)");
    EXPECT_EQ(sent(std::string("1")), "no answer to ping (1 packets)") << "text is no number";
}

TEST(Render, AMissingParameterIsAQuestionMark) {
    EXPECT_EQ(render({.id = MessageId::reason_no_answer}, english),
              "no answer to ping (? packets)");
    EXPECT_EQ(render({.id = MessageId::reason_no_answer}, chinese), "ping 无应答（? 个包）");
}

TEST(Render, TheFirstOfTwoOfANameCountsAndOthersAreLeftOut) {
    const Message message{.id = MessageId::reason_behind,
                          .with = {{"spare", 1.0}, {"through", "core-1"}, {"through", "core-2"}}};
    EXPECT_EQ(render(message, english), "unreachable behind core-1");
}

TEST(Render, WhatADeviceCallsItselfIsNeverAPlaceholder) {
    const auto behind = [](std::string name) {
        return render({.id = MessageId::reason_behind, .with = {{"through", std::move(name)}}},
                      english);
    };
    EXPECT_EQ(behind("{through}"), "unreachable behind {through}");
    EXPECT_EQ(behind("{"), "unreachable behind {");
    EXPECT_EQ(behind("}{through|a|b}"), "unreachable behind }{through|a|b}");
    EXPECT_EQ(behind("%s%n\x1b[2J"), "unreachable behind %s%n\\x1b[2J");
}

TEST(Render, MomentsAreInOfficeTime) {
    const TimeZone zone = zones::shanghai();
    const Message message{.id = MessageId::reason_silent_since,
                          .with = {{"since", from_ms(1'795'486'320'000)}}};
    EXPECT_EQ(render(message, {.language = Language::chinese, .zone = &zone}),
              "自 11-24 10:12 起 ping 无应答");
}

/// The names in braces, with the forms left out.
std::set<std::string> parameters(std::string_view text) {
    std::set<std::string> names;
    for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
        const std::size_t end = text.find_first_of("|}", open);
        names.emplace(text.substr(open + 1, end - open - 1));
    }
    return names;
}

TEST(Catalogue, EveryMessageCanBeSaidInBothLanguages) {
    for (std::size_t n = 0; n < catalogue_size(); ++n) {
        const auto id = static_cast<MessageId>(n);
        SCOPED_TRACE(key(id));
        Message message{.id = id};
        for (const auto& name : parameters(message_texts(Language::english)[n])) {
            message.with.emplace_back(name, "«" + name + "»");
        }
        for (const auto& locale : {english, chinese}) {
            const std::string sentence = render(message, locale);
            EXPECT_TRUE(is_utf8(sentence));
            EXPECT_FALSE(sentence.empty());
            EXPECT_EQ(sentence.find_first_of("{}?"), std::string::npos) << sentence;
            for (const auto& [name, value] : message.with) {
                EXPECT_NE(message_texts(locale.language)[n].find("{" + name),
                          std::string_view::npos);
            }
        }
    }
}

TEST(Catalogue, ChineseUsesItsOwnPunctuation) {
    const auto texts = message_texts(Language::chinese);
    for (std::size_t n = 0; n < texts.size(); ++n) {
        SCOPED_TRACE(message_keys()[n]);
        EXPECT_EQ(texts[n].find(", "), std::string_view::npos) << texts[n];
        EXPECT_EQ(texts[n].find_first_of("()"), std::string_view::npos) << texts[n];
    }
}

// The words of the trade: these are the wrong ones, whatever they are said of.
TEST(Catalogue, ChineseSpeaksTheTrade) {
    for (const auto text : message_texts(Language::chinese)) {
        for (const std::string_view wrong :
             {"效劳", "反响", "延时", "报警", "严重度", "即时值", "墙钟", "口令"}) {
            EXPECT_EQ(text.find(wrong), std::string_view::npos) << text;
        }
    }
}

}  // namespace
}  // namespace rounds::core
