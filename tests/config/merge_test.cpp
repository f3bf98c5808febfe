// conf.d, environment variables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> names(const Setup& setup) {
    std::vector<std::string> all;
    for (const auto& device : setup.office.devices) all.push_back(device.name);
    return all;
}

TEST(ConfD, MapsMergeAndListsAppendInNameOrder) {
    Written written("site: {name: Office}\ndevices: [{name: a}]\n");
    written.file("conf.d/20-more.yaml", "devices: [{name: c}]\nstorage: {keep: 30d}\n");
    written.file("conf.d/10-floor.yaml", "site: {locale: zh-CN}\ndevices: [{name: b}]\n");
    written.file("conf.d/empty.yaml", "# nothing yet\n");
    written.file("conf.d/README", "not read\n");
    written.file("conf.d/.hidden.yaml", "not: read\n");
    const auto loaded = written.load();
    ASSERT_THAT(written.sentences(), ElementsAre());
    EXPECT_THAT(names(*loaded.setup), ElementsAre("a", "b", "c"));
    EXPECT_EQ(loaded.setup->site, "Office");
    EXPECT_EQ(loaded.setup->language, core::Language::chinese);
    EXPECT_EQ(loaded.setup->keep_days, 30);
}

TEST(ConfD, ASingleValueSetTwiceNamesBothPlaces) {
    Written written("site: {name: Office}\ndevices: [{name: a}]\n");
    written.file("conf.d/10.yaml", "site:\n  name: Other\n");
    written.file("conf.d/20.yaml", "site: [a]\n");
    EXPECT_THAT(
        written.sentences(),
        ElementsAre(
            "conf.d/10.yaml:2:9: site.name is already set at rounds.yaml:1:14; keep one of the two",
            "conf.d/20.yaml:1:7: site is a list here and a map at rounds.yaml:1:7; write both "
            "alike"));
}

TEST(ConfD, MistakesAreToldFileByFile) {
    Written written("devices: [{name: a, colour: red}]\n");
    written.file("conf.d/10.yaml", "devices: [\n");
    written.file("conf.d/20.yaml", "devices: [{name: a}]\nsite: {local: en}\n");
    written.file("conf.d/30.yml", "devices: []\n");
    EXPECT_THAT(
        written.sentences(),
        ElementsAre("rounds.yaml:1:21: unknown key \"colour\" in a device; it is one of name, id, "
                    "address, class, vendor, "
                    "model, serial, department, location, user, owner, upstream, "
                    "credentials, ports, lifecycle, monitor, presence, severity, "
                    "ping, snmp, thresholds, ignore",
                    "conf.d/30.yml: is not read; rename it to end in .yaml",
                    "conf.d/10.yaml:2:1: this is not YAML: a value is missing here, or a [ or { is "
                    "not closed before",
                    "conf.d/20.yaml:1:18: the name \"a\" is taken by the device at "
                    "rounds.yaml:1:11; names and ids are unique",
                    "conf.d/20.yaml:2:8: unknown key \"local\" in site; did you mean \"locale\"?"));
}

TEST(ConfD, ANameThatAnUnreadableFileMayExplainIsNoMistake) {
    Written written("devices: [{name: a, owner: wang, upstream: core}]\n");
    written.file("conf.d/people.yaml", "people: {wang: {\n");
    EXPECT_THAT(written.sentences(),
                ElementsAre("conf.d/people.yaml:2:1: this is not YAML: a value is missing here, or "
                            "a [ or { is not closed before"));
}

TEST(ConfD, RelativePathsStartAtTheFileThatNamesThem) {
    Written written("devices: [{name: a}]\nstorage: {state: state}\n");
    written.file("conf.d/10.yaml", "archive: [pcs.csv]\nstorage: {reports: /srv/reports}\n");
    written.file("conf.d/pcs.csv", "name\npc-1\n");
    const auto loaded = written.load();
    ASSERT_THAT(written.sentences(), ElementsAre());
    EXPECT_THAT(names(*loaded.setup), ElementsAre("a", "pc-1"));
    EXPECT_EQ(loaded.setup->state, written.folder() / "state");
    EXPECT_EQ(loaded.setup->reports, "/srv/reports");
}

TEST(Environment, StandsInForParts) {
    Written written(
        "site: {name: \"${CITY}-${FLOOR}\"}\ndevices: [{name: a, address: '${GATEWAY}', location: "
        "\"$${x} $5 $\"}]\n");
    written.set("CITY", "上海").set("FLOOR", "3").set("GATEWAY", "10.0.0.1");
    ASSERT_THAT(written.sentences(), ElementsAre());
    const auto setup = written.load().setup;
    EXPECT_EQ(setup->site, "上海-3");
    EXPECT_EQ(setup->office.devices.front().address, "10.0.0.1");
    EXPECT_EQ(setup->office.devices.front().location, "${x} $5 $");
}

TEST(Environment, IsTextAndNeverYaml) {
    Written written("site: {name: '${NAME}'}\ndevices: [{name: a}]\n");
    written.set("NAME", "{x: [1, ${NAME}]}");
    ASSERT_THAT(written.sentences(), ElementsAre());
    EXPECT_EQ(written.load().setup->site, "{x: [1, ${NAME}]}");
}

TEST(Environment, WhatIsNotSetIsAMistake) {
    Written written(
        "site: {name: '${NAME}'}\ndevices:\n  - {name: '${A-b}'}\n  - {name: '${A'}\n  - {name: "
        "'${}'}\n  - {name: '${EVIL}'}\n");
    written.set("EVIL", "a\nb");
    EXPECT_THAT(written.sentences(),
                ElementsAre("rounds.yaml:1:14: the environment variable NAME is not set",
                            "rounds.yaml:3:12: ${ begins an environment variable such as ${NAME}; "
                            "write $${ for the characters ${",
                            "rounds.yaml:4:12: ${ begins an environment variable such as ${NAME}; "
                            "write $${ for the characters ${",
                            "rounds.yaml:5:12: ${ begins an environment variable such as ${NAME}; "
                            "write $${ for the characters ${",
                            "rounds.yaml:6:12: the environment variable EVIL has control "
                            "characters or is not UTF-8"));
}

TEST(Environment, OfTheProcessIsReadByName) {
    ::setenv("ROUNDS_CONFIG_TEST", "here", 1);
    EXPECT_EQ(process_environment()("ROUNDS_CONFIG_TEST"), "here");
    ::unsetenv("ROUNDS_CONFIG_TEST");
    EXPECT_EQ(process_environment()("ROUNDS_CONFIG_TEST"), std::nullopt);
}

}  // namespace
}  // namespace rounds::config
