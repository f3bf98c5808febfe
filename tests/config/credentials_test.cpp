#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/check_item.hpp"
#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

using core::SnmpAuth;
using core::SnmpPriv;
using core::SnmpVersion;
using namespace std::chrono_literals;
using ::testing::ElementsAre;

const std::string office = "devices: [{name: sw, address: 10.0.0.1, credentials: office}]\n";

TEST(Credentials, CommunityInlineOrFromItsFile) {
    const auto inline_one =
        Written(office + "credentials: {office: {snmp: v2c, community: public}}\n").load();
    ASSERT_TRUE(inline_one.setup);
    const auto& device = inline_one.setup->office.devices[0];
    ASSERT_TRUE(device.credentials);
    EXPECT_EQ(device.credentials->name, "office");
    EXPECT_EQ(device.credentials->version, SnmpVersion::v2c);
    EXPECT_EQ(device.credentials->community, "public");
    EXPECT_EQ(device.credentials->port, 161);

    Written filed(office +
                  "credentials: {office: {snmp: v1, community_file: secrets/c, port: 1161}}\n");
    filed.file("secrets/c", "xyzzy\n");
    const auto loaded = filed.load();
    ASSERT_TRUE(loaded.setup);
    EXPECT_EQ(loaded.setup->office.devices[0].credentials->community, "xyzzy");
    EXPECT_EQ(loaded.setup->office.devices[0].credentials->version, SnmpVersion::v1);
    EXPECT_EQ(loaded.setup->office.devices[0].credentials->port, 1161);
}

TEST(Credentials, V3WithEverything) {
    Written written(office +
                    "credentials:\n  office: {snmp: v3, user: rounds, auth: SHA-256, auth_file: a, "
                    "priv: AES-128, "
                    "priv_file: p, context: vlan-7}\n");
    written.file("a", "authpass1\n").file("p", "privpass1\n");
    const auto loaded = written.load();
    ASSERT_TRUE(loaded.setup);
    const auto& credentials = *loaded.setup->office.devices[0].credentials;
    EXPECT_EQ(credentials.user, "rounds");
    EXPECT_EQ(credentials.auth, SnmpAuth::sha256);
    EXPECT_EQ(credentials.auth_password, "authpass1");
    EXPECT_EQ(credentials.priv, SnmpPriv::aes128);
    EXPECT_EQ(credentials.priv_password, "privpass1");
    EXPECT_EQ(credentials.context, "vlan-7");
}

TEST(Credentials, ADeviceWithoutIsNotAskedBySnmp) {
    const auto loaded = Written("devices: [{name: sw, address: 10.0.0.1}]\n").load();
    EXPECT_EQ(loaded.setup->office.devices[0].credentials, nullptr);
}

TEST(Credentials, AnArchiveNamesThemInAColumn) {
    Written written("archive: [d.csv]\ncredentials: {office: {snmp: v2c, community: public}}\n");
    written.file("d.csv", "name,address,credentials\nsw,10.0.0.1,office\npc,10.0.0.2,\n");
    const auto loaded = written.load();
    ASSERT_TRUE(loaded.setup);
    EXPECT_TRUE(loaded.setup->office.devices[0].credentials);
    EXPECT_FALSE(loaded.setup->office.devices[1].credentials);
}

TEST(Credentials, HowOftenAndHowPatientlyIsSaidPerSiteClassAndDevice) {
    const auto loaded =
        Written(
            "polling: {snmp: {interval: 1m, timeout: 3s, retries: 1}}\n"
            "classes: {printer: {snmp: {interval: 1h}}}\n"
            "devices:\n"
            "  - {name: mfp, address: 10.0.0.1, class: printer, snmp: {max_repetitions: 5}}\n"
            "  - {name: sw, address: 10.0.0.2, class: switch, ports: [GE0/0/1, '24']}\n")
            .load();
    ASSERT_TRUE(loaded.setup);
    const auto& mfp = loaded.setup->office.devices[0].snmp;
    EXPECT_EQ(mfp.interval, 1h);
    EXPECT_EQ(mfp.plan.timeout, 3s);
    EXPECT_EQ(mfp.plan.retries, 1);
    EXPECT_EQ(mfp.plan.max_repetitions, 5);
    const auto& sw = loaded.setup->office.devices[1];
    EXPECT_EQ(sw.snmp.interval, 1min);
    EXPECT_EQ(sw.snmp.plan.max_repetitions, 20);
    ASSERT_EQ(sw.ports.size(), 2U);
    EXPECT_EQ(sw.ports[0], core::PortRule{.port = "GE0/0/1"});
    EXPECT_EQ(sw.ports[1], core::PortRule{.port = "24"});
}

