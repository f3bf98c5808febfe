// Device text is attacker input: it is inert in every sink.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "reports/html_parts.hpp"
#include "reports/render.hpp"
#include "tests/reports/markup.hpp"
#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::Language;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class HostileTest : public ::testing::TestWithParam<Language> {
 protected:
    Story story = hostile();
    Document document = document_of(story);
    core::Locale locale{GetParam(), &story.zone()};
};

// No control character but the line feeds of the format itself, and nothing that turns text around.
bool tame(const std::string& bytes) {
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && byte != '\n') || byte == 0x7f) return false;
    }
    for (const char* mark :
         {"\xe2\x80\xae", "\xe2\x80\xad", "\xe2\x81\xa6", "\xe2\x80\xa8", "\xc2\x9b"}) {
        if (bytes.find(mark) != std::string::npos) return false;
    }
    return core::is_utf8(bytes);
}

TEST_P(HostileTest, HtmlShowsMarkupAsText) {
    const std::string html = to_html(document, locale);
    EXPECT_TRUE(tame(html));
    EXPECT_THAT(html, Not(HasSubstr("<script")));
    EXPECT_THAT(html, Not(HasSubstr("<img")));
    const Markup page = read_markup(html);
    EXPECT_THAT(page.problems, ::testing::IsEmpty());
    EXPECT_THAT(page.text, HasSubstr("<script>alert(1)</script>"));
    EXPECT_THAT(page.text, HasSubstr("</style></table>&amp;"));
    EXPECT_THAT(page.text, HasSubstr("\\u202e"));
    EXPECT_THAT(page.text, HasSubstr("{name} {count|a|b} %s ${HOME}"));  // never a template
}

TEST_P(HostileTest, TextObeysNoDevice) {
    const std::string text = to_text(document, locale);
    EXPECT_TRUE(tame(text));
    EXPECT_THAT(text, HasSubstr("\\x1b[31mred"));
}

TEST_P(HostileTest, ALongNameDoesNotFloodAnything) {
    EXPECT_THAT(to_html(document, locale), Not(HasSubstr(std::string(201, 'A'))));
    EXPECT_THAT(to_text(document, locale), Not(HasSubstr(std::string(201, 'A'))));
}

TEST_P(HostileTest, JsonIsValidAndKeepsTheNamesForMachines) {
    const std::string bytes = to_json(document, locale);
    EXPECT_TRUE(tame(bytes));
    const json report = json::parse(bytes);
    std::vector<std::string> names;
    for (const json& device : report["network_devices"]) names.push_back(device["device"]["name"]);
    EXPECT_EQ(names.size(), 8U);
    EXPECT_EQ(names[0], "<script>alert(1)</script>");
    EXPECT_EQ(names[3], "\x1b[31mred\x07\r\nsecond line");
    EXPECT_EQ(names[5],
              "evil\xe2\x80\xae"
              "gpj.exe");
    EXPECT_EQ(names[6].size(), 10'000U);
    EXPECT_EQ(names[4],
              "abc\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd invalid");  // U+FFFD each
}

TEST_P(HostileTest, WhatDevicesTellBySnmpIsInertToo) {
    const json report = json::parse(to_json(document, locale));
    ASSERT_EQ(report["printers"].size(), 8U);
    EXPECT_EQ(report["printers"][0]["console_text"],
              "<script>alert(1)</script> / \"><img src=x onerror=alert(2)>");
    EXPECT_EQ(report["servers"].size(), 8U);
    EXPECT_EQ(report["power"].size(), 8U);
    EXPECT_FALSE(report["power"][0].contains("runtime_seconds"));
    EXPECT_FALSE(report["power"][0].contains("load_ratio"));
    std::vector<std::string> comments;
    for (const json& trouble : report["troubles"]) {
        if (trouble.contains("measures")) comments.push_back(trouble["measures"]);
    }
    EXPECT_THAT(comments, ::testing::Contains("<script>alert(1)</script>"));
    const Markup page = read_markup(to_html(document, locale));
    EXPECT_THAT(page.text, HasSubstr("<script>alert(1)</script> / \"><img src=x"));
}

INSTANTIATE_TEST_SUITE_P(Languages, HostileTest,
                         ::testing::Values(Language::english, Language::chinese),
                         [](const auto& one) {
                             return one.param == Language::english ? "English" : "Chinese";
                         });

TEST(EscapedTest, LeavesNoCharacterOfMarkup) {
    EXPECT_EQ(escaped("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&#39;");
    EXPECT_EQ(escaped("三楼"), "三楼");
    EXPECT_EQ(escaped(""), "");
}

}  // namespace
}  // namespace rounds::reports
