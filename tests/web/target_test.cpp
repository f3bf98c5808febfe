#include "daemon/web/target.hpp"

#include <gmock/gmock.h>

namespace rounds::web {
namespace {

struct Case {
    std::string name, text;
    std::vector<std::string> path;
    std::vector<std::pair<std::string, std::string>> query = {};
    friend void PrintTo(const Case& one, std::ostream* out) { *out << one.text; }
};
class TargetTest : public ::testing::TestWithParam<Case> {};

TEST_P(TargetTest, IsTakenApart) {
    const auto target = target_of(GetParam().text);
    EXPECT_EQ(target.path, GetParam().path);
    EXPECT_EQ(target.query, GetParam().query);
    for (const auto& [key, value] : target.query) EXPECT_EQ(target.value(key), value);
    EXPECT_EQ(target.value("never"), "");
}

INSTANTIATE_TEST_SUITE_P(
    Table, TargetTest,
    ::testing::Values(
        Case{"Nothing", "", {}}, Case{"Root", "/", {}},
        Case{"Path", "/v1/status", {"v1", "status"}},
        Case{"ManySlashes", "//v1///status/", {"v1", "status"}},
        Case{"Query", "/a?state=open&locale=en", {"a"}, {{"state", "open"}, {"locale", "en"}}},
        Case{"NoValue", "/a?b&c=", {"a"}, {{"b", ""}, {"c", ""}}},
        Case{"ValueWithEquals", "/a?b=c=d", {"a"}, {{"b", "c=d"}}},
        Case{"EmptyQuery", "/a?&&", {"a"}},
        Case{"SlashesInAQuery", "/a?b=/c/d", {"a"}, {{"b", "/c/d"}}},
        Case{"Percent", "/%e5%B7%a5?%62=%26", {"工"}, {{"b", "&"}}},
        Case{"ASlashBehindAPercentPartsNothing", "/a%2Fb", {"a/b"}},
        Case{"HalfAPercent", "/a%2/%/%zz/%4", {"a%2", "%", "%zz", "%4"}},
        Case{"DecodedOnce", "/%2541", {"%41"}}, Case{"AZeroByte", "/%00", {std::string(1, '\0')}}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rounds::web