TEST(Credentials, APrinterIsReadHourlyAndRestsUnlessAnIntervalIsSaidOfIt) {
    const auto rule = [](const std::string& classes, const std::string& device) {
        const auto loaded = Written("polling: {snmp: {interval: 1m, timeout: 3s}}\n" + classes +
                                    "devices: [{name: mfp, address: 10.0.0.1, " + device + "}]\n")
                                .load();
        EXPECT_TRUE(loaded.setup);
        return loaded.setup ? loaded.setup->office.devices[0].snmp : core::SnmpRule{};
    };
    const auto usual = rule("", "class: printer");
    EXPECT_EQ(usual.interval, 1h);
    EXPECT_TRUE(usual.rests);
    EXPECT_EQ(usual.plan.timeout, 3s) << "all else is as the site says";
    EXPECT_TRUE(rule("classes: {printer: {snmp: {timeout: 5s}}}\n", "class: printer").rests);
    for (const auto& said : {rule("classes: {printer: {snmp: {interval: 2m}}}\n", "class: printer"),
                             rule("", "class: printer, snmp: {interval: 2m}")}) {
        EXPECT_EQ(said.interval, 2min);
        EXPECT_FALSE(said.rests);
    }
    EXPECT_FALSE(rule("", "class: switch").rests);
    EXPECT_EQ(rule("", "class: switch").interval, 1min);
}

TEST(ItemLimits, OfALinkAreThoseOfLinks) {
    const auto loaded =
        Written(
            "thresholds: {utilisation: {warning: 80%}, cpu: {warning: 70%}}\n"
            "devices: [{name: sw, address: 10.0.0.1, class: switch}]\n"
            "links:\n"
            "  - {name: a, targets: [10.0.0.2]}\n"
            "  - {name: b, targets: [10.0.0.2], thresholds: {utilisation: {critical: 95%}}}\n")
            .load();
    ASSERT_TRUE(loaded.setup);
    const auto& read = loaded.setup->office;
    EXPECT_FALSE(read.devices[0].limits.contains("utilisation"));
    ASSERT_EQ(read.links[0].limits.size(), 1U);
    EXPECT_EQ(read.links[0].limits.at("utilisation").warning, 80.0);
    EXPECT_EQ(read.links[1].limits.at("utilisation").warning, 80.0);
    EXPECT_EQ(read.links[1].limits.at("utilisation").critical, 95.0);
}

TEST(ItemLimits, TheNearerLevelWinsSideBySide) {
    const auto loaded =
        Written(
            "thresholds: {cpu: {warning: 70%}, supplies: {warning: 20, critical: 5}}\n"
            "classes: {switch: {thresholds: {cpu: {critical: 80%}}}}\n"
            "devices:\n"
            "  - {name: sw, address: 10.0.0.1, class: switch}\n"
            "  - {name: mfp, address: 10.0.0.2, class: printer,\n"
            "     thresholds: {supplies: {critical: never}, temperature: {warning: 40.5}}}\n")
            .load();
    ASSERT_TRUE(loaded.setup);
    using Limits = core::Limits<double>;
    const auto& sw = loaded.setup->office.devices[0].limits;
    EXPECT_EQ(sw.at("cpu"), (Limits{70, 80}));
    EXPECT_FALSE(sw.contains("memory"));  // Nothing is said of it: its default.
    const auto& mfp = loaded.setup->office.devices[1].limits;
    EXPECT_EQ(mfp.at("cpu"), (Limits{70, core::default_limits("cpu").critical}));
    EXPECT_EQ(mfp.at("supplies"), (Limits{20, std::nullopt}));
    EXPECT_EQ(mfp.at("temperature"), (Limits{40.5, std::nullopt}));
}

