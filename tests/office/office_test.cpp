#include "tests/simulator/office.hpp"

#include <chrono>
#include <ostream>

#include <gmock/gmock.h>

#include "tests/simulator/script_reader.hpp"

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;

Office office(const std::string& events) {
    const auto read = read_script(R"(
devices:
  - {name: core, address: 10.1.0.1, latency: 1ms}
  - {name: sw-2f, address: 10.1.2.1, behind: core}
  - {name: sw-3f, address: [10.1.3.1, "fd00::31"], behind: core}
  - {name: ap-3f, address: 10.1.3.2, behind: sw-3f}
  - {name: pc-3f, address: 10.1.3.101, count: 3, behind: ap-3f}
events:
)" + events,
                                  "office.yaml");
    EXPECT_THAT(read.problems, testing::IsEmpty());
    return Office(read.script);
}

bool answers(Office& office, const char* address) {
    return office.ask(asio::ip::make_address(address)).answers > 0;
}

TEST(Office, AnswersForItsDevicesAndNobodyElse) {
    auto all = office("  []");
    EXPECT_TRUE(answers(all, "10.1.0.1"));
    EXPECT_TRUE(answers(all, "10.1.3.103"));
    EXPECT_TRUE(answers(all, "fd00::31"));
    EXPECT_FALSE(answers(all, "10.1.3.104"));
    EXPECT_FALSE(answers(all, "fd00::32"));
    EXPECT_EQ(all.next_event(), std::nullopt);
}

TEST(Office, EventsWaitForTheirTime) {
    auto day = office(
        "  - {at: 40s, device: core, latency: 9ms}\n  - {at: 70s, device: core, latency: 2ms}\n");
    EXPECT_EQ(day.next_event(), 40s);
    EXPECT_EQ(day.ask(asio::ip::make_address("10.1.0.1")).after[0], 1ms);
    day.step();
    EXPECT_EQ(day.ask(asio::ip::make_address("10.1.0.1")).after[0], 9ms);
    EXPECT_EQ(day.next_event(), 70s);
    day.step();
    EXPECT_EQ(day.next_event(), std::nullopt);
}

TEST(Office, ARepeatedDayGoesOnForever) {
    auto day = office(R"(  - {at: 40s, device: sw-3f, silent: true}
  - {at: 75s, device: sw-3f, silent: false}
repeat: 120s
)");
    for (auto start = 0s; start < 100h; start += 120s) {
        ASSERT_EQ(day.next_event(), start + 40s);
        ASSERT_EQ(day.step(), "sw-3f goes silent (4 behind it)");
        ASSERT_FALSE(answers(day, "10.1.3.101"));
        ASSERT_EQ(day.next_event(), start + 75s);
        ASSERT_EQ(day.step(), "sw-3f answers again (4 behind it)");
        ASSERT_TRUE(answers(day, "10.1.3.101"));
    }
}

TEST(Office, WhatARepeatedDayDoesNotUndoStaysSo) {
    auto day = office("  - {at: 1s, device: core, latency: 9ms}\nrepeat: 1s\n");
    day.step();
    EXPECT_EQ(day.next_event(), 2s);
    EXPECT_EQ(day.ask(asio::ip::make_address("10.1.0.1")).after[0], 9ms);
}

TEST(Office, ADeadSwitchTakesAllBehindItAlong) {
    auto day = office(
        "  - {at: 1s, device: sw-3f, silent: true}\n  - {at: 2s, device: sw-3f, silent: false}\n");
    EXPECT_EQ(day.step(), "sw-3f goes silent (4 behind it)");
    for (const auto* gone : {"10.1.3.1", "fd00::31", "10.1.3.2", "10.1.3.101", "10.1.3.103"}) {
        EXPECT_FALSE(answers(day, gone)) << gone;
    }
    EXPECT_TRUE(answers(day, "10.1.0.1"));
    EXPECT_TRUE(answers(day, "10.1.2.1"));
    EXPECT_EQ(day.step(), "sw-3f answers again (4 behind it)");
    EXPECT_TRUE(answers(day, "10.1.3.1"));
    EXPECT_TRUE(answers(day, "10.1.3.103"));
}

TEST(Office, WhatIsSilentItselfStaysSilentWhenItsSwitchComesBack) {
    auto day = office(R"(  - {at: 1s, device: pc-3f-2, silent: true}
  - {at: 2s, device: core, silent: true}
  - {at: 3s, device: core, silent: false}
)");
    while (day.next_event()) day.step();
    EXPECT_TRUE(answers(day, "10.1.3.101"));
    EXPECT_FALSE(answers(day, "10.1.3.102"));
}

struct Words {
    std::string name, event, said;
    friend void PrintTo(const Words& it, std::ostream* out) { *out << it.name; }
};
class WordsTest : public testing::TestWithParam<Words> {};

TEST_P(WordsTest, SayWhatHappens) {
    EXPECT_EQ(office("  - {at: 1s, " + GetParam().event + "}\n").step(), GetParam().said);
}

INSTANTIATE_TEST_SUITE_P(
    Office, WordsTest,
    testing::Values(Words{"One", "device: pc-3f-1, silent: true", "pc-3f-1 goes silent"},
                    Words{"Many", "device: pc-3f, silent: true", "pc-3f goes silent (3 devices)"},
                    Words{"Way", "device: ap-3f, silent: true", "ap-3f goes silent (3 behind it)"},
                    Words{"Loss", "device: sw-3f, loss: 35%", "sw-3f loses 35 % of the requests"},
                    Words{"Several", "device: sw-3f, latency: 120ms, jitter: 1.5ms, duplicates: 1%",
                          "sw-3f answers after 120 ms, jitters by 1.5 ms, answers 1 % twice"}),
    [](const auto& test) { return test.param.name; });

TEST(Office, OneDevicesChancesDoNotDependOnTheOthers) {
    const std::string lossy = "  - {at: 0s, device: sw-2f, loss: 50%}\n";
    auto quiet = office(lossy);
    auto busy = office(lossy);
    quiet.step();
    busy.step();
    for (int i = 0; i < 200; ++i) {
        answers(busy, "10.1.0.1");
        EXPECT_EQ(answers(quiet, "10.1.2.1"), answers(busy, "10.1.2.1")) << i;
    }
}

TEST(Office, TheClockFace) {
    EXPECT_EQ(clock_face(0us), "00:00");
    EXPECT_EQ(clock_face(40999ms), "00:40");
    EXPECT_EQ(clock_face(754s), "12:34");
    EXPECT_EQ(clock_face(3661s), "1:01:01");
}

}  // namespace
}  // namespace rounds::simulator
