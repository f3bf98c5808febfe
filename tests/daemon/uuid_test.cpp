#include "daemon/system/uuid.hpp"

#include <regex>
#include <set>

#include <gtest/gtest.h>

namespace rounds::daemon {
namespace {

const core::WallTime now = core::from_ms(0x019a'bcde'f012);

TEST(Uuids, AreOfVersionSevenAndSayWhen) {
    Uuids uuids;
    const std::regex form("019abcde-f012-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    for (int n = 0; n < 100; ++n) {
        const auto uuid = Uuids().next(now);
        EXPECT_TRUE(std::regex_match(uuid, form)) << uuid;
    }
}

TEST(Uuids, AreGreaterThanTheOneBeforeWhateverTheClockDoes) {
    Uuids uuids;
    std::string before;
    for (int n = 0; n < 20'000; ++n) {
        const auto uuid = uuids.next(now + core::Duration{n % 7 == 0 ? -n : n / 100});
        EXPECT_GT(uuid, before);
        EXPECT_EQ(uuid[14], '7');
        EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos);
        before = uuid;
    }
}

TEST(Uuids, OfTwoDaemonsAreNotTheSame) {
    std::set<std::string> all;
    for (int n = 0; n < 1'000; ++n) all.insert(Uuids().next(now));
    EXPECT_EQ(all.size(), 1'000U);
}

}  // namespace
}  // namespace rounds::daemon
