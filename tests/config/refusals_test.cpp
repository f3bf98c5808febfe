// What is written wrong, and the sentence that tells how to mend it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/fsuid.h>

#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

/// A device that is right, so that only what the case is about is wrong.
const std::string office = "devices: [{name: a, address: 10.0.0.1}]\n";

struct Case {
    std::string name, yaml;
    std::vector<std::string> sentences;
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << c.yaml;
}

class Refused : public ::testing::TestWithParam<Case> {};

TEST_P(Refused, WithSentences) {
    const Written written(GetParam().yaml);
    EXPECT_THAT(written.sentences(), ElementsAreArray(GetParam().sentences));
    EXPECT_EQ(written.load().setup, nullptr);
}

const auto named = [](const auto& test) { return test.param.name; };

INSTANTIATE_TEST_SUITE_P(
    Keys, Refused,
    ::testing::Values(
        Case{"Unknown",
             "devices: [{name: a, adress: 10.0.0.1}]\n",
             {"rounds.yaml:1:21: unknown key \"adress\" in a device; did you mean \"address\"?"}},
        Case{"UnknownSection",
             office + "polls: {}\n",
             {"rounds.yaml:2:1: unknown key \"polls\" in the configuration; it is one of site, "
              "calendars, polling, "
              "thresholds, classes, people, credentials, devices, archive, links, rounds, reports, "
              "incidents, hooks, storage, api"}},
        Case{"UnknownDeep",
             office + "polling:\n  ping: {intervall: 30s}\n",
             {"rounds.yaml:3:10: unknown key \"intervall\" in ping of polling; did you mean "
              "\"interval\"?"}},
        Case{"UnknownInThresholds",
             office + "thresholds: {loss: {warn: 5%}}\n",
             {"rounds.yaml:2:21: unknown key \"warn\" in loss of thresholds; did you mean "
              "\"warning\"?"}},
        Case{"Duplicate",
             "devices:\n  - name: a\n    address: 10.0.0.1\n    name: b\n",
             {"rounds.yaml:4:5: the key \"name\" is already set in line 2; keep one of the two"}},
        Case{"Missing",
             "devices: [{address: 10.0.0.1}]\n",
             {"rounds.yaml:1:11: a device needs \"name\""}},
        Case{
            "MissingInRound",
            office + "rounds: [{at: \"08:30\"}, {name: x}]\n",
            {"rounds.yaml:2:10: a round needs \"name\"", "rounds.yaml:2:25: a round needs \"at\""}},
        Case{"MissingInLink",
             office + "links: [{carrier: 电信}]\n",
             {"rounds.yaml:2:9: a link needs \"name\"",
              "rounds.yaml:2:9: a link needs \"targets\""}},
        Case{"KeyWithEscapes",
             office + "\"a\\e[31m\": 1\n",
             {"rounds.yaml:2:1: unknown key \"a\\x1b[31m\" in the configuration; it is one of "
              "site, calendars, polling, "
              "thresholds, classes, people, credentials, devices, archive, links, rounds, reports, "
              "incidents, hooks, storage, api"}},
        Case{"CalendarNotYet",
             office + "calendars: {night: {}}\n",
             {"rounds.yaml:2:13: unknown key \"night\" in calendars; it is one of default"}}),
    named);

