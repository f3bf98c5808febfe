#include "core/hook.hpp"

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

struct Case {
    std::string name, url, shown;
};
class Origin : public ::testing::TestWithParam<Case> {};

TEST_P(Origin, ShowsNoSecret) {
    EXPECT_EQ(origin(GetParam().url), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, Origin,
    ::testing::Values(Case{"Plain", "https://host", "https://host/…"},
                      Case{"Path", "https://host/hook/s3cret", "https://host/…"},
                      Case{"Port", "http://10.0.0.1:8080/s3cret", "http://10.0.0.1:8080/…"},
                      Case{"Ipv6", "http://[fd00::1]:80/s3cret", "http://[fd00::1]:80/…"},
                      Case{"Query", "https://host?key=s3cret", "https://host/…"},
                      Case{"Fragment", "https://host#s3cret", "https://host/…"},
                      Case{"User", "https://u:s3cret@host/x", "https://host/…"},
                      Case{"UserWithAt", "https://u:s3@cret@host/x", "https://host/…"},
                      Case{"Backslash", "https://host\\s3cret", "https://host/…"},
                      Case{"Control", "https://ho\nst/s3cret", "https://ho\\nst/…"},
                      Case{"NoUrl", "s3cret", "a URL"}, Case{"NoScheme", "://s3cret", "a URL"},
                      Case{"Empty", "", "a URL"}),
    [](const auto& test) { return test.param.name; });

TEST(HookTest, WantsItsSeverityAndGraver) {
    Hook hook;
    EXPECT_TRUE(hook.wants(Severity::fourth));
    hook.min_severity = Severity::second;
    EXPECT_TRUE(hook.wants(Severity::first));
    EXPECT_TRUE(hook.wants(Severity::second));
    EXPECT_FALSE(hook.wants(Severity::third));
}

TEST(HookTest, TypeHasAWord) {
    EXPECT_EQ(word(Hook::Type::webhook), "webhook");
}

}  // namespace
}  // namespace rounds::core
