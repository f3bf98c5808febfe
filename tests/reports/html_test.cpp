#include <array>
#include <set>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "reports/html_parts.hpp"
#include "reports/render.hpp"
#include "tests/reports/markup.hpp"
#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::DeviceClass;
using core::Language;
using core::State;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string html_of(const Story& story, Language language = Language::english) {
    return to_html(document_of(story), {language, &story.zone()});
}

TEST(MarkupTest, TheReaderSeesWhatIsBroken) {
    EXPECT_THAT(read_markup("<!doctype html><p class=\"a\">x &lt; y</p>").problems, IsEmpty());
    for (const char* broken :
         {"<p>", "<!doctype html><p>", "<!doctype html></p>", "<!doctype html><p><b></p></b>",
          "<!doctype html><p class=a></p>", "<!doctype html>a & b", "<!doctype html>a > b",
          "<!doctype html><p a=\"1\" a=\"2\"></p>", "<!doctype html>&copy;", "<!doctype html>< p"})
        EXPECT_THAT(read_markup(broken).problems, Not(IsEmpty())) << broken;
}

struct Page {
    std::string name;
    Story (*story)();
    Language language;
};

std::string sha256_base64(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
    std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> base64{};
    EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(length));
    return reinterpret_cast<const char*>(base64.data());
}

Story empty_office() {
    return Story("2026-11-23 08:30", "2026-11-24 08:30");
}

class PageTest : public ::testing::TestWithParam<Page> {
 protected:
    Story story = GetParam().story();
    std::string html = html_of(story, GetParam().language);
    Markup page = read_markup(html);
};

TEST_P(PageTest, IsWellFormed) {
    EXPECT_THAT(page.problems, IsEmpty());
}

TEST_P(PageTest, AsksForNothingAndRunsNothing) {
    static const std::set<std::string> known = {
        "html",    "head",  "meta", "title", "style", "body", "main",  "header",
        "section", "h1",    "h2",   "h3",    "p",     "div",  "dl",    "dt",
        "dd",      "ul",    "li",   "i",     "b",     "span", "table", "caption",
        "thead",   "tbody", "tr",   "th",    "td",    "svg",  "rect",  "polyline"};
    for (const Markup::Tag& tag : page.tags) {
        EXPECT_TRUE(known.contains(tag.name)) << tag.name;
        for (const auto& [key, value] : tag.attributes) {
            EXPECT_FALSE(key.starts_with("on") || key == "src" || key == "href" || key == "style")
                << key;
        }
    }
    const std::string csp = page.tags.at(3).attributes.at("content");
    EXPECT_THAT(csp, HasSubstr("default-src 'none'"));
    EXPECT_THAT(csp, Not(HasSubstr("unsafe")));
    const auto begin = html.find("<style>") + 7;
    const auto style = html.substr(begin, html.find("</style>") - begin);
    EXPECT_THAT(csp, HasSubstr("style-src 'sha256-" + sha256_base64(style) + "';"));
}

TEST_P(PageTest, SpeaksOneLanguageAndHasHeadingsInOrder) {
    EXPECT_EQ(page.tags.at(0).attributes.at("lang"), tag(GetParam().language));
    int before = 0;
    for (const Markup::Tag& tag : page.tags) {
        if (tag.name.size() != 2 || tag.name[0] != 'h' || tag.name[1] < '1' || tag.name[1] > '6')
            continue;
        const int level = tag.name[1] - '0';
        EXPECT_LE(level, before + 1);
        before = level;
    }
}

TEST_P(PageTest, IdsAreUniqueAndReferencesLead) {
    std::set<std::string> ids, wanted;
    for (const Markup::Tag& tag : page.tags) {
        if (const auto id = tag.attributes.find("id"); id != tag.attributes.end()) {
            EXPECT_TRUE(ids.insert(id->second).second) << id->second;
        }
        if (const auto by = tag.attributes.find("aria-labelledby"); by != tag.attributes.end())
            wanted.insert(by->second);
    }
    for (const std::string& id : wanted) EXPECT_TRUE(ids.contains(id)) << id;
}

