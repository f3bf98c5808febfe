#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <date/tz.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "config/load.hpp"
#include "tests/core/calendar_agreement.hpp"

namespace rounds::config {
namespace {

using namespace std::chrono_literals;
using core::WallTime;

/// The C library as a second opinion: it reads the same files with other code.
class CLibrary {
 public:
    explicit CLibrary(const std::string& zone) { use(zone.c_str()); }
    ~CLibrary() { use(nullptr); }
    CLibrary(const CLibrary&) = delete;
    CLibrary& operator=(const CLibrary&) = delete;

    static std::chrono::seconds offset_at(WallTime time) {
        const std::time_t seconds =
            std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
        tm local{};
        localtime_r(&seconds, &local);
        return std::chrono::seconds{local.tm_gmtoff};
    }

    static void use(const char* zone) {
        if (zone == nullptr) {
            unsetenv("TZ");
        } else {
            setenv("TZ", zone, 1);
        }
        tzset();
    }
};

WallTime year(int number) {
    return WallTime{std::chrono::sys_days{std::chrono::year{number} / 1 / 1}};
}

/// The changes between two years as the C library sees them, minute by minute.
std::vector<core::TimeZone::Transition> seen_changes(WallTime from, WallTime until) {
    std::vector<core::TimeZone::Transition> seen{{from, CLibrary::offset_at(from)}};
    for (WallTime time = from; time < until; time += 1min) {
        const auto offset = CLibrary::offset_at(time);
        if (offset != seen.back().offset) seen.push_back({time, offset});
    }
    return seen;
}

class CalendarOfARealZoneTest : public testing::TestWithParam<const char*> {};

TEST_P(CalendarOfARealZoneTest, AgreesWithAClerkWhoLooksEveryMinute) {
    const auto zone = system_time_zone(GetParam()).value();
    const CLibrary library{GetParam()};
    const auto changes = seen_changes(year(2024), year(2028));
    for (unsigned seed = 101; seed <= 103; ++seed) {
        core::naive::expect_agreement(zone, changes, std::chrono::year{2025},
                                      std::chrono::year{2027}, seed);
        if (HasFatalFailure()) return;
    }
}

INSTANTIATE_TEST_SUITE_P(Zones, CalendarOfARealZoneTest,
                         testing::Values("Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                         "Asia/Shanghai"),
                         [](const auto& one) {
                             std::string name = one.param;
                             std::erase_if(name, [](char c) { return c == '/' || c == '_'; });
                             return name;
                         });

// Every zone there is: at the changes, a second before them, and at moments drawn from 1970 to 2037.
TEST(SystemTimeZone, EveryZoneAgreesWithTheCLibrary) {
    std::mt19937 random{42};
    std::uniform_int_distribution<std::int64_t> moments{0, core::to_ms(year(2037))};
    std::size_t with_changes = 0;
    for (const auto& known : date::get_tzdb().zones) {
        SCOPED_TRACE(known.name());
        const auto zone = system_time_zone(known.name()).value();
        ASSERT_EQ(zone.name(), known.name());
        const CLibrary library{known.name()};
        WallTime at{};
        bool changed = false;
        for (int n = 0; n < 200; ++n) {
            const WallTime time = core::from_ms(moments(random));
            ASSERT_EQ(zone.offset_at(time), CLibrary::offset_at(time)) << core::to_ms(time);
        }
        for (int y = 1970; y < 2037; y += 1) {  // by halves, to the second
            for (at = year(y); at < year(y + 1); at += 24h * 30) {
                WallTime low = at;
                WallTime high = at + 24h * 30;
                if (zone.offset_at(low) == zone.offset_at(high)) continue;
                changed = true;
                while (high - low > 1s) {
                    const WallTime middle =
                        std::chrono::floor<std::chrono::seconds>(low + (high - low) / 2);
                    (zone.offset_at(middle) == zone.offset_at(low) ? low : high) = middle;
                }
                ASSERT_EQ(zone.offset_at(low), CLibrary::offset_at(low)) << core::to_ms(low);
                ASSERT_EQ(zone.offset_at(high), CLibrary::offset_at(high)) << core::to_ms(high);
            }
        }
        with_changes += changed ? 1 : 0;
    }
    EXPECT_GT(with_changes, 100U);
}

// What the comment in config/time_zones.cpp says of the files: a slim build of them would end in the past.
TEST(SystemTimeZone, TheFilesReachTo2037) {
    const auto berlin = system_time_zone("Europe/Berlin").value();
    const auto on = [&](int y, unsigned month) {
        return berlin.offset_at(WallTime{std::chrono::sys_days{std::chrono::year{y} / month / 1}});
    };
    EXPECT_EQ(on(2037, 7), 2h);
    EXPECT_EQ(on(2037, 12), 1h);
    EXPECT_EQ(on(2038, 7), 1h);
}

TEST(SystemTimeZone, AMisspeltNameIsToldTheNearest) {
    const auto said = [](const std::string& name) {
        const auto zone = system_time_zone(name);
        EXPECT_TRUE(zone.has_error()) << name;
        EXPECT_EQ(zone.error().kind, core::Error::Kind::invalid_input);
        return zone.error().message;
    };
    EXPECT_EQ(said("Asia/Shangai"),
              "there is no time zone \"Asia/Shangai\": did you mean Asia/Shanghai?");
    EXPECT_EQ(said("asia/shanghai"),
              "there is no time zone \"asia/shanghai\": did you mean Asia/Shanghai?");
    EXPECT_EQ(said("Europe/Berlim"),
              "there is no time zone \"Europe/Berlim\": did you mean Europe/Berlin?");
    EXPECT_EQ(said("+08:00"),
              "there is no time zone \"+08:00\": write an IANA name such as Asia/Shanghai");
    EXPECT_EQ(said(""), "there is no time zone \"\": write an IANA name such as Asia/Shanghai");
    EXPECT_EQ(said("\x1b[2J"),
              "there is no time zone \"\\x1b[2J\": write an IANA name such as Asia/Shanghai");
    for (const auto* path :
         {"../../../etc/passwd", "/etc/passwd", "/etc/localtime", "Asia", "zone.tab"}) {
        EXPECT_NE(said(path).find("there is no time zone"), std::string::npos);
    }
}

TEST(LocalTimeZone, IsTheOneThatTzNames) {
    const auto named = [](const char* tz) {
        CLibrary::use(tz);
        const auto name = local_time_zone().name();
        CLibrary::use(nullptr);
        return name;
    };
    EXPECT_EQ(named("Asia/Tokyo"), "Asia/Tokyo");
    EXPECT_EQ(named(":Europe/Berlin"), "Europe/Berlin");
    EXPECT_EQ(named("/usr/share/zoneinfo/America/New_York"), "America/New_York");
    EXPECT_EQ(named(""), "UTC");
    EXPECT_EQ(named("CST-8"), "UTC");
    EXPECT_EQ(named("Asia/Nowhere"), "UTC");
}

TEST(LocalTimeZone, IsElseTheMachines) {
    CLibrary::use(nullptr);
    const auto zone = local_time_zone();
    for (int y = 1971; y < 2037; ++y) {
        EXPECT_EQ(zone.offset_at(year(y)), CLibrary::offset_at(year(y)));
    }
}

/// In a mount namespace of its own, this process's zone folder is an empty one. False when the system does
/// not allow it.
bool empty_zone_folder() {
    const bool own_mounts = unshare(CLONE_NEWNS) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
    return own_mounts && mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           mount("none", "/usr/share/zoneinfo", "tmpfs", 0, nullptr) == 0;
}

bool may_empty_the_zone_folder() {
    const pid_t child = fork();
    if (child == 0) _exit(empty_zone_folder() ? 0 : 1);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

[[noreturn]] void say_without_zones() {
    if (!empty_zone_folder()) std::exit(1);
    const auto zone = system_time_zone("Asia/Shanghai");
    std::fprintf(stderr, "%s; local is %s\n",
                 zone.has_value() ? "found" : zone.error().message.c_str(),
                 local_time_zone().name().c_str());
    std::exit(0);
}

[[noreturn]] void say_with_damaged_zones() {
    const std::string folder = "/usr/share/zoneinfo/";
    std::string whole(200, '\0');
    std::ifstream{folder + "Europe/Berlin"}.read(whole.data(), 200);
    if (!empty_zone_folder()) std::exit(1);
    std::filesystem::create_directory(folder + "Europe");
    std::ofstream{folder + "Europe/Berlin"} << whole;
    std::ofstream{folder + "Europe/Rome"} << "this is no zone file";
    std::ofstream{folder + "Europe/Paris"};
    for (const auto* name : {"Europe/Berlin", "Europe/Rome", "Europe/Paris"}) {
        const auto zone = system_time_zone(name);
        std::fprintf(stderr, "%s\n", zone.has_value() ? "found" : zone.error().message.c_str());
    }
    std::exit(0);
}

// The library looks once in the life of a process: each of these stories has one to itself.
TEST(SystemTimeZoneDeathTest, WithoutZoneFilesTheSentenceNamesThePackage) {
    if (!may_empty_the_zone_folder()) GTEST_SKIP() << "no mount namespaces here";
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        say_without_zones(), testing::ExitedWithCode(0),
        "^this machine has no time zones in /usr/share/zoneinfo/: install the package tzdata; "
        "local is UTC");
}

TEST(SystemTimeZoneDeathTest, ADamagedZoneFileIsASentenceToo) {
    if (!may_empty_the_zone_folder()) GTEST_SKIP() << "no mount namespaces here";
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(say_with_damaged_zones(), testing::ExitedWithCode(0),
                "Europe/Berlin is damaged: reinstall the package tzdata\n"
                ".*Europe/Rome is damaged.*\n.*Europe/Paris is damaged");
}

}  // namespace
}  // namespace rounds::config