TEST(Ignore, IsSaidOfClassesDevicesAndPorts) {
    const auto loaded =
        Written(
            "classes: {switch: {ignore: [snmp, cpu]}}\n"
            "devices:\n"
            "  - name: sw\n"
            "    address: 10.0.0.1\n"
            "    class: switch\n"
            "    ignore: [loss, memory]\n"
            "    thresholds: {memory: {warning: 50}}\n"
            "    ports:\n"
            "      - GE1\n"
            "      - {port: GE2, monitor: false}\n"
            "      - {port: GE3, ignore: [port-status], thresholds: {port-errors: {warning: 5%}}}\n"
            "  - {name: pc, address: 10.0.0.2, class: pc, ignore: [round-trip, jitter]}\n")
            .load();
    ASSERT_TRUE(loaded.setup);
    const core::Limits<double> none{.warning = {}, .critical = {}};
    const auto& sw = loaded.setup->office.devices[0];
    EXPECT_THAT(sw.ignored, ElementsAre("cpu", "loss", "memory", "snmp"));
    EXPECT_EQ(sw.limits.at("cpu"), none);
    EXPECT_EQ(sw.limits.at("memory"), none);
    EXPECT_EQ(sw.limits.count("snmp"), 0U);
    EXPECT_EQ(sw.thresholds.loss, none);
    ASSERT_EQ(sw.ports.size(), 3U);
    EXPECT_FALSE(sw.ports[1].monitored);
    EXPECT_TRUE(sw.ports[2].monitored);
    EXPECT_THAT(sw.ports[2].ignored, ElementsAre("port-status"));
    EXPECT_EQ(sw.ports[2].limits.at("port-errors").warning, 5.0);
    const auto& pc = loaded.setup->office.devices[1];
    EXPECT_EQ(pc.thresholds.round_trip, core::Limits<core::Microseconds>{});
    EXPECT_EQ(pc.thresholds.jitter, core::Limits<core::Microseconds>{});
    EXPECT_EQ(pc.thresholds.loss, core::Thresholds{}.loss);
}

TEST(Ignore, WhatIsNoItemIsRefusedWithASuggestion) {
    const std::string device = "devices:\n  - {name: a, address: 10.0.0.1, ";
    EXPECT_THAT(
        Written(device + "ignore: [snpm]}\n").sentences(),
        ElementsAre(::testing::HasSubstr("rounds.yaml:2:43: ignore: \"snpm\" is not a check "
                                         "item; did you mean \"snmp\"?")));
    EXPECT_THAT(Written(device + "ports: [{port: GE1, ignore: [cpu]}]}\n").sentences(),
                ElementsAre(::testing::HasSubstr("ignore: \"cpu\" is not a check item")));
    EXPECT_THAT(Written(device + "ports: [{name: GE1}]}\n").sentences().size(), 2U);
    EXPECT_THAT(
        Written(device + "ports: [{port: GE1, thresholds: {cpu: {warning: 5}}}]}\n").sentences(),
        ElementsAre(::testing::HasSubstr("cpu")));
    EXPECT_THAT(Written(device + "ports: [[GE1]]}\n").sentences().size(), 1U);
}

