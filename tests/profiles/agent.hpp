// One agent, looked at through the shipped profiles on a fake clock.
#pragma once

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "config/encoding.hpp"
#include "config/profiles.hpp"
#include "probes/snmp_probe.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_snmp.hpp"

namespace rounds::probes {

/// Compiled once: a look does not change it.
[[nodiscard]] inline const std::shared_ptr<const core::Profiles>& shipped() {
    static const auto profiles = config::load_profiles().profiles;
    return profiles;
}

class AgentTest : public testing::Test {
 protected:
    static constexpr auto address = "10.1.3.1";

    /// One value of the agent.
    void set(std::string_view name, core::SnmpValue value) {
        snmp.set(address, name, std::move(value));
    }
    /// One row: `columns` are number and value below the entry.
    void row(const std::string& entry, const std::string& index,
             const std::vector<std::pair<int, core::SnmpValue>>& columns) {
        for (const auto& [column, value] : columns)
            set(entry + "." + std::to_string(column) + "." + index, value);
    }
    /// sysDescr and sysObjectID, so that it answers at all.
    void introduce(const std::string& descr = "Any device",
                   std::string_view object = "1.3.6.1.4.1.32473.1") {
        set("1.3.6.1.2.1.1.1.0", tests::octets(descr));
        set("1.3.6.1.2.1.1.2.0", tests::oid(object));
    }

    /// A whole look, or with `known` one that asks for what moves alone.
    SnmpObservation look(core::Duration within = core::Duration{60'000},
                         std::shared_ptr<const core::Standing> known = nullptr) {
        const ports::SnmpAgent agent{
            asio::ip::make_address(address), std::make_shared<core::SnmpCredentials>(), {}};
        const SnmpLook how{snmp, clock, profiles, config::from_gb18030};
        std::optional<core::Standing> standing;
        if (known) standing = *known;
        std::optional<SnmpObservation> seen;
        asio::co_spawn(loop, look_by_snmp(agent, how, clock.now() + within, std::move(standing)),
                       [&](std::exception_ptr thrown, SnmpObservation observation) {
                           if (thrown) std::rethrow_exception(thrown);
                           seen = std::move(observation);
                       });
        clock.run_until(clock.wall() + core::Duration{600'000}, [&] { return seen.has_value(); });
        return seen.value();
    }
    /// What it tells; a test fails when it tells nothing.
    core::Facts facts() {
        const auto seen = look();
        EXPECT_EQ(seen.missing, std::vector<core::Message>{});
        return seen.facts() == nullptr ? core::Facts{} : *seen.facts();
    }

    asio::io_context loop{1};
    tests::FakeClock clock{loop, core::from_ms(1'795'000'000'000)};
    tests::FakeSnmp snmp{clock};
    std::shared_ptr<const core::Profiles> profiles = shipped();
};

}  // namespace rounds::probes
