// What a profile can say, each word on answers that show it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/profiles.hpp"
#include "core/explanation.hpp"
#include "core/reading.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::config {
namespace {

using core::SnmpValue;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Type = SnmpValue::Type;

const std::string vendor = "1.3.6.1.4.1.32473.";

SnmpValue number(std::int64_t value) {
    return {Type::integer, value};
}
SnmpValue text(std::string bytes) {
    return {Type::octets, std::move(bytes)};
}
core::Oid oid(const std::string& written) {
    return core::Oid::parse(written).value();
}

/// A profile "t" over answers that are set one by one.
class Language : public ::testing::Test {
 protected:
    void scalar(const std::string& name, SnmpValue value) {
        answers.add_scalar(oid(vendor + name), std::move(value));
    }
    void column(const std::string& name,
                const std::vector<std::pair<std::string, SnmpValue>>& cells) {
        std::vector<core::SnmpVariable> variables;
        for (const auto& [row, value] : cells)
            variables.push_back({oid(vendor + name + "." + row), value});
        answers.add_column(oid(vendor + name), variables);
    }
    core::Recognised known(const std::string& yaml) {
        loaded = compile_profiles(
            {{"generic", "title: Any\n", "g.yaml"},
             {"t",
              "title: T\nrecognise: [{sys_object_id: 1.3.6.1.4.1.32473}]\n"
              "scalars: {a: 1.3.6.1.4.1.32473.1.0, b: 1.3.6.1.4.1.32473.2.0}\n"
              "tables:\n  tab: {entry: 1.3.6.1.4.1.32473.7.1, columns: {name: 1, size: 2}}\n"
              "  other: {entry: 1.3.6.1.4.1.32473.8.1, columns: {owner: 1, load: 2}}\n" +
                  yaml,
              "t.yaml"}});
        EXPECT_THAT(loaded.problems, IsEmpty())
            << (loaded.problems.empty() ? "" : loaded.problems.front().sentence());
        return core::recognise(*loaded.profiles, oid(vendor + "24.1"), "");
    }
    core::Facts read(const std::string& yaml) { return core::read(known(yaml), answers, {}); }
    std::vector<std::string> sensors(const std::string& rule) {
        std::vector<std::string> all;
        for (const auto& sensor : read("facts:\n  sensors:\n    " + rule + "\n").sensors)
            all.push_back(fmt_of(sensor));
        return all;
    }
    static std::string fmt_of(const core::SensorFacts& sensor) {
        std::string value = std::to_string(sensor.value);
        value.erase(value.find_last_not_of('0') + 1);
        if (value.ends_with('.')) value.pop_back();
        return sensor.descr + "=" + value;
    }

