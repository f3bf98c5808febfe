#include <cstdlib>
#include <ctime>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"

namespace rounds::config {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

core::WallTime at(sys_days date, core::Duration clock = 0h) {
    return core::WallTime{date} + clock;
}

TEST(SystemTimeZone, ShanghaiIsEightHoursAhead) {
    const auto zone = system_time_zone("Asia/Shanghai").value();
    EXPECT_EQ(zone.name(), "Asia/Shanghai");
    EXPECT_EQ(zone.offset_at(at(2026y / 11 / 24)), 8h);
    EXPECT_EQ(zone.offset_at(at(2036y / 7 / 1)), 8h);
    EXPECT_EQ(zone.offset_at(at(1988y / 7 / 1)), 9h);  // It had summer time from 1986 to 1991.
}

TEST(SystemTimeZone, BerlinChangesTwiceIn2026) {
    const auto zone = system_time_zone("Europe/Berlin").value();
    EXPECT_EQ(zone.offset_at(at(2026y / 3 / 29, 1h - 1ms)), 1h);
    EXPECT_EQ(zone.offset_at(at(2026y / 3 / 29, 1h)), 2h);
    EXPECT_EQ(zone.offset_at(at(2026y / 10 / 25, 1h - 1ms)), 2h);
    EXPECT_EQ(zone.offset_at(at(2026y / 10 / 25, 1h)), 1h);
    EXPECT_EQ(zone.offset_at(at(2036y / 7 / 1)), 2h);  // What the rules say of years to come.
}

TEST(SystemTimeZone, HalfHoursAndOldNamesAreKnown) {
    EXPECT_EQ(system_time_zone("Asia/Kolkata").value().offset_at(at(2026y / 1 / 1)), 5h + 30min);
    EXPECT_EQ(system_time_zone("UTC").value().offset_at(at(2026y / 7 / 1)), 0h);
    EXPECT_EQ(system_time_zone("PRC").value().offset_at(at(2026y / 7 / 1)), 8h);
}

TEST(SystemTimeZone, AMisspeltNameGetsASuggestion) {
    const auto zone = system_time_zone("Asia/Shangai");
    ASSERT_TRUE(zone.has_error());
    EXPECT_EQ(zone.error().kind, core::Error::Kind::invalid_input);
    EXPECT_EQ(zone.error().message,
              "there is no time zone \"Asia/Shangai\": did you mean Asia/Shanghai?");
    EXPECT_THAT(system_time_zone("europe/berlin").error().message,
                HasSubstr("mean Europe/Berlin?"));
    EXPECT_EQ(system_time_zone(std::string("Asia\0Shanghai", 13)).error().message,
              R"(there is no time zone "Asia\x00Shanghai": did you mean Asia/Shanghai?)");
}

class NonsenseZone : public ::testing::TestWithParam<std::string> {};

TEST_P(NonsenseZone, IsRefusedWithAnExample) {
    const auto zone = system_time_zone(GetParam());
    ASSERT_TRUE(zone.has_error());
    EXPECT_EQ(zone.error().kind, core::Error::Kind::invalid_input);
    EXPECT_THAT(zone.error().message, HasSubstr("there is no time zone"));
    EXPECT_THAT(zone.error().message, HasSubstr("write an IANA name such as Asia/Shanghai"));
}

INSTANTIATE_TEST_SUITE_P(Names, NonsenseZone,
                         ::testing::Values("", "the office", "/etc/passwd", "../../etc/localtime",
                                           "GMT+8 (Beijing)"));

/// TZ as the test says it, and afterwards as it was.
class MachineZone : public ::testing::Test {
 protected:
    MachineZone() {
        if (const char* set = std::getenv("TZ")) before_ = set;
        unsetenv("TZ");
        tzset();
    }
    ~MachineZone() override {
        if (before_) setenv("TZ", before_->c_str(), 1);
        tzset();
    }

 private:
    std::optional<std::string> before_;
};

TEST_F(MachineZone, IsWhatTheCLibraryHas) {
    const auto zone = local_time_zone();
    for (const auto date : {2020y / 1 / 15, 2026y / 3 / 29, 2026y / 7 / 15, 2026y / 11 / 24}) {
        const auto moment = at(date, 12h);
        const std::time_t seconds = system_clock::to_time_t(moment);
        std::tm local{};
        ASSERT_NE(localtime_r(&seconds, &local), nullptr);
        EXPECT_EQ(zone.offset_at(moment).count(), local.tm_gmtoff);
    }
    EXPECT_FALSE(zone.name().empty());
}

}  // namespace
}  // namespace rounds::config
