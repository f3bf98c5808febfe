// Devices that left the factory with one engine ID (or were cloned with it): each keeps its own time and keys.
#include <chrono>
#include <ostream>

#include <gmock/gmock.h>

#include "tests/office/snmp/v3_talk.hpp"

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;
using core::SnmpAuth;
using core::SnmpPriv;
using testing::ElementsAre;

constexpr const char* first = "127.66.1.1";
constexpr const char* second = "127.66.1.2";

SnmpUser user(const std::string& auth_password, const std::string& priv_password,
              SnmpAuth auth = SnmpAuth::sha256) {
    return {.name = "rounds",
            .auth = auth,
            .auth_password = auth_password,
            .priv = SnmpPriv::aes128,
            .priv_password = priv_password};
}

struct Clones {
    std::string name;
    SnmpUser of_first, of_second;
    friend void PrintTo(const Clones& it, std::ostream* out) { *out << it.name; }
};

class CloneTest : public testing::TestWithParam<Clones> {
 protected:
    static std::string script() {
        const auto device = [](const char* name, const char* address, int days,
                               const SnmpUser& by) {
            return fmt::format(
                "  - {{name: {}, address: {}, snmp: {{kind: switch, engine: series-7, days_up: {}, "
                "v3: {}}}}}\n",
                name, address, days, written(by));
        };
        return "devices:\n" + device("a", first, 400, GetParam().of_first) +
               device("b", second, 3, GetParam().of_second) +
               "events:\n"
               "  - {at: 1s, device: b, restart: true}\n"
               "  - {at: 2s, device: b, restart: true}\n"
               "  - {at: 3s, device: a, restart: true}\n";
    }
    void expect_both() { EXPECT_THAT(talk.names({one, other}), ElementsAre(Said{"a"}, Said{"b"})); }
    /// How many datagrams each has had since the last call.
    std::pair<std::size_t, std::size_t> heard() {
        const std::pair now{talk.office.heard(first), talk.office.heard(second)};
        const auto before = std::exchange(heard_, now);
        return {now.first - before.first, now.second - before.second};
    }
    using Heard = std::pair<std::size_t, std::size_t>;

    V3Talk talk{script()};
    ports::SnmpAgent one = talk.agent(first, GetParam().of_first);
    ports::SnmpAgent other = talk.agent(second, GetParam().of_second);

 private:
    Heard heard_{0, 0};
};

TEST_P(CloneTest, AreBothAnsweredRoundAfterRound) {
    talk.office.office().step(talk.office.now);  // other boots, other time
    expect_both();
    EXPECT_EQ(heard(), Heard(2, 2)) << "the discovery tells the time too";
    for (int round = 0; round < 5; ++round) {
        expect_both();
        EXPECT_EQ(heard(), Heard(1, 1)) << "in the time window at once";
    }
}

TEST_P(CloneTest, ARestartOfOneIsNothingToTheOther) {
    expect_both();
    static_cast<void>(heard());
    for (const auto& expected : {Heard(1, 2), Heard(1, 2), Heard(2, 1)}) {
        talk.office.office().step(talk.office.now);
        expect_both();
        EXPECT_EQ(heard(), expected) << "who restarted tells its time once";
        expect_both();
        EXPECT_EQ(heard(), Heard(1, 1));
    }
}

TEST_P(CloneTest, ClocksThatRunAwayAreFollowedEachForItself) {
    expect_both();
    static_cast<void>(heard());
    for (int hour = 1; hour <= 5; ++hour) {
        talk.office.now = 1h * hour;  // ours stands still
        expect_both();
        EXPECT_EQ(heard(), Heard(2, 2));
        expect_both();
        EXPECT_EQ(heard(), Heard(1, 1));
    }
    EXPECT_EQ(talk.asker.engine->counters().resent, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Usm, CloneTest,
    testing::Values(Clones{"WithOnePassword", user("maplesyrup", "maplesyrup"),
                           user("maplesyrup", "maplesyrup")},
                    Clones{"WithOtherPasswords", user("maplesyrup", "sugar-cane"),
                           user("beet-sugar", "honeycomb")},
                    Clones{"WithOtherPrivacyAlone", user("maplesyrup", "sugar-cane"),
                           user("maplesyrup", "honeycomb")},
                    Clones{"WithOtherProtocols", user("maplesyrup", "maplesyrup"),
                           user("maplesyrup", "maplesyrup", SnmpAuth::md5)}),
    [](const auto& test) { return test.param.name; });

TEST(Clones, BehindOneAddressAreToldApartByTheirPorts) {
    const auto by = user("maplesyrup", "maplesyrup");
    const auto script = [&](const char* name) {
        return fmt::format(
            "devices: [{{name: {}, address: {}, snmp: {{kind: pc, engine: series-7, "
            "days_up: 9, v3: {}}}}}]\nevents: [{{at: 1s, device: {}, restart: true}}]",
            name, first, written(by), name);
    };
    V3Talk talk(script("a"));
    LoopbackOffice forwarded(talk.asker.loop.get_executor(), script("b"));
    forwarded.office().step(forwarded.now);
    auto credentials = *talk.agent(first, by).credentials;
    credentials.port = forwarded.port();
    const std::vector agents{talk.agent(first, by), probes::SnmpAsker::agent(credentials, first)};
    for (std::size_t round = 1; round <= 3; ++round) {
        EXPECT_THAT(talk.names(agents), ElementsAre(Said{"a"}, Said{"b"}));
        EXPECT_EQ(talk.office.heard(), round + 1);
        EXPECT_EQ(forwarded.heard(), round + 1);
    }
}

}  // namespace
}  // namespace rounds::simulator
