// hooks, and the secrets in files beside them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/fsuid.h>
#include <sys/stat.h>

#include "config/secret.hpp"
#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

const std::string office = "devices: [{name: a, address: 10.0.0.1}]\n";

TEST(Hooks, AreReadWithTheirDefaults) {
    const auto loaded =
        Written(office + "hooks: [{name: 工单, type: webhook, url: \"https://t.example.com/h\"}]\n")
            .load();
    ASSERT_TRUE(loaded.setup);
    core::Hook expected;
    expected.name = "工单";
    expected.url = "https://t.example.com/h";
    EXPECT_THAT(loaded.setup->hooks, ElementsAre(expected));
    EXPECT_EQ(expected.min_severity, core::Severity::fourth);
    EXPECT_EQ(expected.timeout, 10s);
}

TEST(Hooks, AreReadWithAllThatCanBeSaid) {
    Written written(
        office +
        "hooks:\n"
        "  - name: tickets\n    type: webhook\n    url_file: secrets/url\n"
        "    secret_file: secrets/key\n    min_severity: 2\n    timeout: 30s\n"
        "    ca_file: office-ca.pem\n"
        "  - {name: other, type: webhook, url: \"http://10.0.0.9:8080\", secret: plain}\n");
    written.file("secrets/url", "https://t.example.com/h?token=s3cret\n")
        .file("secrets/key", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\r\n");
    const auto loaded = written.load();
    ASSERT_TRUE(loaded.setup) << loaded.problems.front().sentence();
    ASSERT_EQ(loaded.setup->hooks.size(), 2U);
    const core::Hook& hook = loaded.setup->hooks[0];
    EXPECT_EQ(hook.url, "https://t.example.com/h?token=s3cret");
    EXPECT_EQ(hook.secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    EXPECT_EQ(hook.min_severity, core::Severity::second);
    EXPECT_EQ(hook.timeout, 30s);
    EXPECT_EQ(hook.ca_file, written.folder() / "office-ca.pem");
    EXPECT_EQ(loaded.setup->hooks[1].secret, "plain");
}

TEST(Hooks, AFileIsLookedForBesideTheFileThatNamesIt) {
    Written written(office);
    written.file("conf.d/hooks.yaml", "hooks: [{name: t, type: webhook, url_file: url}]\n")
        .file("conf.d/url", "https://right.example.com\n")
        .file("url", "https://wrong.example.com\n");
    const auto loaded = written.load();
    ASSERT_TRUE(loaded.setup);
    EXPECT_EQ(loaded.setup->hooks.front().url, "https://right.example.com");
}

struct Case {
    std::string name, hooks;
    std::vector<std::string> sentences;
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << c.hooks;
}
class RefusedHooks : public ::testing::TestWithParam<Case> {};

TEST_P(RefusedHooks, WithSentencesThatRepeatNoSecret) {
    Written written(office + GetParam().hooks + "\n");
    written.file("s3cret", "https://h/s3cret")
        .file("empty", "")
        .file("newline", "\n")
        .file("two", "s3cret\ns3cret\n")
        .file("control", "s3cret\x1b\n")
        .file("latin", "s3cret\xe9\n")
        .file("words", "s3cret\n")
        .file("large", std::string(64 * 1024 + 1, 'x'));
    EXPECT_THAT(written.sentences(), ElementsAreArray(GetParam().sentences));
    EXPECT_EQ(written.load().setup, nullptr);
}

const std::string url_advice =
    "is not an http or https address; write one like https://tickets.example.com/hook";
INSTANTIATE_TEST_SUITE_P(
    Hooks, RefusedHooks,
    ::testing::Values(
        Case{"Nameless",
             "hooks: [{type: webhook, url: \"http://h\"}]",
             {"rounds.yaml:2:9: a hook needs \"name\""}},
        Case{"Typeless",
             "hooks: [{name: t, url: \"http://h\"}]",
             {"rounds.yaml:2:9: a hook needs \"type\""}},
        Case{"UnknownType",
             "hooks: [{name: t, type: webhok, url: \"http://h\"}]",
             {"rounds.yaml:2:25: type: \"webhok\" is not a type of hook; did you mean "
              "\"webhook\"?"}},
        Case{
            "LaterType",
            "hooks: [{name: t, type: redmine, url: \"http://h\", project: it, key_file: k}]",
            {"rounds.yaml:2:25: type: \"redmine\" is not yet known to this version of Rounds; take "
             "it out"}},
        Case{"WithoutUrl",
             "hooks: [{name: t, type: webhook}]",
             {"rounds.yaml:2:9: a hook needs \"url\", or \"url_file\" when it holds a token"}},
        Case{"UnknownKey",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secrets: x}]",
             {"rounds.yaml:2:51: unknown key \"secrets\" in a hook; did you mean \"secret\"?"}},
        Case{"LaterKey",
             "hooks: [{name: t, type: webhook, url: \"http://h\", digest: 5m}]",
             {"rounds.yaml:2:51: \"digest\" is not yet known to this version of Rounds; take it "
              "out"}},
        Case{"NoUrl",
             "hooks: [{name: t, type: webhook, url: s3cret}]",
             {"rounds.yaml:2:39: url: " + url_advice}},
        Case{"OtherScheme",
             "hooks: [{name: t, type: webhook, url: \"ftp://h/s3cret\"}]",
             {"rounds.yaml:2:39: url: " + url_advice}},
        Case{"NoHost",
             "hooks: [{name: t, type: webhook, url: \"https:///s3cret\"}]",
             {"rounds.yaml:2:39: url: " + url_advice}},
        Case{"Space",
             "hooks: [{name: t, type: webhook, url: \"https://h/s3 cret\"}]",
             {"rounds.yaml:2:39: url: " + url_advice}},
        Case{"NoUrlInFile",
             "hooks: [{name: t, type: webhook, url_file: words}]",
             {"rounds.yaml:2:44: url_file: " + url_advice}},
        Case{"BothUrls",
             "hooks: [{name: t, type: webhook, url: \"http://h\", url_file: words}]",
             {"rounds.yaml:2:61: url_file: url is set as well; keep one of the two"}},
        Case{"NoFile",
             "hooks: [{name: t, type: webhook, url_file: none}]",
             {"rounds.yaml:2:44: url_file: none: there is no such file"}},
        Case{"AFolder",
             "hooks: [{name: t, type: webhook, url_file: .}]",
             {"rounds.yaml:2:44: url_file: .: is a directory; name the file within it"}},
        Case{"ADevice",
             "hooks: [{name: t, type: webhook, url_file: /dev/zero}]",
             {"rounds.yaml:2:44: url_file: /dev/zero: is not a regular file"}},
        Case{"EmptyFile",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secret_file: empty}]",
             {"rounds.yaml:2:64: secret_file: empty: is empty"}},
        Case{"NewlineOnly",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secret_file: newline}]",
             {"rounds.yaml:2:64: secret_file: newline: is empty"}},
        Case{"TwoLines",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secret_file: two}]",
             {"rounds.yaml:2:64: secret_file: two: has more than one line; keep the secret alone"}},
        Case{"Control",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secret_file: control}]",
             {"rounds.yaml:2:64: secret_file: control: has control characters"}},
        Case{"NotUtf8",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secret_file: latin}]",
             {"rounds.yaml:2:64: secret_file: latin: is not UTF-8"}},
        Case{"Large",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secret_file: large}]",
             {"rounds.yaml:2:64: secret_file: large: is larger than 64 KiB"}},
        Case{"EmptySecret",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secret: \"\"}]",
             {"rounds.yaml:2:59: secret: is empty"}},
        Case{"BrokenWhsec",
             "hooks: [{name: t, type: webhook, url: \"http://h\", secret: \"whsec_s3cret!\"}]",
             {"rounds.yaml:2:59: secret: begins with whsec_ but no base64 follows; copy it again, "
              "whole"}},
        Case{"Severity",
             "hooks: [{name: t, type: webhook, url: \"http://h\", min_severity: 5}]",
             {"rounds.yaml:2:65: min_severity: \"5\" is not a severity; write 1 (the whole office) "
              "to 4 (a notice)"}},
        Case{"SameName",
             "hooks: [{name: t, type: webhook, url: \"http://h\"}, {name: t, type: webhook, url: "
             "\"http://h\"}]",
             {"rounds.yaml:2:59: name: \"t\" is taken by the hook at rounds.yaml:2:16"}},
        Case{"NoMap",
             "hooks: [tickets]",
             {"rounds.yaml:2:9: a hook must be a map such as {key: value}, not a single value"}}),
    [](const auto& test) { return test.param.name; });

