#include "tests/simulator/script_reader.hpp"

#include <chrono>
#include <ostream>

#include <gmock/gmock.h>

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

asio::ip::address at(const char* text) {
    return asio::ip::make_address(text);
}

constexpr const char* small_office = R"(seed: 7
networks: [10.1.0.0/16, "fd00:1::/64"]
defaults: {latency: 400us, jitter: 100us}
devices:
  - {name: core-1, address: 10.1.0.1}
  - {name: sw-3f, address: [10.1.3.1, "fd00:1::31"], behind: core-1, loss: 0.5%}
  - {name: pc-3f, address: 10.1.3.254, count: 3, behind: sw-3f, latency: 1ms, silent: true}
events:
  - {at: 1m10s, device: sw-3f, silent: false, latency: 2ms, duplicates: 1%}
  - {at: 40s, device: sw-3f, silent: true}
  - {at: 40s, device: pc-3f, silent: false}
)";

TEST(ScriptReader, ReadsAWholeOffice) {
    const auto read = read_script(small_office, "office.yaml");
    ASSERT_THAT(read.problems, IsEmpty());
    const auto& script = read.script;
    EXPECT_EQ(script.seed, 7U);
    EXPECT_THAT(script.networks,
                ElementsAre(Network{at("10.1.0.0"), 16}, Network{at("fd00:1::"), 64}));
    ASSERT_THAT(script.devices, SizeIs(5));
    EXPECT_EQ(script.devices[0].name, "core-1");
    EXPECT_EQ(script.devices[0].behind, std::nullopt);
    EXPECT_EQ(script.devices[0].echo, (EchoManner{.latency = 400us, .jitter = 100us}));
    EXPECT_THAT(script.devices[1].addresses, ElementsAre(at("10.1.3.1"), at("fd00:1::31")));
    EXPECT_EQ(script.devices[1].behind, 0U);
    EXPECT_EQ(script.devices[1].echo,
              (EchoManner{.latency = 400us, .jitter = 100us, .loss = 0.005}));
}

TEST(ScriptReader, ACountedLineIsManyDevicesWithTheNextAddresses) {
    const auto script = read_script(small_office, "office.yaml").script;
    EXPECT_EQ(script.devices[2].name, "pc-3f-1");
    EXPECT_THAT(script.devices[2].addresses, ElementsAre(at("10.1.3.254")));
    EXPECT_EQ(script.devices[4].name, "pc-3f-3");
    EXPECT_THAT(script.devices[4].addresses, ElementsAre(at("10.1.4.0")));
    EXPECT_EQ(script.devices[4].behind, 1U);
    EXPECT_TRUE(script.devices[4].echo.silent);
}

TEST(ScriptReader, EventsStandByTimeAndThenAsWritten) {
    const auto script = read_script(small_office, "office.yaml").script;
    ASSERT_THAT(script.events, SizeIs(3));
    EXPECT_EQ(script.events[0].name, "sw-3f");
    EXPECT_EQ(script.events[0].at, 40s);
    EXPECT_EQ(script.events[1].name, "pc-3f");
    EXPECT_THAT(script.events[1].devices, ElementsAre(2, 3, 4));
    EXPECT_EQ(script.events[2].at, 70s);
    EXPECT_EQ(script.events[2].echo,
              (EchoChange{.silent = false, .latency = 2ms, .duplicates = 0.01}));
}

TEST(ScriptReader, EventsHappenOnceUnlessRepeated) {
    EXPECT_EQ(read_script(small_office, "office.yaml").script.repeat, std::nullopt);
    const auto read = read_script(std::string(small_office) + "repeat: 1m10s\n", "office.yaml");
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_EQ(read.script.repeat, 70s) << "as long as the time of the last event is allowed";
}

struct Mistake {
    std::string name, text, sentence;
    friend void PrintTo(const Mistake& it, std::ostream* out) { *out << it.name; }
};
class MistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(MistakeTest, IsToldWithItsLine) {
    const auto read = read_script(GetParam().text, "office.yaml");
    ASSERT_THAT(read.problems, SizeIs(1)) << testing::PrintToString(read.problems);
    EXPECT_THAT(read.problems.front(), HasSubstr(GetParam().sentence));
}

/// A script with one good device on line 2 and these lines from line 3.
std::string with(const std::string& lines) {
    return "devices:\n  - {name: a, address: 10.1.0.1}\n" + lines;
}

