// What is due is looked at when it is due, whatever else goes on.
#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using namespace std::chrono_literals;

TEST(KeepingUp, ARoundOfManySilentAgentsDelaysNobodysLook) {
    std::string yaml = R"yaml(
site: {name: Large office, locale: en, time_zone: Europe/Berlin}
credentials: {office: {snmp: v2c, community: secret}}
polling:
  ping: {interval: 30s}
  snmp: {interval: 5m, timeout: 10s, retries: 2}
rounds: [{name: morning, at: "08:30", days: all}]
devices:
)yaml";
    const auto address = [](int i) { return fmt::format("10.2.{}.{}", i / 250, 1 + i % 250); };
    constexpr int devices = 400;
    for (int i = 1; i <= devices; ++i)
        yaml += fmt::format(
            "  - {{name: sw-{:03}, address: {}, class: switch, credentials: office{}}}\n", i,
            address(i), i == devices ? ", snmp: {interval: 1m}" : "");
    House house{yaml, at("2026-11-10 08:20")};
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