TEST(Hooks, ATimeoutIsBounded) {
    for (const auto* const timeout : {"500ms", "61s"}) {
        const Written written(
            office + "hooks: [{name: t, type: webhook, url: \"http://h\", timeout: " + timeout +
            "}]\n");
        EXPECT_THAT(written.sentences(), ElementsAre(HasSubstr("timeout")));
    }
}

TEST(SecretFile, OneLineBreakIsCutAndNoMore) {
    const tests::TempFolder folder;
    EXPECT_EQ(*read_secret_file(folder.write("a", "x y ")), "x y ");
    EXPECT_EQ(*read_secret_file(folder.write("b", "x\n")), "x");
    EXPECT_EQ(*read_secret_file(folder.write("c", "x\r\n")), "x");
    EXPECT_FALSE(read_secret_file(folder.write("d", "x\n\n")));
    EXPECT_EQ(read_secret_file(folder.write("e", std::string(64 * 1024, 'x')))->size(), 65'536U);
}

TEST(SecretFile, OneThatMayNotBeReadSaysSo) {
    const tests::TempFolder folder;
    const auto file = folder.write("a", "s3cret");
    ::chmod(file.c_str(), 0);
    ::chmod(folder.path().c_str(), 0755);
    // Root reads everything: be somebody else for the moment.
    ::setfsuid(65'534);
    const auto secret = read_secret_file(file);
    ::setfsuid(::geteuid());
    ASSERT_FALSE(secret);
    EXPECT_EQ(secret.error().message,
              "not permitted to read it; let the user that Rounds runs as read it");
}

}  // namespace
}  // namespace rounds::config
