#include "core/self_report.hpp"

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

TEST(SelfReport, CountsWhatIsLateAndWhatTakesTooLong) {
    SelfReport report;
    report.ping.add(1000ms, false);
    report.ping.add(1001ms, false);
    report.snmp.add(0ms, true);
    const SelfReport::Looks ping{.count = 2, .late = 1, .latest = 1001ms};
    EXPECT_EQ(report.ping, ping) << "a second is on time";
    const SelfReport::Looks all{.count = 3, .late = 1, .overran = 1, .latest = 1001ms};
    EXPECT_EQ(report.looks(), all);
}

TEST(SelfReport, KeepsUpAsLongAsOneOfAHundredIsLate) {
    SelfReport report;
    EXPECT_TRUE(report.keeps_up()) << "nothing was to be done";
    report.snmp = {.count = 100, .late = 1, .overran = 1};
    EXPECT_TRUE(report.keeps_up());
    report.ping = {.count = 199, .late = 2};
    EXPECT_FALSE(report.keeps_up()) << "3 of 299";
    report.ping = {.count = 199, .overran = 2};
    EXPECT_FALSE(report.keeps_up());
    report = {.ping = {.count = 5, .late = 2, .overran = 2}};
    EXPECT_TRUE(report.keeps_up()) << "two are chance";
}

TEST(SelfReport, AddsUp) {
    SelfReport report;
    report.add_write(3ms);
    report.add_write(5ms);
    SelfReport other;
    other.ping.add(2s, true);
    other.snmp.add(3s, false);
    other.add_write(4ms);
    report.add(other);
    const SelfReport expected{.ping = {.count = 1, .late = 1, .overran = 1, .latest = 2s},
                              .snmp = {.count = 1, .late = 1, .latest = 3s},
                              .writes = 3,
                              .writing = 12ms,
                              .longest_write = 5ms};
    EXPECT_EQ(report, expected);
}

}  // namespace
}  // namespace rounds::core
