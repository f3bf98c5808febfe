// Device knowledge as files: what is refused and how, and how files work together.
#include "config/profiles.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/reading.hpp"
#include "core/state_message.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::config {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string system_group =
    "title: System\n"
    "scalars: {sysDescr: 1.3.6.1.2.1.1.1.0, sysName: 1.3.6.1.2.1.1.5.0}\n"
    "tables:\n"
    "  ifTable: {entry: 1.3.6.1.2.1.2.2.1, columns: {ifDescr: 2, ifOperStatus: 8}}\n"
    "  ifXTable: {entry: 1.3.6.1.2.1.31.1.1.1, columns: {ifName: 1}}\n";

/// One file "t" that uses "base", which declares the names above.
LoadedProfiles compile(const std::string& text) {
    return compile_profiles({{"base", system_group, "base.yaml"},
                             {"generic", "title: Any\nuse: [base]\n", "generic.yaml"},
                             {"t", text, "t.yaml"}});
}

std::vector<std::string> sentences(const LoadedProfiles& loaded) {
    std::vector<std::string> all;
    for (const auto& problem : loaded.problems) all.push_back(problem.sentence());
    return all;
}

struct Refusal {
    std::string name, yaml;  ///< Of "t"; "title" and "use: [base]" stand before, on two lines.
    std::vector<std::string> expected;
    friend void PrintTo(const Refusal& r, std::ostream* out) { *out << r.yaml; }
};
class ProfileRefused : public ::testing::TestWithParam<Refusal> {};

TEST_P(ProfileRefused, WithPlaceAndAdvice) {
    const auto loaded = compile("title: T\nuse: [base]\n" + GetParam().yaml);
    EXPECT_THAT(sentences(loaded), ElementsAreArray(GetParam().expected));
    EXPECT_EQ(loaded.profiles, nullptr);
}

const auto named = [](const auto& test) { return test.param.name; };

