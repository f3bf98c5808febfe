#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

using namespace std::chrono;
using ::testing::ElementsAre;

TEST(TimeZones, ShanghaiIsEightHoursAheadAllYear) {
    const auto zone = system_time_zone("Asia/Shanghai");
    ASSERT_TRUE(zone);
    EXPECT_EQ(zone->name(), "Asia/Shanghai");
    EXPECT_EQ(zone->offset_at(core::WallTime{sys_days{2026y / 1 / 15}}), 8h);
    EXPECT_EQ(zone->offset_at(core::WallTime{sys_days{2026y / 7 / 15}}), 8h);
}

TEST(TimeZones, BerlinChangesAtOneUtcOnTheLastSundays) {
    const auto zone = system_time_zone("Europe/Berlin").value();
    const core::WallTime spring = sys_days{2026y / 3 / 29} + 1h;
    const core::WallTime autumn = sys_days{2026y / 10 / 25} + 1h;
    EXPECT_EQ(zone.offset_at(spring - 1ms), 1h);
    EXPECT_EQ(zone.offset_at(spring), 2h);
    EXPECT_EQ(zone.offset_at(autumn - 1ms), 2h);
    EXPECT_EQ(zone.offset_at(autumn), 1h);
}

TEST(TimeZones, OffsetsNeedNotBeHours) {
    EXPECT_EQ(
        system_time_zone("Asia/Kathmandu")->offset_at(core::WallTime{sys_days{2026y / 1 / 1}}),
        5h + 45min);
}

TEST(TimeZones, AnUnknownNameIsRefusedWithTheNearest) {
    const auto zone = system_time_zone("Asia/Shangai");
    ASSERT_FALSE(zone);
    EXPECT_EQ(zone.error().kind, core::Error::Kind::invalid_input);
    EXPECT_EQ(zone.error().message,
              "there is no time zone \"Asia/Shangai\": did you mean Asia/Shanghai?");
    for (const std::string wrong :
         {"", "..", "../../etc/passwd", "/etc/localtime", "Europe", "a\x1b[31m"}) {
        const auto none = system_time_zone(wrong);
        ASSERT_FALSE(none) << wrong;
        EXPECT_EQ(none.error().message.find('\x1b'), std::string::npos);
    }
}

TEST(TimeZones, TheMachineHasOne) {
    EXPECT_FALSE(local_time_zone().name().empty());
}

TEST(TimeZones, TheConfigurationTellsWhereItIsWrong) {
    EXPECT_THAT(Written("site: {time_zone: Asia/Shangai}\ndevices: [{name: a}]\n").sentences(),
                ElementsAre("rounds.yaml:1:19: time_zone: there is no time zone \"Asia/Shangai\": "
                            "did you mean Asia/Shanghai?"));
}

}  // namespace
}  // namespace rounds::config
