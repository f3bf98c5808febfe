// Golden reports, and files to look at.
//   ROUNDS_UPDATE_GOLDENS=1   writes tests/data/report-*.txt anew
//   ROUNDS_LOOK=FOLDER        writes every story as HTML, text and JSON in both languages
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "reports/day_report.hpp"
#include "reports/render.hpp"
#include "tests/reports/story.hpp"

namespace rounds::reports {
namespace {

using core::Language;

core::Locale reader(Language language, const Story& story) {
    return {language, &story.zone()};
}

void write(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
}

std::string read(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream{path, std::ios::binary}.rdbuf();
    return bytes.str();
}

struct Golden {
    std::string name;
    Story (*story)();
    Language language;
};

class GoldenTest : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenTest, TextIsAsAgreed) {
    const Golden& golden = GetParam();
    const Story story = golden.story();
    const std::string text =
        to_text(day_report(story.record(), story.zone()), reader(golden.language, story));
    const auto path = std::filesystem::path{ROUNDS_SOURCE_DIR} / "tests/data" /
                      ("report-" + golden.name + ".txt");
    if (std::getenv("ROUNDS_UPDATE_GOLDENS") != nullptr) write(path, text);
    EXPECT_EQ(text, read(path)) << "ROUNDS_UPDATE_GOLDENS=1 writes " << path << " anew";
}

INSTANTIATE_TEST_SUITE_P(
    Reports, GoldenTest,
    ::testing::Values(Golden{"dead-switch-zh-CN", dead_switch, Language::chinese},
                      Golden{"dead-switch-en", dead_switch, Language::english},
                      Golden{"full-day-zh-CN", full_day, Language::chinese},
                      Golden{"full-day-en", full_day, Language::english},
                      Golden{"bad-morning-zh-CN", bad_morning, Language::chinese},
                      Golden{"bad-morning-en", bad_morning, Language::english}),
    [](const auto& one) {
        std::string name = one.param.name;
        std::erase(name, '-');
        return name;
    });

TEST(LookTest, TheSameRecordGivesTheSameBytes) {
    const char* folder = std::getenv("ROUNDS_LOOK");
    const std::pair<const char*, Story (*)()> stories[] = {{"dead-switch", dead_switch},
                                                           {"full-day", full_day},
                                                           {"bad-morning", bad_morning},
                                                           {"hostile", hostile}};
    for (const auto& [name, make] : stories) {
        const Story story = make();
        for (const Language language : {Language::chinese, Language::english}) {
            const Document document = day_report(story.record(), story.zone());
            const core::Locale locale = reader(language, story);
            const std::string html = to_html(document, locale);
            EXPECT_EQ(html, to_html(day_report(make().record(), story.zone()), locale));
            if (folder == nullptr) continue;
            const auto path = std::filesystem::path{folder} /
                              (std::string{name} + "-" + std::string{tag(language)});
            write(path.string() + ".html", html);
            write(path.string() + ".json", to_json(document, locale));
            write(path.string() + ".txt", to_text(document, locale));
            write(path.string() + "-80.txt", to_text(document, locale, 80));
        }
    }
}

}  // namespace
}  // namespace rounds::reports