TEST_P(PageTest, PicturesHaveWordsAndTablesScopes) {
    for (const Markup::Tag& tag : page.tags) {
        if (tag.name == "svg") {
            const bool decoration = tag.attributes.contains("aria-hidden");
            EXPECT_TRUE(decoration || !tag.attributes.at("aria-label").empty());
        }
        if (tag.name == "th") {
            EXPECT_TRUE(tag.attributes.contains("scope"));
        }
        if (tag.attributes.contains("tabindex")) {
            EXPECT_EQ(tag.attributes.at("role"), "region");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Pages, PageTest,
    ::testing::Values(Page{"DeadSwitchChinese", dead_switch, Language::chinese},
                      Page{"DeadSwitchEnglish", dead_switch, Language::english},
                      Page{"BadMorning", bad_morning, Language::english},
                      Page{"Hostile", hostile, Language::chinese},
                      Page{"Empty", empty_office, Language::english}),
    [](const auto& one) { return one.param.name; });

TEST(HtmlTest, SectionsAreNumberedInTheReadersWay) {
    const Story story = dead_switch();
    const std::string chinese = html_of(story, Language::chinese), english = html_of(story);
    EXPECT_THAT(chinese, HasSubstr(">一、异常及处理情况</h2>"));
    EXPECT_THAT(chinese, HasSubstr(">四、打印机与复印机</h2>"));
    EXPECT_THAT(chinese, HasSubstr(">附录</h2>"));
    EXPECT_THAT(english, HasSubstr(">3. Internet and leased lines</h2>"));
}

TEST(HtmlTest, AnEmptySectionSaysSoInOneLine) {
    EXPECT_THAT(html_of(empty_office()),
                HasSubstr("<p class=\"empty\">Nothing was wrong in the data period</p>"));
}

TEST(HtmlTest, AStripSaysInWordsWhatItShows) {
    const Story story = dead_switch();
    EXPECT_THAT(html_of(story, Language::chinese),
                HasSubstr("aria-label=\"可用 96.3%，1 次中断：10:12–11:05\""));
    EXPECT_THAT(
        html_of(story),
        HasSubstr("aria-label=\"reachable 96.3% of measured time, 1 outage: 10:12–11:05\""));
    EXPECT_THAT(html_of(story), HasSubstr("aria-label=\"reachable throughout\""));
}

Strip day_strip() {
    return {.whole = {at("2026-11-23 00:00"), at("2026-11-24 00:00")},
            .parts = {},
            .working_hours = {}};
}

TEST(StripSvgTest, AShortOutageIsWideEnoughToSee) {
    Strip strip = day_strip();
    strip.parts = {{State::up, strip.whole},
                   {State::down, {at("2026-11-23 12:00"), at("2026-11-23 12:01")}}};
    EXPECT_THAT(strip_svg(strip, {}),
                HasSubstr("<rect class=\"down\" x=\"496.8\" y=\"0\" width=\"7\" height=\"20\"/>"));
}

TEST(StripSvgTest, NothingIsDrawnWhereNothingWasMeasured) {
    EXPECT_THAT(strip_svg(day_strip(), {}), HasSubstr("aria-label=\"no data\""));
    EXPECT_THAT(strip_svg(day_strip(), {}), Not(HasSubstr("class=\"up\"")));
    EXPECT_THAT(read_markup("<!doctype html>" + strip_svg(Strip{}, {})).problems, IsEmpty());
}

struct Wave {
    std::string name;
    std::vector<std::optional<double>> values;
    std::size_t stretches;
};

class LineSvgTest : public ::testing::TestWithParam<Wave> {};

TEST_P(LineSvgTest, DrawsEachStretchWithinTheBox) {
    const std::string svg = line_svg({GetParam().values}, {});
    const Markup markup = read_markup("<!doctype html>" + svg);
    EXPECT_THAT(markup.problems, IsEmpty());
    EXPECT_THAT(svg, Not(HasSubstr("nan")));
    std::size_t stretches = 0;
    for (const Markup::Tag& tag : markup.tags) {
        if (tag.name != "polyline") continue;
        ++stretches;
        std::istringstream points{tag.attributes.at("points")};
        double x = 0, y = 0, last = -1;
        for (char comma = 0; points >> x >> comma >> y; last = x) {
            EXPECT_GE(x, last);
            EXPECT_LE(x, 1000);
            EXPECT_GE(y, 0);
            EXPECT_LE(y, 20);
        }
    }
    EXPECT_EQ(stretches, GetParam().stretches);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, LineSvgTest,
    ::testing::Values(
        Wave{"NoValues", {}, 0}, Wave{"OnlyGaps", {std::nullopt, std::nullopt}, 0},
        Wave{"OnePoint", {0.004}, 1}, Wave{"Constant", {0.004, 0.004, 0.004}, 1},
        Wave{"AllZero", {0.0, 0.0}, 0}, Wave{"GapInTheMiddle", {0.001, std::nullopt, 0.002}, 2},
        Wave{"LonePointBetweenGaps", {0.001, std::nullopt, 0.002, std::nullopt, 0.003}, 3},
        Wave{"APeak", {0.001, 0.001, 0.9, 0.001}, 1}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace rounds::reports