    core::Answers answers;
    LoadedProfiles loaded;
};

TEST_F(Language, ArithmeticTakesItsStepsInOrder) {
    scalar("1.0", number(212));
    scalar("2.0", number(4));
    EXPECT_THAT(sensors("{class: count, descr: {text: F}, value: {of: a, less: 32, times: 5, "
                        "over: 9}}"),
                ElementsAre("F=100"));
    EXPECT_THAT(sensors("{class: count, descr: {text: O}, value: {of: a, over: b}}"),
                ElementsAre("O=53"));
    EXPECT_THAT(sensors("{class: count, descr: {text: Z}, value: {of: a, over: 0}}"), IsEmpty());
}

TEST_F(Language, HexadecimalDigitsAsANumber) {
    scalar("1.0", text(std::string("\x6f\x01\x04\0\0\x0f\xa0", 7)));
    EXPECT_THAT(sensors("{class: charge, descr: {text: T}, value: {of: a, as: hex, "
                        "match: '^6f:01:04:(.*)$', base: 16, times: 0.01}}"),
                ElementsAre("T=40"));
    EXPECT_THAT(sensors("{class: count, descr: {text: T}, value: {of: a, as: hex, match: "
                        "'^(6f):', base: 8}}"),
                ElementsAre())
        << "f is no octal digit";
}

TEST_F(Language, TextInTheIndexWithItsLengthOrToTheEnd) {
    column("7.1.2", {{"3.97.98.99", number(1)}, {"119.105", number(2)}});
    EXPECT_THAT(sensors("{each: tab, class: count, descr: {index_text: 1}, value: size}"),
                ElementsAre("abc=1", "wi=2"));
    EXPECT_THAT(sensors("{each: tab, class: count, descr: \"SSID {1:text}\", value: size}"),
                ElementsAre("SSID abc=1", "SSID wi=2"));
}

TEST_F(Language, PerMakesOneFactOfRowsThatBelongTogether) {
    column("7.1.1", {{"1", text("guest")}, {"2", text("staff")}, {"3", text("guest")}});
    column("7.1.2", {{"1", number(2)}, {"2", number(5)}, {"3", number(4)}});
    EXPECT_THAT(sensors("{each: tab, per: name, class: clients, descr: name, "
                        "value: {in: tab, of: size, fold: sum}}"),
                ElementsAre("guest=6", "staff=5"));
}

TEST_F(Language, EqualsLooksForTheRowsThatBelongToThisOne) {
    column("7.1.1", {{"1", text("guest")}, {"2", text("staff")}});
    column("8.1.1", {{"1", text("guest")}, {"2", text("guest")}, {"3", text("staff")}});
    column("8.1.2", {{"1", number(10)}, {"2", number(20)}, {"3", number(30)}});
    EXPECT_THAT(sensors("{each: tab, class: clients, descr: name, value: {in: other, of: load, "
                        "fold: sum, where: {of: owner, equals: name}}}"),
                ElementsAre("guest=30", "staff=30"));
}

TEST_F(Language, UnderLooksOnlyInRowsThatBeginSo) {
    column("7.1.2", {{"5", number(40)}, {"6", number(41)}});
    column("8.1.1", {{"5.1", number(30)}, {"5.2", number(20)}, {"6.1", number(30)}});
    column("8.1.2", {{"5.1", number(70)}, {"5.2", number(60)}, {"6.1", number(90)}});
    const auto facts = read(
        "facts:\n  sensors: {each: tab, class: temperature, descr: {text: \"T{1}\"}, value: size, "
        "high_critical: {in: other, under: [1], of: load, where: {of: owner, is: 30}}, "
        "high_warning: {in: other, under: [1], of: load, where: {of: owner, is: 20}, plus: "
        "size}}\n");
    ASSERT_EQ(facts.sensors.size(), 2U);
    EXPECT_EQ(facts.sensors[0].high_critical, 70);
    EXPECT_EQ(facts.sensors[0].high_warning, 100) << "of this row, not of the one looked at";
    EXPECT_EQ(facts.sensors[1].high_critical, 90);
    EXPECT_EQ(facts.sensors[1].high_warning, std::nullopt);
}

TEST_F(Language, LimitsThatContradictEachOtherAreNone) {
    scalar("1.0", number(5));
    const auto facts = read(
        "facts: {sensors: {class: dbm, descr: {text: Rx}, value: a, low_critical: {value: 6}, "
        "high_critical: {value: -3}}}\n");
    ASSERT_EQ(facts.sensors.size(), 1U);
    EXPECT_EQ(facts.sensors[0].low_critical, std::nullopt);
    EXPECT_EQ(facts.sensors[0].high_critical, std::nullopt);
}

TEST_F(Language, AJoinMayCalculateItsIndex) {
    column("7.1.2", {{"1", number(40)}, {"2", number(41)}});
    column("8.1.1", {{"101", text("Gi1")}, {"102", text("Gi2")}});
    EXPECT_THAT(sensors("{each: tab, join: {other: [{index: 1, plus: 100}]}, class: count, "
                        "descr: owner, value: size}"),
                ElementsAre("Gi1=40", "Gi2=41"));
}

TEST_F(Language, AModuleThatIsNotAskedTellsNothing) {
    const auto facts = read(
        "only_if: a\nfacts:\n  sensors: {class: count, descr: {text: C}, value: {value: 7}}\n");
    EXPECT_THAT(facts.sensors, IsEmpty());
    scalar("1.0", number(1));
    EXPECT_EQ(core::read(core::recognise(*loaded.profiles, oid(vendor + "1"), ""), answers, {})
                  .sensors.size(),
              1U);
}

TEST_F(Language, RequirementsOfThePartsOfAnIndexAndOfWhatIsNotThere) {
    column("7.1.2", {{"1.3", number(1)}, {"1.4", number(2)}});
    EXPECT_THAT(sensors("{each: tab, where: {index: 2, is: 4}, class: count, descr: {text: R}, "
                        "value: size}"),
                ElementsAre("R=2"));
    EXPECT_THAT(sensors("{each: tab, where: {of: name, not: gone}, class: count, "
                        "descr: {text: N}, value: size}"),
                ElementsAre("N=1", "N=2"))
        << "no name is none of those";
    EXPECT_THAT(sensors("{each: tab, where: {of: name, is: here}, class: count, "
                        "descr: {text: N}, value: size}"),
                IsEmpty());
}

TEST_F(Language, AStateWhoseWordTheDeviceTells) {
    column("7.1.1", {{"1", text("Running")}, {"2", text("Broken")}, {"3", text("Humming")}});
    column("7.1.2", {{"1", number(4)}, {"2", number(9)}, {"3", number(11)}});
    const auto facts = read(
        "facts:\n  states: {each: tab, descr: {text: M}, value: size, word: name, "
        "severities: {Running: ok, Broken: critical}}\n");
    std::vector<std::pair<std::string, core::Verdict>> states;
    for (const auto& state : facts.states) states.emplace_back(state.state, state.severity);
    EXPECT_THAT(states, ElementsAre(std::pair("Running", core::Verdict::ok),
                                    std::pair("Broken", core::Verdict::critical),
                                    std::pair("Humming", core::Verdict::unknown)));
}

TEST_F(Language, ObjectsInATextMayBeMadeReadable) {
    column("7.1.1", {{"1", text(std::string("\x0a\x01\x03\x01", 4))}});
    column("7.1.2", {{"1", number(1)}});
    EXPECT_THAT(sensors("{each: tab, class: count, descr: \"Peer {name:inet-address}\", "
                        "value: size}"),
                ElementsAre("Peer 10.1.3.1=1"));
}

TEST(WrittenWrong, PartsOfAnIndexThatAreNone) {
    const auto wrong = compile_profiles(
        {{"generic",
          "title: Any\ntables: {t: {entry: 1.3.6.1.4.1.32473.1.1, columns: {c: 1}}, "
          "u: {entry: 1.3.6.1.4.1.32473.2.1, columns: {d: 1}}}\n"
          "facts:\n  sensors:\n"
          "    - {each: t, join: {u: [{of: noSuch}]}, class: count, value: d}\n"
          "    - {class: count, value: {value: 1, where: {index: 1, not: 3}}}\n",
          "g.yaml"}});
    ASSERT_EQ(wrong.problems.size(), 2U);
    EXPECT_THAT(wrong.problems[0].sentence(), HasSubstr("\"noSuch\" is not an object"));
    EXPECT_THAT(wrong.problems[1].sentence(), HasSubstr("there is no row here"));
}

// ---- below the device's own sysObjectID

const std::string own_tree =
    "title: M\nscalars: {serial: \"[8].5.0\"}\ntables: {fans: {entry: \"[8].6.1\", columns: "
    "{speed: 2}}}\n"
    "facts:\n  device: {serial: serial}\n"
    "  sensors: {each: fans, class: fanspeed, descr: \"Fan {1}\", value: speed}\n";

TEST(OwnTree, IsAskedBelowTheDevicesOwnObjectId) {
    const auto loaded = compile_profiles(
        {{"generic", "title: Any\n", "g.yaml"},
         {"models", own_tree, "m.yaml"},
         {"acme", "title: A\nuse: [models]\nrecognise: [{sys_object_id: 1.3.6.1.4.1.32473}]\n",
          "a.yaml"}});
    ASSERT_THAT(loaded.problems, IsEmpty());
    const auto known = core::recognise(*loaded.profiles, oid(vendor + "45.105"), "");
    const auto plan = core::what_to_ask(*known.profile, {});
    EXPECT_THAT(plan.scalars, ElementsAre(oid(vendor + "45.5.0")));
    ASSERT_EQ(plan.tables.size(), 1U);
    EXPECT_THAT(plan.tables[0].columns, ElementsAre(oid(vendor + "45.6.1.2")));
    core::Answers answers;
    answers.add_scalar(oid(vendor + "45.5.0"), text("S1"));
    EXPECT_EQ(core::read(known, answers, {}).device.serial, "S1");

    const auto short_one = core::recognise(*loaded.profiles, oid("1.3.6.1.4.1.32473"), "");
    EXPECT_TRUE(core::what_to_ask(*short_one.profile, {}).empty()) << "there is no eighth part";
}

TEST(OwnTree, IsAskedForNothingThatWouldBeLongerThanAnyOid) {
    std::string rest;
    for (int i = 0; i < 120; ++i) rest += ".7";
    const auto loaded =
        compile_profiles({{"generic", "title: Any\n", "g.yaml"},
                          {"acme",
                           "title: A\nscalars: {serial: \"[9]" + rest + "\", name: \"[8].5.0\"}\n" +
                               "facts:\n  device: {serial: serial, model: name}\n" +
                               "recognise: [{sys_object_id: 1.3.6.1.4.1.32473}]\n",
                           "a.yaml"}});
    ASSERT_THAT(loaded.problems, IsEmpty());
    const auto known = core::recognise(*loaded.profiles, oid(vendor + "45.105"), "");
    for (const auto& scalar : core::what_to_ask(*known.profile, {}).scalars)
        EXPECT_LE(scalar.size(), core::Oid::longest) << scalar.text();
}

TEST(Tables, HaveRoomForAColumnsNumber) {
    std::string entry = "1.3";
    for (std::size_t i = 2; i < core::Oid::longest; ++i) entry += ".7";
    const auto loaded = compile_profiles(
        {{"generic", "title: Any\ntables: {t: {entry: " + entry + ", columns: {a: 1}}}\n",
          "g.yaml"}});
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_THAT(loaded.problems[0].sentence(), HasSubstr("longer than any OID"));
}

TEST(OwnTree, IsWrittenWithItsNumberOfParts) {
    const auto wrong = compile_profiles(
        {{"generic", "title: Any\nscalars: {x: \"[2].1.0\", y: \"[8]1\"}\n", "g.yaml"}});
    ASSERT_EQ(wrong.problems.size(), 2U);
    EXPECT_THAT(wrong.problems[0].sentence(), HasSubstr("[9].1.3"));
}

// ---- order

TEST(Order, TheSpecialWordCountsBeforeTheGeneral) {
    const auto loaded = compile_profiles(
        {{"generic",
          "title: Any\nuse: [first, second]\nscalars: {own: 1.3.6.1.4.1.32473.9.0}\n"
          "facts: {device: {version: own}}\n",
          "g.yaml"},
         {"first",
          "title: 1\nscalars: {one: 1.3.6.1.4.1.32473.1.0}\n"
          "facts: {device: {model: one, version: one}, "
          "processors: {descr: {text: First}, percent: one}}\n",
          "1.yaml"},
         {"second",
          "title: 2\nscalars: {two: 1.3.6.1.4.1.32473.2.0}\n"
          "facts: {device: {model: two}, "
          "processors: {fallback: true, descr: {text: Second}, percent: two}}\n",
          "2.yaml"}});
    ASSERT_THAT(loaded.problems, IsEmpty());
    core::Answers answers;
    answers.add_scalar(oid(vendor + "1.0"), number(11));
    answers.add_scalar(oid(vendor + "2.0"), number(22));
    answers.add_scalar(oid(vendor + "9.0"), number(99));
    const auto known = core::recognise(*loaded.profiles, {}, "");
    const auto facts = core::read(known, answers, {});
    EXPECT_EQ(facts.device.model, "11");
    EXPECT_EQ(facts.device.version, "99");
    ASSERT_EQ(facts.processors.size(), 1U) << "a fallback gives way";
    EXPECT_EQ(facts.processors[0].descr, "First");

    answers.add_scalar(oid(vendor + "1.0"), {});
    EXPECT_EQ(core::read(known, answers, {}).processors.at(0).descr, "Second");
}

TEST(Order, OfTwoThatKnowADeviceEquallyWellTheUsersCounts) {
    const tests::TempFolder folder;
    folder.write("z-mine.yaml", "title: M\nrecognise: [{sys_object_id: 1.3.6.1.4.1.1347}]\n");
    const auto recognised = [](const auto& loaded) {
        return core::recognise(*loaded.profiles, oid("1.3.6.1.4.1.1347.41"), "").profile->name;
    };
    EXPECT_EQ(recognised(load_profiles()), "kyocera");
    EXPECT_EQ(recognised(load_profiles(folder.path())), "z-mine");
}

// ---- the device

TEST_F(Language, WhatMakersDidNotFillIsNothing) {
    for (const std::string filler : {"N/A", "Unknown", "To Be Filled By O.E.M."}) {
        scalar("1.0", text(filler));
        scalar("2.0", text("SN-1"));
        EXPECT_EQ(read("facts: {device: {serial: [a]}}\n").device.serial, "") << filler;
    }
    scalar("1.0", text("None"));
    EXPECT_EQ(read("facts: {device: {model: a, version: b}}\n").device.model, "");
    scalar("1.0", text("0000001"));
    EXPECT_EQ(read("facts: {device: {serial: a}}\n").device.serial, "0000001");
}

// ---- explained

TEST_F(Language, AnExplanationShowsRulesAndRawValues) {
    column("7.1.1", {{"1", text("inlet")}, {"2", text("lost")}, {"3", text("wrong")}});
    column("7.1.2", {{"1", number(215)}, {"3", number(65535)}});
    scalar("1.0", number(5));
    const auto by = known(
        "facts:\n  sensors:\n"
        "    - {each: tab, class: temperature, descr: name, value: {of: size, times: 0.1}}\n"
        "    - {class: count, where: {of: a, is: 6}, descr: {text: X}, value: b}\n");
    const std::string told = core::explain(by, answers, {});
    EXPECT_THAT(told, HasSubstr("Profile t: T\n  sysObjectID begins with 1.3.6.1.4.1.32473\n"));
    EXPECT_THAT(told, HasSubstr("sensors, for each row of tab"));
    EXPECT_THAT(told, HasSubstr("value = 21.5   (size is INTEGER 215)"));
    EXPECT_THAT(told, HasSubstr("2: no fact: it needs class, value"));
    EXPECT_THAT(told, HasSubstr("3: no fact: its value cannot be"));
    EXPECT_THAT(told, HasSubstr("it is left out: its requirements (where) do not hold"));
    EXPECT_THAT(told, HasSubstr("no value: b"));
    EXPECT_THAT(told, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace rounds::config
