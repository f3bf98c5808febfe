// What tools/quickstart shows: the script and both configurations speak of the same office.
#include <algorithm>
#include <map>

#include <gmock/gmock.h>

#include "config/load.hpp"
#include "tests/simulator/script_reader.hpp"

namespace rounds::simulator {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

const std::string folder = ROUNDS_SOURCE_DIR "/tools/quickstart-office/";

Script played() {
    const auto read = load_script(folder + "script.yaml");
    EXPECT_THAT(read.problems, IsEmpty());
    return read.script;
}

/// Name and address of every device that the script plays.
std::map<std::string, std::string> played_devices() {
    std::map<std::string, std::string> all;
    for (const auto& device : played().devices) {
        all.emplace(device.name, device.addresses.front().to_string());
    }
    return all;
}

std::shared_ptr<const config::Setup> configured(const std::string& language) {
    const auto loaded = config::load(folder + "rounds-" + language + ".yaml",
                                     [](const std::string& name) -> std::optional<std::string> {
                                         return name == "ROUNDS_HOOK_PORT" ? "8080" : "/anywhere";
                                     });
    for (const auto& problem : loaded.problems) ADD_FAILURE() << problem.sentence();
    if (!loaded.setup) throw std::runtime_error("not loaded");
    return loaded.setup;
}

/// The id of the device with this name; empty when there is none.
std::string setup_id(const config::Setup& setup, const std::string& name) {
    for (const auto& device : setup.office.devices) {
        if (device.name == name) return device.id.value;
    }
    return {};
}

class QuickstartTest : public testing::TestWithParam<const char*> {};

TEST_P(QuickstartTest, WatchesTheDevicesThatThePlayHas) {
    const auto devices = played_devices();
    const auto setup = configured(GetParam());
    for (const auto& device : setup->office.devices) {
        // One name is wrong on purpose: what cannot be resolved is seen too.
        if (!device.due() || device.address.ends_with(".invalid")) continue;
        EXPECT_THAT(devices, Contains(Pair(device.name, device.address)));
    }
}

TEST_P(QuickstartTest, ItsLinkLeadsToAddressesThatThePlayHas) {
    const auto devices = played_devices();
    const auto setup = configured(GetParam());
    ASSERT_THAT(setup->office.links, Not(IsEmpty()));
    for (const auto& link : setup->office.links) {
        for (const auto& target : link.targets) {
            EXPECT_THAT(devices, Contains(Pair(testing::_, target)));
        }
    }
}

TEST_P(QuickstartTest, HangsTogetherAsThePlayDoes) {
    const auto script = played();
    const auto setup = configured(GetParam());
    for (const auto& device : setup->office.devices) {
        const auto found = std::find_if(script.devices.begin(), script.devices.end(),
                                        [&](const Device& one) { return one.name == device.name; });
        if (found == script.devices.end() || !found->behind) continue;
        EXPECT_EQ(device.upstream.value, setup_id(*setup, script.devices[*found->behind].name))
            << device.name;
    }
}

TEST_P(QuickstartTest, AsksTheAgentsThatThePlayHasAndNoOthers) {
    std::map<std::string, std::string> agents;  // by name: its community
    for (const auto& device : played().devices)
        if (device.snmp)
            agents.emplace(device.name, device.snmp->begin.community.value_or("public"));
    const auto setup = configured(GetParam());
    std::map<std::string, std::string> asked;
    for (const auto& device : setup->office.devices)
        if (device.credentials) asked.emplace(device.name, device.credentials->community);
    EXPECT_EQ(asked, agents);
    EXPECT_THAT(agents, testing::SizeIs(testing::Ge(10U)));
}

INSTANTIATE_TEST_SUITE_P(Languages, QuickstartTest, testing::Values("en", "zh-CN"),
                         [](const auto& test) { return test.param[0] == 'e' ? "en" : "zh"; });

/// The events of one device, in their order.
std::vector<Event> events_of(const Script& script, const std::string& name) {
    std::vector<Event> found;
    for (const auto& event : script.events)
        if (event.name == name) found.push_back(event);
    return found;
}

TEST(Quickstart, ASwitchDiesWithinTwoMinutesAgainAndAgainAndComesBack) {
    const auto script = played();
    ASSERT_TRUE(script.repeat);
    EXPECT_LE(*script.repeat, std::chrono::minutes{2});
    const auto events = events_of(script, "sw-3f");
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].echo.silent, true);
    EXPECT_EQ(events[1].echo.silent, false);
}

TEST(Quickstart, ATonerFallsBelowItsLimitAndIsChanged) {
    const auto events = events_of(played(), "mfp-2f");
    ASSERT_EQ(events.size(), 2U);
    EXPECT_LT(events[0].snmp.toner[black].value_or(1), 0.15) << "the usual limit of a warning";
    EXPECT_GT(events[1].snmp.toner[black].value_or(0), 0.5);
    // Long enough that two looks, 10 s apart, see it.
    EXPECT_GE(events[1].at - events[0].at, std::chrono::seconds{30});
}

}  // namespace
}  // namespace rounds::simulator