INSTANTIATE_TEST_SUITE_P(
    ScriptReader, MistakeTest,
    testing::Values(
        Mistake{"NotYaml", "devices: [\n", "office.yaml:2: not YAML: "},
        Mistake{"NotAMapping", "- a\n", "office.yaml:1: a script is written as {key: value"},
        Mistake{"Nothing", "seed: 1\n", "office.yaml:1: devices: at least one device is needed"},
        Mistake{"UnknownKey", with("  - {name: b, address: 10.1.0.2, latncy: 1ms}\n"),
                "office.yaml:3: a device has no key \"latncy\"; it knows name, address"},
        Mistake{"KeyTwice", with("  - {name: b, address: 10.1.0.2, name: c}\n"),
                "office.yaml:3: name is said twice"},
        Mistake{"NoName", with("  - {address: 10.1.0.2}\n"),
                "office.yaml:3: name: every device needs one"},
        Mistake{"NoAddress", with("  - {name: b}\n"),
                "office.yaml:3: address: every device needs one"},
        Mistake{"EmptyAddresses", with("  - {name: b, address: []}\n"),
                "office.yaml:3: address: every device needs one"},
        Mistake{"WrongAddress", with("  - {name: b, address: 10.1.0.256}\n"),
                "office.yaml:3: address: \"10.1.0.256\" is no IPv4 or IPv6 address"},
        Mistake{"NameTaken", with("  - {name: a, address: 10.1.0.2}\n"),
                "office.yaml:3: name: \"a\" is taken"},
        Mistake{"AddressTaken", with("  - {name: b, address: 10.1.0.1}\n"),
                "office.yaml:3: address: 10.1.0.1 is taken"},
        Mistake{"ControlCharacterInName", with("  - {name: \"b\\e[2J\", address: 10.1.0.2}\n"),
                "office.yaml:3: name: a name without control characters is expected"},
        Mistake{"ListForAWord", with("  - {name: [b], address: 10.1.0.2}\n"),
                "office.yaml:3: name: one value is expected here"},
        Mistake{"BehindNobody", with("  - {name: b, address: 10.1.0.2, behind: c}\n"),
                "office.yaml:3: behind: no device above is named \"c\""},
        Mistake{"BehindItself", with("  - {name: b, address: 10.1.0.2, behind: b}\n"),
                "office.yaml:3: behind: no device above is named \"b\""},
        Mistake{"BehindMany",
                with("  - {name: b, address: 10.1.0.2, count: 2}\n"
                     "  - {name: c, address: 10.1.0.9, behind: b}\n"),
                "office.yaml:4: behind: \"b\" is many devices; name one of them"},
        Mistake{"CountOfNone", with("  - {name: b, address: 10.1.0.2, count: 0}\n"),
                "office.yaml:3: count: from 1 to 100000"},
        Mistake{"AddressesRunOut", with("  - {name: b, address: 255.255.255.255, count: 2}\n"),
                "office.yaml:3: count: the addresses run out"},
        Mistake{"WrongLatency", with("  - {name: b, address: 10.1.0.2, latency: 5}\n"),
                "office.yaml:3: latency: \"5\" is not a duration"},
        Mistake{"WrongLoss", with("  - {name: b, address: 10.1.0.2, loss: 120%}\n"),
                "office.yaml:3: loss: \"120%\" is not a share"},
        Mistake{"WrongSilence", with("  - {name: b, address: 10.1.0.2, silent: yes}\n"),
                "office.yaml:3: silent: \"yes\" is neither true nor false"},
        Mistake{"WrongNetwork", with("networks: [10.1.0.0/33]\n"),
                "office.yaml:3: networks: \"10.1.0.0/33\" is no network"},
        Mistake{"EventsAreNoList", with("events: {at: 1s}\n"),
                "office.yaml:3: events: a list is expected here"},
        Mistake{"EventWithoutTime", with("events:\n  - {device: a, silent: true}\n"),
                "office.yaml:4: at: every event needs its time"},
        Mistake{"EventWithoutDevice", with("events:\n  - {at: 1s, silent: true}\n"),
                "office.yaml:4: device: every event needs the device it happens to"},
        Mistake{"EventOfNobody", with("events:\n  - {at: 1s, device: b, silent: true}\n"),
                "office.yaml:4: device: no device is named \"b\""},
        Mistake{"RepeatOfNothing", with("repeat: 10s\n"),
                "office.yaml:3: repeat: there are no events to repeat"},
        Mistake{"RepeatBeforeTheEnd",
                with("events:\n  - {at: 9s, device: a, silent: true}\nrepeat: 8s\n"),
                "office.yaml:5: repeat: at least 1 s, and not before the last event, at 9 s"},
        Mistake{"RepeatWithoutRest",
                with("events:\n  - {at: 0s, device: a, silent: true}\nrepeat: 0s\n"),
                "office.yaml:5: repeat: at least 1 s, and not before the last event, at 0 us"},
        Mistake{"RepeatWithoutUnit",
                with("events:\n  - {at: 0s, device: a, silent: true}\nrepeat: 120\n"),
                "office.yaml:5: repeat: \"120\" is not a duration"},
        Mistake{"EventWithoutChange", with("events:\n  - {at: 1s, device: a}\n"),
                "office.yaml:4: device: an event changes something: "}),
    [](const auto& test) { return test.param.name; });

TEST(ScriptReader, TellsEveryMistakeInTheOrderOfTheFile) {
    const auto read = read_script(
        "seed: x\ndevices:\n  - {name: b, address: nowhere, loss: 2}\nevents:\n  - {device: c, at: "
        "1}\n",
        "office.yaml");
    EXPECT_THAT(read.problems,
                ElementsAre(HasSubstr("office.yaml:1: seed"), HasSubstr("office.yaml:3: loss"),
                            HasSubstr("office.yaml:3: address"), HasSubstr("office.yaml:5: "),
                            HasSubstr("office.yaml:5: "), HasSubstr("office.yaml:5: ")));
}

TEST(ScriptReader, AFileThatCannotBeReadIsAProblem) {
    const auto read = load_script("/nowhere/office.yaml");
    EXPECT_THAT(read.problems, ElementsAre(HasSubstr("/nowhere/office.yaml: cannot be read")));
    EXPECT_THAT(load_script("/").problems, ElementsAre(HasSubstr("cannot be read")));
}

}  // namespace
}  // namespace rounds::simulator