TEST(ItemLimits, AWarningComesBeforeCriticalWhicheverWayItCounts) {
    const std::string devices = "devices: [{name: a, address: 10.0.0.1}]\n";
    EXPECT_THAT(
        Written(devices + "thresholds: {cpu: {warning: 90, critical: 80}}\n").sentences(),
        ElementsAre("rounds.yaml:2:29: warning: lies beyond critical; a warning comes first"));
    EXPECT_THAT(
        Written(devices + "thresholds: {supplies: {warning: 5, critical: 20}}\n").sentences(),
        ElementsAre("rounds.yaml:2:34: warning: lies beyond critical; a warning comes first"));
    EXPECT_THAT(
        Written(devices + "thresholds: {cpu: {warning: hot}}\n").sentences(),
        ElementsAre(
            "rounds.yaml:2:29: warning: \"hot\" is not a limit; write a number in the item's unit, "
            "such as 85%, or never"));
}

struct Refusal {
    const char* name;
    const char* credentials;
    const char* sentence;
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
    *out << refusal.credentials;
}

class CredentialsRefusedTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(CredentialsRefusedTest, WithASentence) {
    const auto problems =
        Written("credentials:\n  office: " + std::string(GetParam().credentials) + "\n" + office)
            .sentences();
    ASSERT_EQ(problems.size(), 1U) << ::testing::PrintToString(problems);
    EXPECT_EQ(problems[0], GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(
    Credentials, CredentialsRefusedTest,
    ::testing::Values(
        Refusal{"NoVersion", "{community: public}",
                "rounds.yaml:2:11: credentials office needs \"snmp\""},
        Refusal{
            "NoCommunity", "{snmp: v2c}",
            "rounds.yaml:2:11: credentials need a community: write community_file (or community)"},
        Refusal{"CommunityForV3", "{snmp: v3, user: u, community: public}",
                "rounds.yaml:2:42: community: means nothing to SNMP v3; remove it"},
        Refusal{"UserForV2", "{snmp: v2c, community: public, user: u}",
                "rounds.yaml:2:48: user: means nothing to SNMP v2c; remove it"},
        Refusal{"AuthWithoutPassword", "{snmp: v3, user: u, auth: SHA-256}",
                "rounds.yaml:2:37: auth: needs a password; write auth_file (or auth_password)"},
        Refusal{
            "PrivWithoutAuth", "{snmp: v3, user: u, priv: AES-128, priv_password: longenough}",
            "rounds.yaml:2:37: priv: needs auth: SNMP v3 has no privacy without authentication"},
        Refusal{"ShortPassword", "{snmp: v3, user: u, auth: MD5, auth_password: short}",
                "rounds.yaml:2:11: the password for auth is too short; SNMP wants 8 characters"},
        Refusal{"PasswordWithoutProtocol", "{snmp: v3, user: u, auth_password: longenough}",
                "rounds.yaml:2:11: a password without a protocol; write auth beside it"},
        Refusal{
            "UnknownProtocol", "{snmp: v3, user: u, auth: SHA-257, auth_password: longenough}",
            "rounds.yaml:2:37: auth: \"SHA-257\" is not a protocol of authentication; did you mean "
            "\"SHA-256\"?"},
        Refusal{"PortOutOfRange", "{snmp: v2c, community: public, port: 70000}",
                "rounds.yaml:2:48: port: \"70000\" is not a whole number from 1 to 65535; write "
                "one within "
                "them"}),
    [](const auto& one) { return one.param.name; });

TEST(Credentials, AReferenceToNoneIsRefusedWithTheNearest) {
    EXPECT_THAT(
        Written("devices: [{name: sw, address: 10.0.0.1, credentials: ofice}]\n"
                "credentials: {office: {snmp: v2c, community: public}}\n")
            .sentences(),
        ElementsAre(
            "rounds.yaml:1:54: credentials: none are called \"ofice\" under credentials; did you "
            "mean \"office\"?"));
}

TEST(Credentials, NoSentenceRepeatsASecret) {
    Written written(
        office +
        "credentials: {office: {snmp: v3, user: u, auth: SHA-256, auth_file: a, priv: AES-999}}\n");
    written.file("a", "hunter2");
    for (const auto& sentence : written.sentences())
        EXPECT_EQ(sentence.find("hunter2"), std::string::npos);
    EXPECT_FALSE(written.sentences().empty());
}

}  // namespace
}  // namespace rounds::config
