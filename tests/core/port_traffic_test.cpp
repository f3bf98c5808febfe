#include "core/port_traffic.hpp"

#include <cmath>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

const WallTime now = from_ms(1'795'000'000'000);
constexpr std::uint64_t top32 = 4294967295U;

/// A gigabit port that was read at `at` of an agent that began at 0.
PortReading read(Duration at, PortReading::Way in, PortReading::Way out = {}) {
    return {.in = in,
            .out = out,
            .wide = true,
            .speed_bps = 1'000'000'000,
            .at = SteadyTime{} + at,
            .agent_uptime = at + 1h,
            .discontinuity = {}};
}
const PortReading before = read(0s, {0, 0, 0, 0}, {0, 0, 0, 0});

PortReading after(PortReading::Way in, PortReading::Way out = {0, 0, 0, 0}) {
    return read(60s, in, out);
}

/// The findings, "port-errors warning 2".
std::vector<std::string> findings(const PortReading& first, const PortReading& second,
                                  const ItemRules& rules = {}) {
    std::vector<std::string> all;
    for (const auto& finding :
         judge_traffic({.name = "GE1"}, traffic_between(first, second), rules, now)) {
        EXPECT_EQ(finding.instance, "GE1");
        EXPECT_EQ(finding.evidence_at, now);
        EXPECT_EQ(finding.message.has_value(), finding.verdict != Verdict::ok);
        const std::string value =
            finding.value ? std::to_string(std::lround(*finding.value * 10)) : "-";
        all.push_back(finding.item + " " + std::string(word(finding.verdict)) + " " + value);
    }
    return all;
}

struct Case {
    std::string name;
    PortReading first, second;
    std::vector<std::string> said;  ///< Values in tenths of a percent.
};

class PortTrafficTest : public ::testing::TestWithParam<Case> {};

TEST_P(PortTrafficTest, IsJudgedOrNot) {
    EXPECT_EQ(findings(GetParam().first, GetParam().second), GetParam().said);
}

PortReading changed(PortReading reading, auto change) {
    change(reading);
    return reading;
}

const std::vector<std::string> well{"port-errors ok 0", "port-discards ok 0"};

