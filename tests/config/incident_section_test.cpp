#include <gtest/gtest.h>

#include "config/load.hpp"
#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

using namespace std::chrono_literals;

Loaded load_with(const std::string& incidents) {
    return Written("devices: [{name: a}]\nincidents: " + incidents + "\n").load();
}

TEST(IncidentSection, WithoutAWordTheUsualHolds) {
    const auto rules = load_with("").setup->incidents;
    EXPECT_EQ(rules, core::IncidentRules{});
    EXPECT_EQ(rules.resolve_after, 2min);
    EXPECT_EQ(rules.flapping_changes, 5);
    EXPECT_EQ(rules.flapping_window, 30min);
    EXPECT_EQ(rules.flapping_quiet, 15min);
    EXPECT_EQ(rules.reopen_within, 1h);
}

TEST(IncidentSection, EverythingCanBeSaid) {
    const auto loaded = load_with(
        "{resolve_after: 0s, flapping: {changes: 8, window: 1h, quiet: 30m}, reopen_within: 24h}");
    ASSERT_TRUE(loaded.setup);
    const core::IncidentRules said{.resolve_after = 0s,
                                   .flapping_changes = 8,
                                   .flapping_window = 1h,
                                   .flapping_quiet = 30min,
                                   .reopen_within = 24h};
    EXPECT_EQ(loaded.setup->incidents, said);
}

struct Mistake {
    std::string name, incidents, says;
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
    *out << mistake.incidents;
}

class IncidentMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(IncidentMistake, IsSaidWhereItStands) {
    const auto loaded = load_with(GetParam().incidents);
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_NE(loaded.problems[0].sentence().find(GetParam().says), std::string::npos)
        << loaded.problems[0].sentence();
    EXPECT_NE(loaded.problems[0].sentence().find("rounds.yaml:2:"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Table, IncidentMistake,
    ::testing::Values(Mistake{"NoUnit", "{resolve_after: 2}", "resolve_after: \"2\" is not"},
                      Mistake{"TooLong", "{reopen_within: 2d}", "reopen_within: "},
                      Mistake{"TooRestless", "{flapping: {changes: 1}}", "changes: "},
                      Mistake{"NoWindow", "{flapping: {window: 0s}}", "window: "},
                      Mistake{"Unknown", "{flapping: {quite: 1m}}", "quiet"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rounds::config