INSTANTIATE_TEST_SUITE_P(
    NotYet, Refused,
    ::testing::Values(
        Case{"Sections",
             office + "duty: {}\nsilences: {}\n",
             {"rounds.yaml:2:1: \"duty\" is not yet known to this version of Rounds; take it out",
              "rounds.yaml:3:1: \"silences\" is not yet known to this version of Rounds; take it "
              "out"}},
        Case{"Device",
             "devices: [{name: a, address: 10.0.0.1, warranty: 2027-01-01}]\n",
             {"rounds.yaml:1:40: \"warranty\" is not yet known to this version of Rounds; take "
              "it out"}},
        Case{
            "Http",
            office + "polling: {http: {interval: 5m}}\n",
            {"rounds.yaml:2:11: \"http\" is not yet known to this version of Rounds; take it out"}},
        Case{"Person",
             office + "people: {wang: {wecom: wang}}\n",
             {"rounds.yaml:2:17: \"wecom\" is not yet known to this version of Rounds; take it "
              "out"}},
        Case{"Report",
             office + "reports: {daily: {formats: [html, pdf, xlsx], mail: [it@example.com]}}\n",
             {"rounds.yaml:2:35: formats: \"pdf\" is not yet known to this version of Rounds; take "
              "it out",
              "rounds.yaml:2:40: formats: \"xlsx\" is not yet known to this version of Rounds; "
              "take it out",
              "rounds.yaml:2:47: \"mail\" is not yet known to this version of Rounds; take it "
              "out"}}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Types, Refused,
    ::testing::Values(
        Case{"ListForMap",
             office + "site: [a]\n",
             {"rounds.yaml:2:7: site: must be a map such as {key: value}, not a list"}},
        Case{"MapForList",
             "devices: {name: a, address: 10.0.0.1}\n",
             {"rounds.yaml:1:10: devices: must be a list such as [a, b], not a map"}},
        Case{"WordForMap",
             office + "storage: /var/lib/rounds\n",
             {"rounds.yaml:2:10: storage: must be a map such as {key: value}, not a single value"}},
        Case{"WordForDevice",
             "devices: [10.0.0.1]\n",
             {"rounds.yaml:1:11: a device must be a map such as {key: value}, not a single value"}},
        Case{"ListForWord",
             "devices: [{name: [a], address: 10.0.0.1}]\n",
             {"rounds.yaml:1:18: name: must be a single value, not a list"}},
        Case{"Nothing",
             "devices: [{name: a, address: }]\n",
             {"rounds.yaml:1:21: address: has no value; write one or take the key out"}},
        Case{"WordForFile",
             "just a word\n",
             {
                 "rounds.yaml:1:1: the configuration must be a map such as {key: value}, not a "
                 "single value",
             }},
        Case{"MapInList",
             office + "polling: {anchors: [{a: 1}]}\n",
             {"rounds.yaml:2:21: anchors: must be a single value, not a map"}},
        Case{"EmptyList",
             office + "links: [{name: x, targets: []}]\n",
             {"rounds.yaml:2:28: targets: is an empty list; write at least one item or take the "
              "key out"}}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Values, Refused,
    ::testing::Values(
        Case{"Class",
             "devices: [{name: a, class: swich}]\n",
             {"rounds.yaml:1:28: class: \"swich\" is not a class; did you mean \"switch\"?"}},
        Case{"Severity",
             "devices: [{name: a, severity: 5}]\n",
             {"rounds.yaml:1:31: severity: \"5\" is not a severity; write 1 (the whole office) to "
              "4 (a notice)"}},
        Case{"Monitor",
             "devices: [{name: a, monitor: no}]\n",
             {"rounds.yaml:1:30: monitor: \"no\" is not a yes or no; write true or false"}},
        Case{"Lifecycle",
             "devices: [{name: a, lifecycle: in_use}]\n",
             {"rounds.yaml:1:32: lifecycle: \"in_use\" is not a lifecycle; did you mean "
              "\"in-use\"?"}},
        Case{"Presence",
             "devices: [{name: a, presence: sometimes}]\n",
             {"rounds.yaml:1:31: presence: \"sometimes\" is not a presence; it is one of always, "
              "working-hours, occasional"}},
        Case{"Address",
             "devices: [{name: a, address: 10.0.0.0/8}]\n",
             {"rounds.yaml:1:30: address: \"10.0.0.0/8\" is not the address of one device; it "
              "names a whole network; write each "
              "device by itself"}},
        Case{"Locale",
             office + "site: {locale: zh}\n",
             {"rounds.yaml:2:16: locale: \"zh\" is not a language of Rounds; it is one of en, "
              "zh-CN"}},
        Case{"Interval",
             office + "polling: {ping: {interval: 30}}\n",
             {"rounds.yaml:2:28: interval: \"30\" is not a span of time; write a number with its "
              "unit, such as 500ms, 30s, 5m "
              "or 1h30m"}},
        Case{"Packets",
             office + "polling: {ping: {packets: 0}}\n",
             {"rounds.yaml:2:27: packets: \"0\" is not a whole number from 1 to 100; write one "
              "within them"}},
        Case{"RetryLongerThanInterval",
             office + "polling: {ping: {interval: 30s, retry_interval: 1m}}\n",
             {"rounds.yaml:2:17: ping of polling: a retry_interval of 1m is longer than the "
              "interval of 30s; shorten it"}},
        Case{"CheckLongerThanInterval",
             office + "polling: {ping: {interval: 3s, packets: 20}}\n",
             {"rounds.yaml:2:17: ping of polling: 20 packets 200ms apart and a timeout of 1s take "
              "up to 4s800ms, longer than the "
              "retry_interval of 3s; lower packets, spacing or timeout"}},
        Case{"CheckLongerForOneDevice",
             "polling: {ping: {interval: 10s}}\ndevices: [{name: a, ping: {timeout: 11s}}]\n",
             {"rounds.yaml:2:27: ping of a device: 5 packets 200ms apart and a timeout of 11s take "
              "up to 11s800ms, longer than "
              "the retry_interval of 10s; lower packets, spacing or timeout"}},
        Case{"WarningBeyondCritical",
             office + "thresholds: {loss: {warning: 50%, critical: 20%}}\n",
             {"rounds.yaml:2:30: warning: lies beyond critical; a warning comes first"}},
        Case{"Mail",
             office + "people: {wang: {mail: wang}}\n",
             {"rounds.yaml:2:23: mail: \"wang\" is not a mail address; write one like "
              "wang@example.com"}},
        Case{"Role",
             office + "people: {wang: {role: enginer}}\n",
             {"rounds.yaml:2:23: role: \"enginer\" is not a role; did you mean \"engineer\"?"}},
        Case{"ClassName",
             office + "classes: {swich: {severity: 1}}\n",
             {"rounds.yaml:2:11: classes: \"swich\" is not a class; did you mean \"switch\"?"}},
        Case{"Bandwidth",
             office + "links: [{name: x, targets: [10.9.9.9], bandwidth: 200}]\n",
             {"rounds.yaml:2:51: bandwidth: \"200\" is not a bandwidth; write bits per second like "
              "512k, 200M or 1G"}},
        Case{"Keep",
             office + "storage: {keep: 400}\n",
             {"rounds.yaml:2:17: keep: \"400\" is not a number of days from 1d to 36500d; write it "
              "like 400d"}}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Calendar, Refused,
    ::testing::Values(
        Case{"Overlap",
             office + "calendars: {default: {working_hours: [{weekdays: [mon], times: "
                      "[\"13:00-18:00\", \"09:00-13:30\"]}]}}\n",
             {"rounds.yaml:2:64: times: 09:00-13:30 and 13:00-18:00 overlap; join them"}},
        Case{"NeitherDays",
             office + "calendars: {default: {working_hours: [{weekdays: [mon], times: "
                      "[\"09:00-18:00\"]}, {times: [\"09:00-18:00\"]}]}}\n",
             {"rounds.yaml:2:82: working hours need either weekdays or days_of_month"}},
        Case{"NoWeekdays",
             office + "calendars:\n  default: {working_hours: [{days_of_month: [\"1\"], times: "
                      "[\"09:00-18:00\"]}]}\n",
             {"rounds.yaml:3:12: working_hours: no entry has weekdays, so that no day would be "
              "worked; add one such as "
              "{weekdays: [mon..fri], times: [\"09:00-18:00\"]}"}},
        Case{
            "HolidayAndMakeUp",
            office + "calendars: {default: {holidays: [2026-10-10], make_up_days: [2026-10-10]}}\n",
            {"rounds.yaml:2:22: 2026-10-10 is both a holiday and a make-up day; keep one"}},
        Case{"RoundDays",
             office + "rounds: [{name: x, at: \"08:30\", days: weekdays}]\n",
             {"rounds.yaml:2:39: days: \"weekdays\" is not days for a round; write working, all, "
              "or weekdays such as [mon, wed..fri]"}},
        Case{"RoundNoDays",
             office + "rounds: [{name: x, at: \"08:30\", days: []}]\n",
             {"rounds.yaml:2:39: days: has no day; write working, all, or weekdays such as [mon, "
              "wed..fri]"}},
        Case{"RoundAt",
             office + "rounds: [{name: x, at: 24:00}]\n",
             {"rounds.yaml:2:24: at: \"24:00\" is not a time of day; write it like \"08:30\""}}),
    named);

INSTANTIATE_TEST_SUITE_P(
    References, Refused,
    ::testing::Values(
        Case{"NameTwice",
             "devices:\n  - {name: a, address: 10.0.0.1}\n  - {name: a, address: 10.0.0.2}\n",
             {"rounds.yaml:3:12: the name \"a\" is taken by the device at rounds.yaml:2:5; names "
              "and ids are unique"}},
        Case{"IdTwice",
             "devices:\n  - {id: X, name: a}\n  - {id: X, name: b}\n",
             {"rounds.yaml:3:10: the id \"X\" is taken by the device at rounds.yaml:2:5; names and "
              "ids are unique"}},
        Case{"NameIsAnothersId",
             "devices:\n  - {id: X, name: a}\n  - {id: Y, name: X}\n",
             {"rounds.yaml:3:19: the name \"X\" is taken by the device at rounds.yaml:2:5; names "
              "and ids are unique"}},
        Case{"IdOfLinks",
             "devices: [{id: \"link:x\", name: a}]\n",
             {"rounds.yaml:1:16: \"link:x\" is no id for a device; link: is for links"}},
        Case{"Upstream",
             "devices:\n  - {name: core-1}\n  - {name: a, upstream: cor-1}\n",
             {"rounds.yaml:3:25: upstream: no device is called \"cor-1\"; did you mean "
              "\"core-1\"?"}},
        Case{"Owner",
             "people: {wang: {}}\ndevices: [{name: a, owner: wan}]\n",
             {"rounds.yaml:2:28: owner: nobody is called \"wan\" under people; did you mean "
              "\"wang\"?"}},
        Case{"OwnerOfTwo",
             "people: {w1: {name: 王工}, w2: {name: 王工}}\ndevices: [{name: a, owner: 王工}]\n",
             {"rounds.yaml:2:28: owner: 2 people are called \"王工\"; write the key under people"}},
        Case{"LinkDevice",
             office + "links: [{name: x, targets: [10.9.9.9], device: fw}]\n",
             {"rounds.yaml:2:48: device: no device is called \"fw\""}},
        Case{"LinkTwice",
             "links:\n  - {name: x, targets: [10.9.9.9]}\n  - {name: x, targets: [10.9.9.8]}\n",
             {"rounds.yaml:3:12: the name \"x\" is taken by the link at rounds.yaml:2:12"}},
        Case{"RoundTwice",
             office + "rounds: [{name: x, at: \"08:30\"}, {name: x, at: \"09:30\"}]\n",
             {"rounds.yaml:2:41: the name \"x\" is taken by the round at rounds.yaml:2:17"}},
        Case{"ReportAfter",
             office +
                 "rounds: [{name: morning, at: \"08:30\"}]\nreports: {daily: {after: mornin}}\n",
             {"rounds.yaml:3:26: after: no round is called \"mornin\"; did you mean \"morning\"?"}},
        Case{"Circle",
             "devices:\n  - {name: a, upstream: b}\n  - {name: b, upstream: c}\n  - {name: c, "
             "upstream: a}\n  - {name: d, upstream: a}\n",
             {"rounds.yaml:2:25: upstream goes round in a circle: a → b → c → a"}},
        Case{"Itself",
             "devices: [{name: a, upstream: a}]\n",
             {"rounds.yaml:1:31: upstream goes round in a circle: a → a"}},
        Case{"TwoCircles",
             "devices:\n  - {name: x, upstream: b}\n  - {name: a, upstream: b}\n  - {name: b, "
             "upstream: a}\n  - {name: c, upstream: c}\n",
             {"rounds.yaml:4:25: upstream goes round in a circle: b → a → b",
              "rounds.yaml:5:25: upstream goes round in a circle: c → c"}}),
    named);

TEST(Refusals, OfASocketThatNobodyCouldReach) {
    const std::string path = "/" + std::string(107, 's');
    const Written file("devices: [{name: a}]\napi: {socket: " + path + "}\n");
    const auto loaded = file.load();
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_THAT(loaded.problems[0].sentence(),
                ::testing::HasSubstr("rounds.yaml:2:15: socket: " + path +
                                     " has 108 bytes, and the path of a socket at most 107"));
}

TEST(Refusals, AllAtOnceAndInOrder) {
    const Written written(R"(site: {locale: de, nam: x}
devices:
  - {name: a, address: 10.0.0.256, upstream: z}
  - {name: a, class: pcs}
rounds: [{name: r, at: 8}]
duty: {}
)");
    EXPECT_THAT(
        written.sentences(),
        ElementsAre(
            "rounds.yaml:1:16: locale: \"de\" is not a language of Rounds; it is one of en, zh-CN",
            "rounds.yaml:1:20: unknown key \"nam\" in site; did you mean \"name\"?",
            "rounds.yaml:3:24: address: \"10.0.0.256\" is not an IPv4 address; it has four numbers "
            "from 0 to 255",
            "rounds.yaml:3:46: upstream: no device is called \"z\"",
            "rounds.yaml:4:12: the name \"a\" is taken by the device at rounds.yaml:3:5; names and "
            "ids are unique",
            "rounds.yaml:4:22: class: \"pcs\" is not a class; did you mean \"pc\"?",
            "rounds.yaml:5:24: at: \"8\" is not a time of day; write it like \"08:30\"",
            "rounds.yaml:6:1: \"duty\" is not yet known to this version of Rounds; take it out"));
}

TEST(Refusals, OfTheFileAsAWhole) {
    const Written written("");
    EXPECT_THAT(written.sentences(),
                ElementsAre("rounds.yaml: is empty; the least is a device: `devices: [{name: "
                            "gateway, address: 192.168.1.1}]`"));
    EXPECT_THAT(Written("# nothing\n").sentences(), ::testing::SizeIs(1));
    EXPECT_THAT(Written("site: {name: x}\n").sentences(),
                ElementsAre("rounds.yaml: there is nothing to inspect; list devices under devices, "
                            "or name a CSV file under archive"));
    EXPECT_THAT(Written("devices:\n").sentences(), ::testing::SizeIs(1));
    EXPECT_EQ(load(written.folder() / "none.yaml").problems.front().what, "there is no such file");
    EXPECT_EQ(load(written.folder() / "none" / "none.yaml").problems.front().what,
              "there is no such file");
    EXPECT_EQ(load(written.folder()).problems.front().what,
              "is a directory; name the file within it");
    EXPECT_EQ(load("/dev/null").problems.front().what, "is not a regular file");
}

TEST(Refusals, OfAFileThatMayNotBeRead) {
    Written written(office);
    std::filesystem::permissions(written.folder() / "rounds.yaml", std::filesystem::perms::none);
    std::filesystem::permissions(written.folder(), std::filesystem::perms(0755));
    // Root may read everything: as far as files go, this thread is nobody for a while.
    const bool root = ::geteuid() == 0;
    if (root) ::setfsuid(65534);
    const auto sentences = written.sentences();
    if (root) ::setfsuid(0);
    EXPECT_THAT(
        sentences,
        ElementsAre(
            "rounds.yaml: not permitted to read it; let the user that Rounds runs as read it"));
}

TEST(Refusals, OfAFileThatIsTooLarge) {
    const Written written(office + std::string(16 * 1024 * 1024, '#'));
    EXPECT_THAT(written.sentences(), ElementsAre("rounds.yaml: is larger than 16 MiB"));
}

}  // namespace
}  // namespace rounds::config