INSTANTIATE_TEST_SUITE_P(
    Ports, PortTrafficTest,
    ::testing::Values(
        Case{"Clean", before, after({9'000'000, 10'000, 0, 0}, {9'000'000, 10'000, 0, 0}), well},
        Case{"BelowTheLimit",
             before,
             after({9'000'000, 99'200, 800, 0}),
             {"port-errors ok 8", "port-discards ok 0"}},
        Case{"OnePercentIsAWarning",
             before,
             after({9'000'000, 9'900, 100, 0}),
             {"port-errors warning 10", "port-discards ok 0"}},
        Case{"TheWorseDirectionSpeaks",
             before,
             after({9'000'000, 100'000, 0, 0}, {9'000'000, 100'000, 3'000, 0}),
             {"port-errors warning 30", "port-discards ok 0"}},
        Case{"DiscardsMayBeMore",
             before,
             after({1, 96'000, 0, 4'000}),
             {"port-errors ok 0", "port-discards ok 40"}},
        Case{"DiscardsAreToldTooMuch",
             before,
             after({1, 90'000, 0, 10'000}),
             {"port-errors ok 0", "port-discards warning 100"}},
        Case{"AllIsFaulty",
             before,
             after({1, 0, 5'000, 0}),
             {"port-errors warning 1000", "port-discards ok -"}},
        Case{"MoreDroppedThanSentIsAll",
             before,
             after({1, 0, 0, 0}, {1, 10, 0, 5'000}),
             {"port-errors ok -", "port-discards warning 1000"}},
        Case{"TooFewPacketsSayNothing",
             before,
             after({9'000, 500, 499, 499}),
             {"port-errors ok -", "port-discards ok -"}},
        Case{"FromAThousandOn",
             before,
             after({9'000, 500, 500, 0}),
             {"port-errors warning 500", "port-discards ok -"}},
        Case{"OneDirectionIsEnough",
             read(0s, {0, 0, 0, {}}),
             read(60s, {1, 5'000, 500, {}}),
             {"port-errors warning 91"}},
        Case{"NoPacketsTold", read(0s, {0, {}, 0, 0}), read(60s, {1, {}, 500, 0}), {}},
        Case{"NoErrorsTold", read(0s, {0, 0, {}, {}}), read(60s, {1, 5'000, {}, {}}), {}},
        Case{"TheAgentBeganAnew",
             read(0s, {0, 9'000'000, 70'000, 0}),
             changed(after({0, 9'000, 900, 0}), [](auto& it) { it.agent_uptime = 20s; }),
             {}},
        Case{"TheCountersBroke",
             before,
             changed(after({0, 9'000, 900, 0}), [](auto& it) { it.discontinuity = 3601s; }),
             {}},
        Case{"TwoReadingsAtOnce", before, read(0s, {1, 9'000, 900, 0}), {}},
        Case{"ErrorsThatWentBackAreNotJudged",
             read(0s, {0, 0, 500, 0}),
             after({1, 9'000, 3, 0}),
             {"port-discards ok 0"}},
        Case{"PacketsBeyondTheLine", before, after({0, 900'000'000'000, 900, 0}, {}), {}},
        Case{"NarrowPacketsWrapOnce",
             changed(read(0s, {0, top32 - 4'999, 0, 0}), [](auto& it) { it.wide = false; }),
             changed(read(60s, {0, 4'000, 1'000, 0}), [](auto& it) { it.wide = false; }),
             {"port-errors warning 100", "port-discards ok 0"}},
        Case{"OtherCountersThanBefore",
             changed(before, [](auto& it) { it.wide = false; }),
             after({0, 9'000, 900, 0}),
             {}}),
    [](const auto& one) { return one.param.name; });

TEST(PortTraffic, OwnLimitsCount) {
    const auto second = after({1, 97'000, 3'000, 0});
    ItemRules rules;
    rules.limits["port-errors"] = {.warning = 2, .critical = 3};
    EXPECT_THAT(findings(before, second, rules), ::testing::Contains("port-errors critical 30"));
    rules.limits["port-errors"] = {};
    EXPECT_THAT(findings(before, second, rules), ::testing::ElementsAre("port-discards ok 0"));
}

TEST(PortTraffic, APortMayHaveItsOwnLimitsOrNone) {
    const auto second = after({1, 97'000, 3'000, 0});
    ItemRules rules;
    rules.limits["port-errors"] = {.warning = 50, .critical = {}};
    rules.ports = {{.port = "GE1", .limits = {{"port-errors", {.warning = 2, .critical = 3}}}}};
    EXPECT_THAT(findings(before, second, rules), ::testing::Contains("port-errors critical 30"));
    rules.ports[0].port = "GE2";
    EXPECT_THAT(findings(before, second, rules), ::testing::Contains("port-errors ok 30"));
    rules.ports[0] = {.port = "GE1", .ignored = {"port-errors"}};
    EXPECT_THAT(findings(before, second, rules), ::testing::ElementsAre("port-discards ok 0"));
}

TEST(PortTraffic, SaysTheShareInWords) {
    const auto all = judge_traffic({.name = "GE0/0/1"},
                                   traffic_between(before, after({1, 97'500, 2'500, 0})), {}, now);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(render(*all[0].message, {}), "port GE0/0/1: 2.5% of packets with errors, limit 1%");
    EXPECT_EQ(render(*all[0].message, {.language = Language::chinese}),
              "端口 GE0/0/1：差错包占 2.5%，阈值 1%");
}

TEST(PortTraffic, UtilisationIsJudgedWhereSomebodySetALimit) {
    const auto traffic = traffic_between(before, after({7'500'000, 0, 0, 0}, {{}, {}, {}, {}}));
    const auto utilisation = [&](std::optional<std::int64_t> speed_bps, const ItemRules& rules) {
        std::string found;
        for (const auto& finding :
             judge_traffic({.name = "p", .speed_bps = speed_bps}, traffic, rules, now)) {
            if (finding.item == "port-utilisation")
                found = std::string(word(finding.verdict)) + " " +
                        std::to_string(std::lround(*finding.value));
        }
        return found;
    };
    const ItemRules rules{
        .limits = {{"port-utilisation", {.warning = 80, .critical = 95}}},
        .ports = {
            {.port = "p", .limits = {{"port-utilisation", {.warning = 40, .critical = 50}}}}}};
    ItemRules device = rules;
    device.ports.clear();
    EXPECT_EQ(utilisation(2'000'000, {}), "") << "nobody said how much is too much";
    EXPECT_EQ(utilisation(2'000'000, device), "ok 50");
    EXPECT_EQ(utilisation(2'000'000, rules), "critical 50");
    EXPECT_EQ(utilisation(1'250'000, device), "warning 80");
    EXPECT_EQ(utilisation(0, rules), "");
    EXPECT_EQ(utilisation({}, rules), "") << "how fast it is is not known";
}

TEST(PortTraffic, IsInBitsPerSecond) {
    const auto traffic = traffic_between(before, after({7'500'000, 0, 0, 0}, {{}, {}, {}, {}}));
    EXPECT_DOUBLE_EQ(*traffic.in.bits_per_second, 1e6);
    EXPECT_EQ(traffic.out, PortTraffic::Way{});
}

TEST(PortTraffic, AReadingHasWhatThePortTells) {
    const InterfaceFacts port{.in_octets = 1,
                              .out_octets = 2,
                              .in_packets = 3,
                              .out_packets = 4,
                              .in_errors = 5,
                              .out_errors = 6,
                              .in_discards = 7,
                              .out_discards = 8};
    const auto reading = port_reading(port, 9s, SteadyTime{} + 10s);
    EXPECT_EQ(reading.in, (PortReading::Way{1, 3, 5, 7}));
    EXPECT_EQ(reading.out, (PortReading::Way{2, 4, 6, 8}));
    EXPECT_EQ(reading.agent_uptime, Duration(9s));
    EXPECT_EQ(reading.at, SteadyTime{} + 10s);
}

// Whatever two readings say, a share is one: 0 to 100, or not there.
TEST(PortTraffic, AShareIsAShare) {
    std::mt19937_64 dice(5);
    const auto any = [&]() -> std::optional<std::uint64_t> {
        if (dice() % 5 == 0) return std::nullopt;
        return dice() % (std::uint64_t{1} << (1 + dice() % 40));
    };
    const auto way = [&] { return PortReading::Way{any(), any(), any(), any()}; };
    for (int round = 0; round < 20'000; ++round) {
        auto first = read(0s, way(), way());
        auto second =
            read(core::Duration{static_cast<std::int64_t>(dice() % 600'000)}, way(), way());
        if (dice() % 3 == 0) second.speed_bps.reset();
        if (dice() % 2 == 0) first.wide = second.wide = false;
        for (const auto& finding :
             judge_traffic({.name = "p"}, traffic_between(first, second), {}, now)) {
            if (!finding.value) continue;
            EXPECT_GE(*finding.value, 0);
            EXPECT_LE(*finding.value, 100);
        }
    }
}

TEST(PortNames, AreIndexNameDescriptionOrAlias) {
    const InterfaceFacts port{.index = 7, .name = "GE7", .descr = "Gigabit 7", .alias = "uplink"};
    for (const char* name : {"7", "GE7", "Gigabit 7", "uplink"}) EXPECT_TRUE(is_called(port, name));
    for (const char* name : {"", "8", "ge7"}) EXPECT_FALSE(is_called(port, name));
    EXPECT_FALSE(is_called({.index = 7}, ""));
}

/// What is said of a link of 100 Mbit/s: "warning 90".
std::string utilisation(double in_bps, double out_bps, const Link& link) {
    const PortTraffic traffic{
        .in = {.bits_per_second = in_bps, .packets = {}, .errors = {}, .discards = {}},
        .out = {.bits_per_second = out_bps, .packets = {}, .errors = {}, .discards = {}}};
    const auto finding = judge_utilisation(link, traffic, now);
    if (!finding) return "";
    EXPECT_EQ(finding->item, "utilisation");
    EXPECT_EQ(finding->message.has_value(), finding->verdict != Verdict::ok);
    return std::string(word(finding->verdict)) + " " + std::to_string(std::lround(*finding->value));
}

TEST(LinkUtilisation, IsOfTheBusierDirectionAndNeedsABandwidth) {
    const Link link{.bandwidth_bps = 100'000'000};
    EXPECT_EQ(utilisation(10e6, 89e6, link), "ok 89");
    EXPECT_EQ(utilisation(90e6, 1e6, link), "warning 90");
    EXPECT_EQ(utilisation(0, 250e6, link), "warning 250")
        << "more than was declared is told as it is";
    EXPECT_EQ(utilisation(90e6, 90e6, {}), "");
    EXPECT_FALSE(judge_utilisation(link, {}, now));
}

TEST(LinkUtilisation, HasTheLimitsOfItsLink) {
    const Link strict{.bandwidth_bps = 100'000'000,
                      .limits = {{"utilisation", {.warning = 50, .critical = 80}}}};
    EXPECT_EQ(utilisation(51e6, 0, strict), "warning 51");
    EXPECT_EQ(utilisation(80e6, 0, strict), "critical 80");
    const Link never{.bandwidth_bps = 100'000'000, .limits = {{"utilisation", {}}}};
    EXPECT_EQ(utilisation(99e6, 0, never), "");
}

}  // namespace
}  // namespace rounds::core
