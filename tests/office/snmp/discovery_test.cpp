// Hundreds of engines to be found at once: so many at a time, and none is lost in the line.
#include <gmock/gmock.h>

#include "tests/office/snmp/v3_talk.hpp"

namespace rounds::simulator {
namespace {

using core::SnmpAuth;
using core::SnmpPriv;
using core::SnmpTrouble;

constexpr std::size_t many = 500;
constexpr std::size_t window = probes::SnmpEngine::discoveries_at_once;
const SnmpUser by{.name = "rounds",
                  .auth = SnmpAuth::sha256,
                  .auth_password = "maplesyrup",
                  .priv = SnmpPriv::aes128,
                  .priv_password = "sugar-cane"};

std::string name_of(std::size_t device) {
    return fmt::format("sw-{}", device);
}
std::string address_of(std::size_t device) {
    return fmt::format("127.67.{}.{}", device / 200, device % 200 + 1);
}

std::string script(std::size_t devices, std::size_t silent = 0) {
    std::string text = "devices:\n";
    for (std::size_t i = 0; i < devices; ++i) {
        text += fmt::format("  - {{name: {}, address: {}, snmp: {{kind: switch, v3: {}{}}}}}\n",
                            name_of(i), address_of(i), written(by),
                            i < silent ? ", fault: {silent_after: 0}" : "");
    }
    return text;
}

/// None of them asks twice: nothing is lost on loopback.
ports::SnmpAgent patient(ports::SnmpAgent agent) {
    agent.plan.timeout = core::Duration{20'000};
    return agent;
}

TEST(Discovery, OfManyEnginesIsWindowedAndFindsThemAll) {
    static_assert(many > 4 * window);
    V3Talk talk(script(many));
    talk.office.holds = window;
    talk.office.held_in_all = many;
    std::vector<ports::SnmpAgent> agents;
    std::vector<Said> names;
    for (std::size_t i = 0; i < many; ++i) {
        agents.push_back(patient(talk.agent(address_of(i), by)));
        names.emplace_back(name_of(i));
    }
    EXPECT_EQ(talk.names(agents), names);
    EXPECT_EQ(talk.office.most_held(), window) << "as many as may be, and never one more";
    EXPECT_EQ(talk.office.discoveries(), many);
    EXPECT_EQ(talk.office.heard(), 2 * many);
    EXPECT_EQ(talk.asker.engine->counters().resent, 0U);
    EXPECT_EQ(talk.asker.engine->counters().received, many);

    EXPECT_EQ(talk.names(agents), names) << "who is known needs no place in the window";
    EXPECT_EQ(talk.office.discoveries(), many);
    EXPECT_EQ(talk.office.heard(), 3 * many);
}

TEST(Discovery, OneEngineTakesOnePlaceHoweverManyAskForIt) {
    V3Talk talk(script(2));
    talk.office.holds = window;
    talk.office.held_in_all = 2;
    std::vector<ports::SnmpAgent> agents(2 * window, patient(talk.agent(address_of(0), by)));
    agents.push_back(patient(talk.agent(address_of(1), by)));
    std::vector<Said> names(2 * window, Said{name_of(0)});
    names.emplace_back(name_of(1));
    EXPECT_EQ(talk.names(agents), names);
    EXPECT_EQ(talk.office.discoveries(), 2U);
    EXPECT_EQ(talk.office.most_held(), 2U) << "the second did not wait for the first";
}

TEST(Discovery, TheSilentGiveTheirPlacesBack) {
    constexpr std::size_t silent = window + window / 2, all = silent + window;
    V3Talk talk(script(all, silent));
    std::vector<ports::SnmpAgent> agents;
    std::vector<Said> said;
    for (std::size_t i = 0; i < all; ++i) {
        const auto agent = talk.agent(address_of(i), by);
        agents.push_back(i < silent ? V3Talk::hurried(agent, 30, 0) : patient(agent));
        said.push_back(i < silent ? Said{SnmpTrouble::timeout} : Said{name_of(i)});
    }
    EXPECT_EQ(talk.names(agents), said);
    EXPECT_EQ(talk.office.discoveries(), all);
    EXPECT_EQ(talk.asker.engine->counters().resent, 0U);
}

}  // namespace
}  // namespace rounds::simulator