INSTANTIATE_TEST_SUITE_P(
    Declarations, ProfileRefused,
    ::testing::Values(
        Refusal{
            "UnknownKey",
            "recognize: []\n",
            {"t.yaml:3:1: unknown key \"recognize\" in the profile; did you mean \"recognise\"?"}},
        Refusal{"NoOid",
                "scalars: {x: 1.3.x}\n",
                {"t.yaml:3:14: x: \"1.3.x\" is not an OID: expected a number"}},
        Refusal{"ShortScalar",
                "scalars: {x: 1.3}\n",
                {"t.yaml:3:14: x: \"1.3\" is not a scalar's OID; write it whole, with its .0 at "
                 "the end"}},
        Refusal{"TableWithoutEntry",
                "tables: {x: {columns: {a: 1}}}\n",
                {"t.yaml:3:13: x needs \"entry\""}},
        Refusal{"ColumnIsNoNumber",
                "tables: {x: {entry: 1.3.6.1, columns: {a: b}}}\n",
                {"t.yaml:3:43: a: needs its number in the row, such as 3"}},
        Refusal{"DeclaredTwice",
                "scalars: {a: 1.3.6.1.1.0}\ntables: {x: {entry: 1.3.6.1, columns: {a: 1}}}\n",
                {"t.yaml:4:40: a is declared already at t.yaml:3:11"}},
        Refusal{"AnotherMeaningThanWhatIsUsed",
                "scalars: {sysName: 1.3.6.1.2.1.1.6.0}\n",
                {"t.yaml: sysName is 1.3.6.1.2.1.1.6.0 here and 1.3.6.1.2.1.1.5.0 at "
                 "base.yaml:2:40; give one of them "
                 "another name"}},
        Refusal{"RecognisesNothing",
                "recognise: [{vendor: X}]\n",
                {"t.yaml:3:13: recognise needs sys_object_id, sys_descr or both"}},
        Refusal{"NoPattern",
                "recognise: [{sys_descr: '(a'}]\n",
                {"t.yaml:3:25: sys_descr: \"(a\" is not a pattern: a ( without its )"}},
        Refusal{"NoClass",
                "class: swich\n",
                {"t.yaml:3:8: class: \"swich\" is not a class; did you mean \"switch\"?"}}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Facts, ProfileRefused,
    ::testing::Values(
        Refusal{"UnknownFact",
                "facts: {interface: {}}\n",
                {"t.yaml:3:9: unknown key \"interface\" in facts; did you mean \"interfaces\"?"}},
        Refusal{
            "UnknownField",
            "facts: {device: {modle: sysName}}\n",
            {"t.yaml:3:18: unknown key \"modle\" in a rule for device; did you mean \"model\"?"}},
        Refusal{"UnknownObject",
                "facts: {device: {model: sysNme}}\n",
                {"t.yaml:3:25: \"sysNme\" is not an object; did you mean \"sysName\"?"}},
        Refusal{"UnknownTable",
                "facts: {interfaces: {each: iftable, index: {index: 1}}}\n",
                {"t.yaml:3:28: \"iftable\" is not a table; did you mean \"ifTable\"?"}},
        Refusal{"ColumnWithoutRow",
                "facts: {device: {model: ifDescr}}\n",
                {"t.yaml:3:25: ifDescr is a column and there is no row here; write `in: ifTable` "
                 "beside it, or `each: ifTable` "
                 "in the rule"}},
        Refusal{"ChangedByAColumn",
                "changed_by: [sysName, ifDescr]\nfacts: {device: {model: sysName}}\n",
                {"t.yaml:3:1: changed_by: names scalars, such as ifTableLastChange; no columns"}},
        Refusal{"RequiredField",
                "facts: {sensors: {value: sysName}}\n",
                {"t.yaml:3:18: a rule for sensors needs \"class\""}},
        Refusal{
            "NoSuchWord",
            "facts: {sensors: {class: temprature, value: sysName}}\n",
            {"t.yaml:3:26: \"temprature\" is not a word for class; did you mean \"temperature\"?"}},
        Refusal{"NoSuchWordInMap",
                "facts: {supplies: {type: {of: sysName, map: {1: tonner}}, level: sysName}}\n",
                {"t.yaml:3:49: map: \"tonner\" is not a word for type; did you mean \"toner\"?"}},
        Refusal{"NoSource",
                "facts: {device: {model: {match: a}}}\n",
                {"t.yaml:3:25: of: needs one source: of, text, value, index or index_text"}},
        Refusal{"TwoSources",
                "facts: {device: {model: {of: sysName, value: x}}}\n",
                {"t.yaml:3:25: of: needs one source: of, text, value, index or index_text"}},
        Refusal{"UnknownTransform",
                "facts: {device: {model: {of: sysName, as: mack}}}\n",
                {"t.yaml:3:43: as: \"mack\" is not a transform; did you mean \"mac\"?"}},
        Refusal{"TooFewArguments",
                "facts: {device: {uptime: {of: sysName, as: uptime}}}\n",
                {"t.yaml:3:31: of: uptime takes 3 objects, not 1"}},
        Refusal{
            "SeveralWithoutTransform",
            "facts: {device: {model: {of: [sysName, sysDescr]}}}\n",
            {"t.yaml:3:30: of: names several objects; only a transform (as) takes more than one"}},
        Refusal{"OpenTemplate",
                "facts: {device: {model: 'x {sysName'}}\n",
                {"t.yaml:3:25: \"x {sysName\" has a { without its }"}},
        Refusal{
            "WithinOfThree",
            "facts: {page_count: {value: {of: sysName, within: [1, 2, 3]}}}\n",
            {"t.yaml:3:51: within: needs two numbers, the least and the most, such as [0, 100]"}},
        Refusal{
            "StatesWithoutMeaning",
            "facts: {states: {value: sysName}}\n",
            {"t.yaml:3:17: a rule for states needs either states or bits: what its values mean"}},
        Refusal{"StateWithoutSeverity",
                "facts: {states: {value: sysName, states: {1: [ok]}}}\n",
                {"t.yaml:3:17: a rule for states needs either states or bits: what its values mean",
                 "t.yaml:3:46: needs a word and its severity, such as [failed, critical]"}},
        Refusal{"NoSeverity",
                "facts: {states: {value: sysName, states: {1: [up, good], 2: [x, ok]}}}\n",
                {"t.yaml:3:51: \"good\" is not a severity of a state; it is one of ok, warning, "
                 "critical, unknown"}},
        Refusal{
            "JoinOfWhatIsNotJoined",
            "facts: {interfaces: {each: ifTable, join: {ifXTable: [ifName]}, index: {index: 1}}}\n",
            {"t.yaml:3:55: ifName is of a table that is not joined yet; join that one before"}}),
    named);

INSTANTIATE_TEST_SUITE_P(
    Rest, ProfileRefused,
    ::testing::Values(
        Refusal{"UnknownItem",
                "items: {toner: {warning: 1}}\n",
                {"t.yaml:3:9: \"toner\" is not a check item with limits; it is one of cpu, memory, "
                 "storage, temperature, "
                 "humidity, supplies, trays, ups-load, ups-charge, ups-runtime, "
                 "port-errors, port-discards, port-utilisation"}},
        Refusal{"NoLimit",
                "items: {cpu: {warning: high}}\n",
                {"t.yaml:3:24: warning: \"high\" is not a limit; write a number in the item's "
                 "unit, such as 85%, or never"}},
        Refusal{"OnlyIfUnknown",
                "only_if: sysNane\n",
                {"t.yaml:3:10: \"sysNane\" is not an object; did you mean \"sysName\"?"}},
        Refusal{"EveryMistakeAtOnce",
                "class: x\nvendor: ''\n",
                {"t.yaml:3:8: class: \"x\" is not a class; it is one of switch, router, firewall, "
                 "wireless-controller, "
                 "access-point, printer, ups, pdu, nas, server, pc, hypervisor, environment, "
                 "phone, camera, appliance, other",
                 "t.yaml:4:9: vendor: is empty; write something or take the key out"}}),
    named);

TEST(Profiles, UsingWhatIsNotThere) {
    const auto loaded = compile("title: T\nuse: [bas]\n");
    EXPECT_THAT(
        sentences(loaded),
        ElementsAre("t.yaml:2:7: use: there is no profile \"bas\"; did you mean \"base\"?"));
}

TEST(Profiles, UsingInACircle) {
    const auto loaded = compile_profiles({{"a", "title: A\nuse: [b]\n", "a.yaml"},
                                          {"b", "title: B\nuse: [a]\n", "b.yaml"},
                                          {"generic", "title: Any\n", "generic.yaml"}});
    EXPECT_THAT(sentences(loaded),
                ::testing::Contains("b.yaml:2:7: use: a uses b in a circle; take one of them out"));
}

TEST(Profiles, EmptyAndBrokenFiles) {
    EXPECT_THAT(sentences(compile("")), ElementsAre("t.yaml: is empty; the least is `title: …`"));
    EXPECT_THAT(sentences(compile("title: [")), ElementsAre(HasSubstr("t.yaml:")));
    EXPECT_THAT(sentences(compile("[a, b]")), ::testing::Contains(HasSubstr("must be a map")));
}

TEST(Profiles, WithoutAGenericOneIsRefused) {
    EXPECT_THAT(sentences(compile_profiles({})), ElementsAre(HasSubstr("no profile \"generic\"")));
}

TEST(Profiles, OnlyWhatARuleNamesIsAsked) {
    const auto loaded = compile(
        "title: T\nuse: [base]\nrecognise: [{sys_descr: T}]\n"
        "facts: {device: {model: sysName}, interfaces: {each: ifTable, index: {index: 1}, name: "
        "ifName}}\n");
    ASSERT_THAT(sentences(loaded), IsEmpty());
    const auto& profile = loaded.profiles->all.back();
    EXPECT_EQ(profile.name, "t");
    const auto plan = core::what_to_ask(profile, {});
    EXPECT_THAT(plan.scalars, ElementsAre(core::Oid::parse("1.3.6.1.2.1.1.5.0").value()));
    ASSERT_EQ(plan.tables.size(), 1U);
    EXPECT_EQ(plan.tables[0].name, "ifXTable");
}

// ---- recognition

core::Profiles recognisers() {
    const auto loaded = compile_profiles(
        {{"generic", "title: Any\n", "g.yaml"},
         {"cisco",
          "title: C\nvendor: Cisco\nrecognise: [{sys_object_id: 1.3.6.1.4.1.9, class: router}]\n",
          "c.yaml"},
         {"cisco-ap",
          "title: A\nrecognise: [{sys_object_id: [1.3.6.1.4.1.9.1.525, 1.3.6.1.4.1.9.1.618]}]\n",
          "a.yaml"},
         {"nas", "title: N\nrecognise: [{sys_object_id: 1.3.6.1.4.1.8072, sys_descr: '(?i)nas'}]\n",
          "n.yaml"},
         {"netsnmp", "title: S\nrecognise: [{sys_object_id: 1.3.6.1.4.1.8072.3.2.10}]\n",
          "s.yaml"}});
    return *loaded.profiles;
}

struct Identity {
    std::string name, sys_object_id, sys_descr, profile;
    friend void PrintTo(const Identity& i, std::ostream* out) { *out << i.name; }
};
class Recognition : public ::testing::TestWithParam<Identity> {};
TEST_P(Recognition, FindsTheProfile) {
    const auto profiles = recognisers();
    const auto& [name, sys_object_id, sys_descr, profile] = GetParam();
    const auto oid = sys_object_id.empty() ? core::Oid() : core::Oid::parse(sys_object_id).value();
    EXPECT_EQ(core::recognise(profiles, oid, sys_descr).profile->name, profile);
}
INSTANTIATE_TEST_SUITE_P(
    Devices, Recognition,
    ::testing::Values(Identity{"ByVendor", "1.3.6.1.4.1.9.1.1", "", "cisco"},
                      Identity{"TheLongerWins", "1.3.6.1.4.1.9.1.618", "", "cisco-ap"},
                      Identity{"NoBeginningOfANumber", "1.3.6.1.4.1.99", "", "generic"},
                      Identity{"APatternBeatsLength", "1.3.6.1.4.1.8072.3.2.10", "Linux NAS 5",
                               "nas"},
                      Identity{"WithoutThePattern", "1.3.6.1.4.1.8072.3.2.10", "Linux", "netsnmp"},
                      Identity{"BothMustMatch", "1.3.6.1.4.1.9", "my nas", "cisco"},
                      Identity{"Nothing", "", "", "generic"}),
    named);

TEST(Recognition, VendorAndClassComeFromTheRecogniser) {
    const auto profiles = recognisers();
    const auto known = core::recognise(profiles, core::Oid::parse("1.3.6.1.4.1.9.1.1").value(), "");
    const auto facts = core::read(known, {}, {});
    EXPECT_EQ(facts.device.vendor, "Cisco");
    EXPECT_EQ(facts.device.device_class, core::DeviceClass::router);
}

// ---- the shipped ones and the user's

TEST(ShippedProfiles, HaveNoMistake) {
    const auto loaded = load_profiles({}, {}, ProfileReading::at_once);
    EXPECT_THAT(sentences(loaded), IsEmpty());
    ASSERT_NE(loaded.profiles, nullptr);
    EXPECT_EQ(loaded.profiles->all[loaded.profiles->generic].name, "generic");
}

TEST(ShippedProfiles, AreAllOfUse) {
    const auto loaded = load_profiles();
    ASSERT_NE(loaded.profiles, nullptr);
    std::set<std::string> used;
    for (const auto& profile : loaded.profiles->all)
        for (const auto& module : profile.modules) used.insert(module->name);
    for (const auto& name : shipped_profiles())
        EXPECT_TRUE(used.contains(name)) << name << " recognises nothing and nobody uses it";
}

TEST(ShippedProfiles, MostWrongStatesHaveASentence) {
    const auto loaded = load_profiles();
    int wrong = 0, said = 0;
    const auto count = [&](const std::string& word, core::Verdict severity) {
        if (severity != core::Verdict::warning && severity != core::Verdict::critical) return;
        ++wrong;
        const core::StateFacts state{.state = word};
        if (core::state_message(state).id != core::MessageId::state_other) ++said;
    };
    std::set<const core::Module*> seen;
    for (const auto& profile : loaded.profiles->all) {
        for (const auto& module : profile.modules) {
            if (!seen.insert(module.get()).second) continue;
            for (const core::Rule& rule : module->rules) {
                for (const auto& [value, state] : rule.states) count(state.word, state.severity);
                for (const auto& [bit, state] : rule.bits) count(state.word, state.severity);
                for (const auto& [word, severity] : rule.severities) count(word, severity);
            }
        }
    }
    EXPECT_GT(wrong, 2'000);
    EXPECT_GT(said * 100, wrong * 87) << said << " of " << wrong;
}

TEST(ShippedProfiles, AreTheSameWhenTheyAreReadAtOnce) {
    const auto later = load_profiles();
    const auto now = load_profiles({}, {}, ProfileReading::at_once);
    ASSERT_EQ(later.profiles->all.size(), now.profiles->all.size());
    EXPECT_EQ(later.profiles->generic, now.profiles->generic);
    for (std::size_t i = 0; i < now.profiles->all.size(); ++i) {
        const core::Profile &one = later.profiles->all[i], &other = now.profiles->all[i];
        ASSERT_EQ(one.name, other.name);
        EXPECT_EQ(one.recognisers.size(), other.recognisers.size());
        EXPECT_TRUE(std::ranges::equal(one.modules, other.modules,
                                       [](const auto& a, const auto& b) {
                                           return a->name == b->name && a->tables == b->tables &&
                                                  a->objects == b->objects &&
                                                  a->rules.size() == b->rules.size();
                                       }))
            << one.name;
    }
}

TEST(ShippedProfiles, ShareTheModulesOfOneFile) {
    const auto loaded = load_profiles();
    std::map<std::string, std::shared_ptr<const core::Module>> first;
    for (const auto& profile : loaded.profiles->all)
        for (const auto& module : profile.modules)
            EXPECT_EQ(first.try_emplace(module->name, module).first->second, module);
}

TEST(UserProfiles, AddAndOverride) {
    const tests::TempFolder folder;
    folder.write("acme.yaml",
                 "title: Acme\nuse: [system]\nrecognise: [{sys_object_id: 1.3.6.1.4.1.32473, "
                 "vendor: Acme}]\n");
    folder.write("ups-mib.yaml", "title: Mine\n");
    folder.write(".acme.yaml.swp", "editors leave these");
    const auto loaded = load_profiles(folder.path());
    ASSERT_THAT(sentences(loaded), IsEmpty());
    const auto acme =
        core::recognise(*loaded.profiles, core::Oid::parse("1.3.6.1.4.1.32473.1").value(), "");
    EXPECT_EQ(acme.profile->name, "acme");
    const auto& modules = loaded.profiles->all[loaded.profiles->generic].modules;
    const auto ups =
        std::ranges::find_if(modules, [](const auto& module) { return module->name == "ups-mib"; });
    ASSERT_NE(ups, modules.end());
    EXPECT_EQ((*ups)->title, "Mine");
}

TEST(UserProfiles, WhatBreaksAShippedOneIsToldAtTheStart) {
    const tests::TempFolder folder;
    folder.write("printer-mib.yaml", "title: Mine\n");  // without the names that brother.yaml needs
    EXPECT_THAT(sentences(load_profiles(folder.path())),
                ::testing::Contains(HasSubstr("shipped profiles/brother.yaml")));
}

TEST(UserProfiles, MayNameWhatTheShippedDeclare) {
    const tests::TempFolder folder;
    folder.write("acme.yaml",
                 "title: Acme\nuse: [kyocera-private-mib]\nrecognise: [{sys_object_id: "
                 "1.3.6.1.4.1.32473}]\nfacts: {device: {serial: kcprtSerialNumber}}\n");
    EXPECT_THAT(sentences(load_profiles(folder.path())), IsEmpty());
    folder.write(
        "acme.yaml",
        "title: Acme\nuse: [kyocera-private-mib]\nfacts: {device: {serial: kcprtSerialNumbr}}\n");
    EXPECT_THAT(
        sentences(load_profiles(folder.path())),
        ElementsAre(HasSubstr("acme.yaml:3:26: \"kcprtSerialNumbr\" is not an object; did you mean "
                              "\"kcprtSerialNumber\"?")));
}

TEST(UserProfiles, AFolderThatIsNotThereIsEmpty) {
    EXPECT_NE(load_profiles("/no/such/folder").profiles, nullptr);
}

TEST(UserProfiles, NamesThatWouldBePassedOver) {
    const tests::TempFolder folder;
    folder.write("a.yml", "title: A\n");
    folder.write("A b.yaml", "title: A\n");
    std::vector<std::string> all;
    for (const auto& problem : load_profiles(folder.path()).problems) all.push_back(problem.what);
    EXPECT_THAT(all, ::testing::UnorderedElementsAre(
                         "is not read; rename it to end in .yaml",
                         "\"A b\" is not a profile's name; write it with a to z, 0 to 9 and -"));
}

TEST(UserProfiles, LimitsOfTheSpecialCountBeforeTheGeneral) {
    const auto loaded = compile_profiles(
        {{"base", "title: B\nitems: {cpu: {warning: 50}, memory: {warning: 60, critical: never}}\n",
          "b.yaml"},
         {"generic", "title: G\nuse: [base]\nitems: {cpu: {warning: 70, critical: 90}}\n",
          "g.yaml"}});
    ASSERT_THAT(sentences(loaded), IsEmpty());
    const auto limits = core::limits_of(loaded.profiles->all.front());
    EXPECT_EQ(limits.at("cpu"), (core::Limits<double>{.warning = 70, .critical = 90}));
    EXPECT_EQ(limits.at("memory"), (core::Limits<double>{.warning = 60, .critical = {}}));
}

}  // namespace
}  // namespace rounds::config
