// What is due is looked at when it is due, whatever else goes on.
#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using namespace std::chrono_literals;

/// A switch of this number.
std::string address(int i) {
    return fmt::format("10.2.{}.{}", i / 250, 1 + i % 250);
}

/// So many switches below `settings`; `of_last` is said of the last one alone.
std::string office_of(int devices, std::string settings, const std::string& of_last = "") {
    settings += "devices:\n";
    for (int i = 1; i <= devices; ++i)
        settings += fmt::format(
            "  - {{name: sw-{:03}, address: {}, class: switch, credentials: office{}}}\n", i,
            address(i), i == devices ? of_last : "");
    return settings;
}

TEST(KeepingUp, WhoCannotLooksAtAllEquallyOftenAndSaysSo) {
    // A hundred places, and each silent agent takes one for half a minute: 200 looks a minute of 300.
    const std::string settings = R"yaml(
site: {name: Slow office, locale: en, time_zone: Europe/Berlin}
credentials: {office: {snmp: v2c, community: secret}}
polling: {snmp: {interval: 1m, timeout: 10s, retries: 2}}
rounds: [{name: morning, at: "08:30", days: all}]
)yaml";
    constexpr int devices = 300;
    House house{office_of(devices, settings), at("2026-11-10 07:00")};
    for (int i = 1; i <= devices; ++i) house.office().add(address(i));
    house.start();
    house.run_until(at("2026-11-10 08:00"));
    int least = house.snmp().requests_to(address(1)), most = least;
    for (int i = 1; i <= devices; ++i) {
        least = std::min(least, house.snmp().requests_to(address(i)));
        most = std::max(most, house.snmp().requests_to(address(i)));
    }
    EXPECT_GE(least, 38) << "of the 40 that there is room for";
    EXPECT_LE(most, least + 1);
    house.run_until(at("2026-11-10 08:40"));
    const auto made = house.read().last_round("morning").value();
    ASSERT_TRUE(made);
    const auto self = house.read().record(made->id).value().round.self;
    ASSERT_TRUE(self);
    EXPECT_FALSE(self->keeps_up());
    EXPECT_GT(self->snmp.late, self->snmp.count / 2);
    EXPECT_EQ(self->ping.late, 0) << "one does not hinder the other";
    EXPECT_LE(self->snmp.latest, 60s) << "what could not be done is not done later";
}

TEST(KeepingUp, AReloadDelaysNobodysLook) {
    const std::string settings = R"yaml(
site: {name: Office, locale: en, time_zone: Europe/Berlin}
credentials: {office: {snmp: v2c, community: secret}}
polling: {ping: {interval: 30s}, snmp: {interval: 1m}}
)yaml";
    constexpr int devices = 20;
    House house{office_of(devices, settings), at("2026-11-10 07:00")};
    std::map<int, std::vector<core::WallTime>> looks;
    for (int i = 1; i <= devices; ++i) {
        house.office().add(address(i));
        house.snmp().set(address(i), "1.3.6.1.2.1.1.1.0", octets("A device"));
        house.snmp().move(address(i), "1.3.6.1.2.1.1.2.0", [&looks, i](core::WallTime now) {
            if (looks[i].empty() || looks[i].back() != now) looks[i].push_back(now);
            return oid("1.3.6.1.4.1.99999.1");
        });
    }
    house.start();
    house.run_until(at("2026-11-10 07:10:37"));
    house.app().reload();
    house.run_until(at("2026-11-10 07:20"));
    for (const auto& [device, times] : looks) {
        for (std::size_t look = 1; look < times.size(); ++look)
            EXPECT_LE(times[look] - times[look - 1], 61s) << "sw-" << device;
    }
    EXPECT_EQ(looks.size(), std::size_t{devices});
}

TEST(KeepingUp, ARoundOfManySilentAgentsDelaysNobodysLook) {
    const std::string settings = R"yaml(
site: {name: Large office, locale: en, time_zone: Europe/Berlin}
credentials: {office: {snmp: v2c, community: secret}}
polling:
  ping: {interval: 30s}
  snmp: {interval: 5m, timeout: 10s, retries: 2}
rounds: [{name: morning, at: "08:30", days: all}]
)yaml";
    constexpr int devices = 400;
    House house{office_of(devices, settings, ", snmp: {interval: 1m}"), at("2026-11-10 08:20")};
    for (int i = 1; i <= devices; ++i) house.office().add(address(i));
    const std::string healthy = address(devices);  // the last in line
    house.snmp().set(healthy, "1.3.6.1.2.1.1.1.0", octets("A device"));
    std::vector<core::WallTime> looks;
    house.snmp().move(healthy, "1.3.6.1.2.1.1.2.0", [&looks](core::WallTime now) {
        looks.push_back(now);
        return oid("1.3.6.1.4.1.99999.1");
    });
    house.start();
    house.run_until(at("2026-11-10 08:40"));
    ASSERT_EQ(
        house.read().rounds_begun({at("2026-11-10 08:20"), at("2026-11-10 08:40")}).value().size(),
        1U);
    ASSERT_GE(looks.size(), 19U);
    const auto late =
        std::ranges::adjacent_find(looks, [](auto one, auto next) { return next - one > 61s; });
    EXPECT_EQ(late, looks.end()) << "not looked at for "
                                 << std::chrono::duration<double>(*std::next(late) - *late).count()
                                 << " s";
}

}  // namespace
}  // namespace rounds::tests
