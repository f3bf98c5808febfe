// Looks at a device that is known: what is asked again, what is not, and when all of it is.
#include "core/standing.hpp"

#include <gmock/gmock.h>

#include "tests/profiles/agent.hpp"

namespace rounds::probes {
namespace {

using testing::Each;
using testing::IsEmpty;
using testing::Truly;
using tests::counter32;
using tests::counter64;
using tests::gauge32;
using tests::integer;
using tests::octets;
using tests::ticks;

constexpr auto sys_uptime = "1.3.6.1.2.1.1.3.0";
constexpr auto if_entry = "1.3.6.1.2.1.2.2.1";
constexpr auto if_x_entry = "1.3.6.1.2.1.31.1.1.1";
constexpr int names_in_a_request = 40;  // as the engine cuts them

class Standing : public AgentTest {
 protected:
    void SetUp() override {
        introduce();
        snmp.move(address, sys_uptime, [this](core::WallTime now) {
            return ticks(static_cast<std::uint64_t>((now - begun) / core::Duration{10}));
        });
    }
    void switch_of(int ports) {
        for (int port = 1; port <= ports; ++port) {
            const auto index = std::to_string(port);
            row(if_entry, index,
                {{2, octets("Port " + index)},
                 {3, integer(6)},
                 {5, gauge32(1'000'000'000)},
                 {6, octets("\x02\x01\x02\x03\x04" + std::string(1, static_cast<char>(port)))},
                 {7, integer(1)},
                 {8, integer(1)},
                 {10, counter32(1000)},
                 {11, counter32(10)},
                 {13, counter32(0)},
                 {14, counter32(0)},
                 {16, counter32(2000)},
                 {17, counter32(20)},
                 {19, counter32(0)},
                 {20, counter32(0)}});
            row(if_x_entry, index,
                {{1, octets("Gi0/" + index)},
                 {6, counter64(1000)},
                 {7, counter64(10)},
                 {10, counter64(2000)},
                 {11, counter64(20)},
                 {15, gauge32(1000)},
                 {18, octets("to desk " + index)},
                 {19, ticks(0)}});
        }
    }
    void printer_of(int supplies) {
        const std::string printers = "1.3.6.1.2.1.43.";
        row(printers + "5.1.1", "1", {{1, counter32(3)}, {17, octets("PRN-1")}});
        row(printers + "10.2.1", "1.1", {{3, integer(7)}, {4, counter32(123)}});
        row("1.3.6.1.2.1.25.3.5.1", "1", {{1, integer(3)}, {2, octets(std::string(1, '\0'))}});
        for (int i = 1; i <= supplies; ++i)
            row(printers + "11.1.1", "1." + std::to_string(i),
                {{3, integer(0)},
                 {4, integer(3)},
                 {5, integer(3)},
                 {6, octets("Toner " + std::to_string(i))},
                 {7, integer(19)},
                 {8, integer(100)},
                 {9, integer(50)}});
        for (int i = 1; i <= 3; ++i)
            row(printers + "8.2.1", "1." + std::to_string(i),
                {{8, integer(8)}, {9, integer(500)}, {10, integer(250)}, {13, octets("Tray")}});
        for (int i = 1; i <= 3; ++i)
            row(printers + "6.1.1", "1." + std::to_string(i),
                {{2, octets("Cover")}, {3, integer(4)}});
        switch_of(1);
    }
    /// Requests that a look at what is known takes: GETs of so many names, and a walk of each passing table.
    static int requests_of(const core::Standing& standing) {
        const auto names = static_cast<int>(core::names_to_ask(standing).size());
        int requests = (names + names_in_a_request - 1) / names_in_a_request;
        for (const auto& table : standing.tables) requests += table.passing ? 1 : 0;
        return requests;
    }
    int times_asked(std::string_view name) {
        const auto wanted = core::Oid::parse(name).value();
        return static_cast<int>(std::ranges::count(snmp.asked(), wanted));
    }

    const core::WallTime begun = clock.wall() - core::Duration{86'400'000};
};

TEST_F(Standing, WhatDoesNotMoveIsNotAskedAgain) {
    switch_of(4);
    const auto first = look();
    ASSERT_NE(first.standing, nullptr);
    const int before = times_asked("1.3.6.1.2.1.2.2.1.2");
    set("1.3.6.1.2.1.31.1.1.1.6.3", counter64(5000));
    set("1.3.6.1.2.1.2.2.1.8.2", integer(2));
    const auto second = look(core::Duration{60'000}, first.standing);
    ASSERT_NE(second.facts(), nullptr);
    auto expected = *first.facts();
    expected.interfaces[2].in_octets = 5000;
    expected.interfaces[1].oper_status = "down";
    EXPECT_EQ(second.facts()->interfaces, expected.interfaces) << "names and all";
    EXPECT_EQ(times_asked("1.3.6.1.2.1.2.2.1.2"), before) << "ifDescr";
    EXPECT_TRUE(second.still_known);
}

TEST_F(Standing, ASwitchOf48PortsTakesAtMost30Requests) {
    switch_of(48);
    const auto seen = look();
    ASSERT_NE(seen.standing, nullptr);
    EXPECT_LE(requests_of(*seen.standing), 30);
}

TEST_F(Standing, APrinterTakesAtMost8Requests) {
    printer_of(8);
    const auto seen = look();
    ASSERT_NE(seen.standing, nullptr);
    EXPECT_LE(requests_of(*seen.standing), 8);
    const auto again = look(core::Duration{60'000}, seen.standing);
    EXPECT_EQ(again.facts()->supplies, seen.facts()->supplies);
    EXPECT_EQ(again.facts()->trays, seen.facts()->trays);
    EXPECT_EQ(again.facts()->states, seen.facts()->states);
}

TEST_F(Standing, AlertsComeAndGoBetweenWholeLooks) {
    printer_of(1);
    const auto first = look();
    EXPECT_THAT(first.facts()->alerts, IsEmpty());
    row("1.3.6.1.2.1.43.18.1.1", "1.7", {{2, integer(3)}, {8, octets("Load Tray 2")}});
    const auto second = look(core::Duration{60'000}, first.standing);
    ASSERT_EQ(second.facts()->alerts.size(), 1U);
    snmp.erase(address, "1.3.6.1.2.1.43.18.1.1");
    EXPECT_THAT(look(core::Duration{60'000}, first.standing).facts()->alerts, IsEmpty());
}

TEST_F(Standing, AnotherDeviceAtTheAddressIsReadWhole) {
    switch_of(2);
    const auto first = look();
    snmp.erase(address, if_entry);
    snmp.erase(address, if_x_entry);
    introduce("Another device");
    switch_of(3);
    const auto second = look(core::Duration{60'000}, first.standing);
    EXPECT_EQ(second.facts()->interfaces.size(), 3U);
    EXPECT_FALSE(second.still_known);
    EXPECT_NE(second.standing, nullptr);
}

TEST_F(Standing, WhenRowsBecameOthersAllIsReadAgain) {
    switch_of(2);
    set("1.3.6.1.2.1.31.1.5.0", ticks(4711));  // ifTableLastChange
    const auto first = look();
    set("1.3.6.1.2.1.31.1.1.1.1.2", octets("tunnel7"));
    set("1.3.6.1.2.1.31.1.1.1.6.2", counter64(0));
    EXPECT_EQ(look(core::Duration{60'000}, first.standing).facts()->interfaces.at(1).name,
              first.facts()->interfaces.at(1).name)
        << "names are not asked again as long as the agent says that the rows are the same";
    set("1.3.6.1.2.1.31.1.5.0", ticks(815'000));
    const auto second = look(core::Duration{60'000}, first.standing);
    EXPECT_EQ(second.facts()->interfaces.at(1).name, "tunnel7");
    EXPECT_FALSE(second.still_known);
    EXPECT_NE(second.standing, nullptr);
}

TEST_F(Standing, AfterARestartAllIsReadAgain) {
    switch_of(2);
    const auto first = look();
    clock.run_until(clock.wall() + core::Duration{1'800'000});
    switch_of(3);
    EXPECT_EQ(look(core::Duration{60'000}, first.standing).facts()->interfaces.size(), 2U)
        << "a new port shows with the next whole look";
    const auto restarted = clock.wall() - core::Duration{600'000};
    snmp.move(address, sys_uptime, [restarted](core::WallTime now) {
        return ticks(static_cast<std::uint64_t>((now - restarted) / core::Duration{10}));
    });
    EXPECT_EQ(look(core::Duration{60'000}, first.standing).facts()->interfaces.size(), 3U);
}

TEST_F(Standing, WhoIsSilentWhenItIsKnownIsAskedWholeOnce) {
    switch_of(2);
    const auto first = look();
    snmp.silence(address, {clock.wall(), clock.wall() + core::Duration{600'000}});
    const int before = snmp.requests();
    const auto second = look(core::Duration{60'000}, first.standing);
    EXPECT_EQ(second.facts(), nullptr);
    EXPECT_EQ(second.standing, nullptr);
    EXPECT_FALSE(second.still_known);
    EXPECT_EQ(snmp.requests(), before + 2) << "its answer to so many names may have been lost";
}

TEST_F(Standing, WhatIsGoneIsGoneAtOnce) {
    switch_of(3);
    const auto first = look();
    for (const int column : {5, 7, 8, 10, 11, 13, 14, 16, 17, 19, 20})
        snmp.erase(address, std::string(if_entry) + "." + std::to_string(column) + ".2");
    const auto second = look(core::Duration{60'000}, first.standing);
    ASSERT_EQ(second.facts()->interfaces.size(), 2U) << "its name was kept, its row is not there";
    EXPECT_EQ(second.facts()->interfaces[1].index, 3);
}

TEST_F(Standing, WhatARowDoesNotHaveIsNotAskedOfIt) {
    switch_of(3);
    for (const int column : {6, 7, 10, 11})  // a tunnel without 64-bit counters
        snmp.erase(address, std::string(if_x_entry) + "." + std::to_string(column) + ".2");
    const auto first = look();
    ASSERT_NE(first.standing, nullptr);
    const auto names = core::names_to_ask(*first.standing);
    EXPECT_THAT(names, Each(Truly([&](const core::Oid& name) {
                    const auto& marks = first.standing->marks;
                    return std::ranges::find(marks, name, &core::SnmpVariable::name) !=
                               marks.end() ||
                           snmp.has(address, name);
                })));
    EXPECT_GT(names.size(), 20U);
    set(std::string(if_entry) + ".10.2", counter32(77'000));
    set(std::string(if_x_entry) + ".6.3", counter64(88'000));
    const auto second = look(core::Duration{60'000}, first.standing);
    ASSERT_EQ(second.facts()->interfaces.size(), 3U);
    EXPECT_EQ(second.facts()->interfaces[1].in_octets, 77'000U);
    EXPECT_EQ(second.facts()->interfaces[1].wide, false);
    EXPECT_EQ(second.facts()->interfaces[2].in_octets, 88'000U);
    EXPECT_EQ(second.facts()->interfaces[0], first.facts()->interfaces[0]);
}

TEST_F(Standing, WhatStandsInForAnotherIsAskedOnlyWhereItDoes) {
    switch_of(2);
    for (const int column : {6, 7, 10, 11})
        set(std::string(if_x_entry) + "." + std::to_string(column) + ".2", counter64(0));
    const auto first = look();
    ASSERT_NE(first.standing, nullptr);
    const auto names = core::names_to_ask(*first.standing);
    const auto asks = [&](const std::string& name) {
        return std::ranges::find(names, core::Oid::parse(name).value()) != names.end();
    };
    EXPECT_FALSE(asks(std::string(if_entry) + ".10.1")) << "its 64-bit counter counts";
    EXPECT_TRUE(asks(std::string(if_entry) + ".10.2"));
    EXPECT_TRUE(asks(std::string(if_x_entry) + ".6.1"));
    EXPECT_TRUE(asks(std::string(if_x_entry) + ".6.2")) << "it may begin to";
    set(std::string(if_x_entry) + ".6.1", counter64(0));  // cleared by hand
    set(std::string(if_entry) + ".10.1", counter32(4711));
    set(std::string(if_x_entry) + ".6.2", counter64(99));
    const auto second = look(core::Duration{60'000}, first.standing);
    EXPECT_EQ(second.facts()->interfaces.at(0).in_octets, 0U) << "not what it was an hour ago";
    EXPECT_EQ(second.facts()->interfaces.at(1).in_octets, 99U);
}

TEST_F(Standing, NeighborsComeAndGo) {
    switch_of(2);
    row("1.0.8802.1.1.2.1.4.1.1", "0.1.1",
        {{4, integer(7)}, {5, octets("c1")}, {9, octets("core-1")}});
    const auto first = look();
    ASSERT_EQ(first.facts()->neighbors.size(), 1U);
    snmp.erase(address, "1.0.8802.1.1.2.1.4.1.1");
    row("1.0.8802.1.1.2.1.4.1.1", "0.2.1",
        {{4, integer(7)}, {5, octets("c2")}, {9, octets("core-2")}});
    const auto second = look(core::Duration{60'000}, first.standing);
    ASSERT_EQ(second.facts()->neighbors.size(), 1U);
    EXPECT_EQ(second.facts()->neighbors[0].remote_name, "core-2");
}

/// Profiles for one test.
std::shared_ptr<const core::Profiles> profiles_of(const std::string& yaml) {
    const auto own = config::compile_profiles({{"generic", yaml, "generic.yaml"}});
    EXPECT_NE(own.profiles, nullptr) << own.problems.at(0).sentence();
    return own.profiles;
}

constexpr auto own_tree = "1.3.6.1.4.1.32473.";

TEST_F(Standing, RowsThatAreCountedAreCountedAnew) {
    profiles = profiles_of(
        "title: C\nscalars: {name: 1.3.6.1.4.1.32473.1.0}\n"
        "tables: {clients: {entry: 1.3.6.1.4.1.32473.7.1, columns: {mac: 1}}}\n"
        "facts:\n  device: {model: name}\n"
        "  wireless: {class: clients, descr: {text: All}, value: {in: clients, of: mac, fold: "
        "count}}\n");
    set(std::string(own_tree) + "1.0", octets("AP"));
    set(std::string(own_tree) + "7.1.1.1", octets("a"));
    const auto first = look();
    ASSERT_EQ(first.facts()->wireless.at(0).value, 1);
    snmp.erase(address, std::string(own_tree) + "7");
    set(std::string(own_tree) + "7.1.1.5", octets("b"));
    set(std::string(own_tree) + "7.1.1.6", octets("c"));
    EXPECT_EQ(look(core::Duration{60'000}, first.standing).facts()->wireless.at(0).value, 2);
}

TEST_F(Standing, AnAlarmWithRequirementsShowsWhenItBegins) {
    profiles = profiles_of(
        "title: A\nscalars: {name: 1.3.6.1.4.1.32473.1.0}\n"
        "tables: {alarms: {entry: 1.3.6.1.4.1.32473.7.1, columns: {words: 1, state: 2}}}\n"
        "facts:\n  device: {model: name}\n"
        "  alerts: {each: alarms, where: {of: state, is: 1}, descr: words}\n");
    set(std::string(own_tree) + "1.0", octets("Box"));
    const auto first = look();
    EXPECT_THAT(first.facts()->alerts, IsEmpty());
    set(std::string(own_tree) + "7.1.1.1", octets("On fire"));
    set(std::string(own_tree) + "7.1.2.1", integer(1));
    EXPECT_EQ(look(core::Duration{60'000}, first.standing).facts()->alerts.size(), 1U);
}

TEST_F(Standing, WhatNoRuleToldOfIsNotBelievedLater) {
    profiles = profiles_of(
        "title: M\nscalars: {mode: 1.3.6.1.4.1.32473.1.0, a: 1.3.6.1.4.1.32473.2.0, "
        "b: 1.3.6.1.4.1.32473.3.0}\nfacts:\n  sensors:\n"
        "    - {class: count, where: {of: mode, is: 1}, descr: {text: A}, value: a}\n"
        "    - {class: count, where: {of: mode, is: 2}, descr: {text: B}, value: b}\n");
    set(std::string(own_tree) + "1.0", integer(1));
    set(std::string(own_tree) + "2.0", integer(10));
    set(std::string(own_tree) + "3.0", integer(20));
    const auto first = look();
    set(std::string(own_tree) + "1.0", integer(2));
    set(std::string(own_tree) + "3.0", integer(21));
    const auto second = look(core::Duration{60'000}, first.standing);
    ASSERT_EQ(second.facts()->sensors.size(), 1U);
    EXPECT_EQ(second.facts()->sensors[0].value, 21) << "as it is now";
}

TEST_F(Standing, WhatIsPluggedInIsNamedAnew) {
    profiles = profiles_of(
        "title: P\nscalars: {name: 1.3.6.1.4.1.32473.1.0}\n"
        "tables: {plugs: {entry: 1.3.6.1.4.1.32473.7.1, columns: {kind: 1, state: 2, level: 3}}}\n"
        "facts:\n  device: {model: name}\n"
        "  states: {each: plugs, where: {of: kind, above: 0}, item: hardware, descr: {text: Plug}, "
        "value: state, states: {1: [normal, ok]}}\n"
        "  sensors: {each: plugs, class: {of: kind, map: {2: temperature, 3: humidity}}, descr: "
        "{text: Plug}, value: level}\n");
    for (int i = 1; i <= 2; ++i)
        row(std::string(own_tree) + "7.1", std::to_string(i),
            {{1, integer(i)}, {2, integer(1)}, {3, integer(45)}});
    const auto first = look();
    ASSERT_EQ(first.facts()->sensors.size(), 1U);
    set(std::string(own_tree) + "7.1.1.1", integer(2));
    set(std::string(own_tree) + "7.1.1.2", integer(3));
    const auto sensors = look(core::Duration{60'000}, first.standing).facts()->sensors;
    ASSERT_EQ(sensors.size(), 2U) << "the first was empty";
    EXPECT_EQ(sensors[0].kind, "temperature");
    EXPECT_EQ(sensors[1].kind, "humidity") << "45 % are not 45 degrees";
}

TEST_F(Standing, AGaugeThatStandsInForAnotherIsAskedAllTheTime) {
    profiles = profiles_of(
        "title: M\nscalars: {name: 1.3.6.1.4.1.32473.1.0}\n"
        "tables: {pools: {entry: 1.3.6.1.4.1.32473.7.1, columns: {used: 1, wide: 2, free: 3}}}\n"
        "facts:\n  device: {model: name}\n"
        "  memory: {each: pools, class: system, descr: {text: RAM}, used: [{of: wide, where: {of: "
        "free, above: 0}}, used], free: free}\n");
    row(std::string(own_tree) + "7.1", "1",
        {{1, gauge32(60)}, {2, counter64(60)}, {3, gauge32(40)}});
    const auto first = look();
    ASSERT_EQ(first.facts()->memory.size(), 1U);
    set(std::string(own_tree) + "7.1.1.1", gauge32(100));
    set(std::string(own_tree) + "7.1.3.1", gauge32(0));
    const auto second = look(core::Duration{60'000}, first.standing);
    ASSERT_EQ(second.facts()->memory.size(), 1U) << "just when it is full";
    EXPECT_EQ(second.facts()->memory[0].percent, 100);
}

TEST_F(Standing, ARowLivesAsLongAsAnyModuleHearsOfIt) {
    const auto sensors = [](const std::string& use, const std::string& column) {
        return "title: T\n" + use +
               "tables: {rows: {entry: 1.3.6.1.4.1.32473.7.1, columns: {level" + column + ": " +
               column + "}}}\nfacts:\n  sensors: {each: rows, class: count, descr: {text: Level " +
               column + "}, value: level" + column + "}\n";
    };
    const auto both =
        config::compile_profiles({{"base", sensors("", "1"), "base.yaml"},
                                  {"generic", sensors("use: [base]\n", "2"), "generic.yaml"}});
    ASSERT_NE(both.profiles, nullptr) << both.problems.at(0).sentence();
    profiles = both.profiles;
    row(std::string(own_tree) + "7.1", "1", {{1, gauge32(10)}, {2, gauge32(20)}});
    const auto first = look();
    ASSERT_EQ(first.facts()->sensors.size(), 2U);
    snmp.erase(address, std::string(own_tree) + "7.1.2.1");
    const auto sensors_now = look(core::Duration{60'000}, first.standing).facts()->sensors;
    ASSERT_EQ(sensors_now.size(), 1U);
    EXPECT_EQ(sensors_now[0].value, 10);
}

TEST_F(Standing, ALookThatIsNotWholeLeavesNothing) {
    switch_of(2);
    snmp.break_table(address, if_entry, ports::SnmpTable::End::bound);
    EXPECT_EQ(look().standing, nullptr);
}

}  // namespace
}  // namespace rounds::probes
