// What a right configuration means.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/profile.hpp"
#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

using namespace std::chrono_literals;
using core::DeviceClass;
using core::Presence;
using core::Severity;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const core::Device& device(const Setup& setup, const std::string& name) {
    for (const auto& one : setup.office.devices) {
        if (one.name == name) return one;
    }
    throw std::runtime_error("no device " + name);
}

std::shared_ptr<const Setup> loaded(const std::string& yaml) {
    const Written written(yaml);
    EXPECT_THAT(written.sentences(), IsEmpty());
    auto setup = written.load().setup;
    if (!setup) throw std::runtime_error("not loaded");
    return setup;
}

std::shared_ptr<const Setup> example(const std::string& name) {
    const auto loaded = load(std::filesystem::path(ROUNDS_SOURCE_DIR) / "config/examples" / name);
    for (const Problem& problem : loaded.problems) ADD_FAILURE() << problem.sentence();
    if (!loaded.setup) throw std::runtime_error("not loaded");
    return loaded.setup;
}

TEST(Load, TheLeastThereCanBe) {
    const auto setup = example("minimal.yaml");
    ASSERT_EQ(setup->office.devices.size(), 2U);
    core::Device usual;
    usual.id.value = usual.name = "gateway";
    usual.address = "192.168.1.1";
    EXPECT_EQ(setup->office.devices.front(), usual)
        << "a device with nothing but the defaults of its type";
    EXPECT_EQ(setup->site, "Rounds");
    EXPECT_EQ(setup->language, core::Language::english);
    EXPECT_EQ(setup->calendar.zone().name(), local_time_zone().name());
    EXPECT_THAT(setup->rounds, ElementsAre(core::RoundPlan{.name = "morning round"}));
    EXPECT_EQ(setup->daily, (DailyReportPlan{.after = "morning round"}));
    EXPECT_EQ(setup->state, "/var/lib/rounds");
    EXPECT_EQ(setup->reports, "/var/lib/rounds/reports");
    EXPECT_EQ(setup->keep_days, 400);
    EXPECT_THAT(setup->office.anchors, IsEmpty());
    EXPECT_THAT(setup->office.links, IsEmpty());
}

TEST(Load, TheOfficeOfTheExampleSite) {
    const auto setup = example("office.yaml");
    EXPECT_EQ(setup->site, "上海总部");
    EXPECT_EQ(setup->language, core::Language::chinese);
    EXPECT_EQ(setup->calendar.zone().name(), "Asia/Shanghai");
    EXPECT_THAT(setup->office.anchors, ElementsAre("192.168.10.1", "223.5.5.5"));
    EXPECT_EQ(setup->office.people.at({"li"}), (core::Person{.id = {"li"},
                                                             .name = "李经理",
                                                             .mail = "li@example.com",
                                                             .role = core::Person::Role::manager}));
    EXPECT_THAT(setup->rounds, ElementsAre(core::RoundPlan{.name = "早巡"},
                                           core::RoundPlan{.name = "周末巡",
                                                           .at = 600,
                                                           .days = core::RoundPlan::Days::weekdays,
                                                           .weekdays = core::Weekdays("1000001")}));
    EXPECT_EQ(setup->daily.after, "早巡");
    ASSERT_EQ(setup->office.devices.size(), 11U) << "eight here, three in devices.csv";
}

TEST(Load, TheDevicesOfTheExample) {
    const auto setup = example("office.yaml");
    const auto& core_1 = device(*setup, "core-1");
    EXPECT_EQ(core_1.id.value, "IT-2021-001");
    EXPECT_EQ(core_1.vendor + "/" + core_1.model + "/" + core_1.serial,
              "H3C/S6520X-30QC-EI/219801A1B2C3D4");
    EXPECT_EQ(core_1.department + "/" + core_1.location, "信息部/机房 A 柜");
    EXPECT_EQ(core_1.severity, Severity::first);
    EXPECT_EQ(core_1.ping.interval, 15s) << "of its class";
    EXPECT_EQ(device(*setup, "fw-1").upstream.value, "IT-2021-001") << "named by name, kept by id";
    EXPECT_FALSE(device(*setup, "hub-3f").due());
    EXPECT_FALSE(device(*setup, "sw-old").due());
    EXPECT_FALSE(device(*setup, "lab-1").due());
    const auto& router = device(*setup, "wan-router");
    EXPECT_EQ(router.ping.plan, (core::EchoPlan{.packets = 3, .spacing = 200ms, .timeout = 500ms}));
    EXPECT_EQ(router.thresholds.loss, (core::Limits<double>{0.01, 0.1}));
    EXPECT_EQ(router.thresholds.round_trip, (core::Limits<core::Microseconds>{100ms, 500ms}))
        << "of the site";
    const auto& pc = device(*setup, "pc-fin-01");
    EXPECT_EQ(pc.device_class, DeviceClass::pc);
    EXPECT_EQ(pc.severity, Severity::fourth);
    EXPECT_EQ(pc.thresholds.loss, (core::Limits<double>{}));
    EXPECT_EQ(pc.owner.value, "wang");
    EXPECT_EQ(device(*setup, "mfp-2f").owner.value, "wang") << "named by the person's name";
}

TEST(Load, TheLinkOfTheExample) {
    const auto setup = example("office.yaml");
    ASSERT_EQ(setup->office.links.size(), 1U);
    const auto& link = setup->office.links.front();
    EXPECT_EQ(link.name, "出口-1");
    EXPECT_EQ(link.device.value, "fw-1");
    EXPECT_EQ(link.interface + "/" + link.carrier + "/" + link.circuit + "/" + link.fault_phone,
              "GE0/0/1/电信/SH-2021-0042/10000");
    EXPECT_EQ(link.bandwidth_bps, 200'000'000);
    EXPECT_THAT(link.targets, ElementsAre("223.5.5.5", "114.114.114.114"));
    EXPECT_EQ(link.dns, "www.example.com");
    EXPECT_EQ(link.severity, Severity::first);
    EXPECT_EQ(link.ping, core::PingRule{}) << "of the site";
    EXPECT_EQ(link.thresholds.round_trip, (core::Limits<core::Microseconds>{50ms, 500ms}))
        << "its own, then the site's";
}

TEST(Load, TheCalendarOfTheExample) {
    using namespace std::chrono;
    const auto setup = example("office.yaml");
    const auto& calendar = setup->calendar;
    EXPECT_TRUE(calendar.working_day(2026y / 11 / 24)) << "a Tuesday";
    EXPECT_FALSE(calendar.working_day(2026y / 11 / 28)) << "a Saturday";
    EXPECT_FALSE(calendar.working_day(2026y / 10 / 7)) << "the last day of a holiday";
    EXPECT_TRUE(calendar.working_day(2026y / 10 / 8));
    EXPECT_TRUE(calendar.working_day(2026y / 10 / 10)) << "a Saturday to make up for it";
    EXPECT_FALSE(calendar.working_day(2026y / 10 / 31))
        << "a month edge never makes a Saturday a working day";
    EXPECT_EQ(calendar.working_hours(core::Date(2026y / 11 / 24)).size(), 2U);
    EXPECT_EQ(calendar.working_hours(core::Date(2026y / 12 / 1)).size(), 1U);
}

struct ClassCase {
    std::string word;
    DeviceClass device_class;
    Severity severity;
    Presence presence;
};
void PrintTo(const ClassCase& c, std::ostream* out) {
    *out << c.word;
}
class BuiltInClass : public ::testing::TestWithParam<ClassCase> {};

TEST_P(BuiltInClass, HasItsDefaults) {
    const auto setup = loaded("devices: [{name: a, class: " + GetParam().word + "}]\n");
    const auto& a = setup->office.devices.front();
    EXPECT_EQ(a.device_class, GetParam().device_class);
    EXPECT_EQ(a.severity, GetParam().severity);
    EXPECT_EQ(a.presence, GetParam().presence);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BuiltInClass,
    ::testing::Values(
        ClassCase{"switch", DeviceClass::switch_, Severity::second, Presence::always},
        ClassCase{"router", DeviceClass::router, Severity::second, Presence::always},
        ClassCase{"firewall", DeviceClass::firewall, Severity::second, Presence::always},
        ClassCase{"wireless-controller", DeviceClass::wireless_controller, Severity::second,
                  Presence::always},
        ClassCase{"access-point", DeviceClass::access_point, Severity::third, Presence::always},
        ClassCase{"printer", DeviceClass::printer, Severity::third, Presence::always},
        ClassCase{"ups", DeviceClass::ups, Severity::second, Presence::always},
        ClassCase{"server", DeviceClass::server, Severity::second, Presence::always},
        ClassCase{"pc", DeviceClass::pc, Severity::third, Presence::working_hours},
        ClassCase{"camera", DeviceClass::camera, Severity::third, Presence::always},
        ClassCase{"other", DeviceClass::other, Severity::third, Presence::always}));

TEST(Precedence, DeviceOverClassOverSiteOverBuiltIn) {
    const auto setup = loaded(R"(
polling: {ping: {interval: 20s, packets: 4, down_after: 7}}
thresholds: {loss: {warning: 10%}, jitter: {warning: 5ms, critical: 9ms}}
classes:
  pc: {severity: 4, presence: always, ping: {packets: 3, timeout: 2s}, thresholds: {jitter: {warning: never}}}
devices:
  - {name: own, class: pc, severity: 1, presence: occasional, ping: {timeout: 3s}, thresholds: {loss: {critical: never}}}
  - {name: class, class: pc}
  - {name: site}
)");
    const auto& own = device(*setup, "own");
    EXPECT_EQ(own.severity, Severity::first);
    EXPECT_EQ(own.presence, Presence::occasional);
    EXPECT_EQ(own.ping, (core::PingRule{.interval = 20s,
                                        .retry_interval = 10s,
                                        .plan = {3, 200ms, 3s},
                                        .down_after = 7,
                                        .up_after = 2}));
    EXPECT_EQ(own.thresholds.loss, (core::Limits<double>{0.1, std::nullopt}));
    EXPECT_EQ(own.thresholds.jitter, (core::Limits<core::Microseconds>{std::nullopt, 9ms}));

    const auto& of_class = device(*setup, "class");
    EXPECT_EQ(of_class.severity, Severity::fourth);
    EXPECT_EQ(of_class.presence, Presence::always);
    EXPECT_EQ(of_class.ping.plan, (core::EchoPlan{3, 200ms, 2s}));
    EXPECT_EQ(of_class.thresholds.loss, (core::Limits<double>{0.1, 0.6}));

    const auto& of_site = device(*setup, "site");
    EXPECT_EQ(of_site.ping.plan, (core::EchoPlan{4, 200ms, 1s}));
    EXPECT_EQ(of_site.thresholds.jitter, (core::Limits<core::Microseconds>{5ms, 9ms}));
}

TEST(Precedence, ARetryIntervalThatNobodySaidFollowsAShortInterval) {
    const auto setup = loaded("polling: {ping: {interval: 5s}}\ndevices: [{name: a}]\n");
    EXPECT_EQ(setup->office.devices.front().ping.retry_interval, 5s);
}

TEST(Load, ClassesMayComeAfterTheDevicesThatTheyDescribe) {
    const auto setup = loaded(
        "devices: [{name: a, class: pc}]\nclasses: {pc: {severity: 1}}\nthresholds: {loss: "
        "{warning: 1%}}\n");
    EXPECT_EQ(setup->office.devices.front().severity, Severity::first);
    EXPECT_EQ(setup->office.devices.front().thresholds.loss.warning, 0.01);
}

TEST(Load, UpstreamIsByNameOrId) {
    const auto setup = loaded(
        "devices:\n  - {name: a, upstream: X}\n  - {name: b, id: Y, upstream: c}\n  - {name: c, "
        "id: X}\n");
    EXPECT_EQ(device(*setup, "a").upstream.value, "X");
    EXPECT_EQ(device(*setup, "b").upstream.value, "X");
}

TEST(Load, TheRoundIsNamedInTheSitesLanguage) {
    const auto setup = loaded("site: {locale: zh-CN}\ndevices: [{name: a}]\n");
    EXPECT_THAT(setup->rounds, ElementsAre(core::RoundPlan{.name = "早巡"}));
    EXPECT_EQ(setup->daily.after, "早巡");
}

TEST(Load, RoundsHaveDays) {
    const auto setup = loaded(R"(devices: [{name: a}]
rounds:
  - {name: w, at: "00:00", days: working}
  - {name: e, at: "23:59", days: all}
  - {name: r, at: "12:00", days: mon..fri}
  - {name: l, at: "12:00", days: [mon, wed..thu]}
reports: {daily: {after: l, formats: [text]}}
)");
    EXPECT_EQ(setup->rounds[0].days, core::RoundPlan::Days::working);
    EXPECT_EQ(setup->rounds[1].days, core::RoundPlan::Days::all);
    EXPECT_EQ(setup->rounds[1].at, 1439);
    EXPECT_EQ(setup->rounds[2].weekdays, core::Weekdays("0111110"));
    EXPECT_EQ(setup->rounds[3].weekdays, core::Weekdays("0011010"));
    EXPECT_EQ(setup->daily, (DailyReportPlan{"l", {ReportFormat::text}}));
}

TEST(Load, ReportsFollowTheState) {
    EXPECT_EQ(loaded("devices: [{name: a}]\nstorage: {state: /srv/rounds}\n")->reports,
              "/srv/rounds/reports");
    EXPECT_EQ(loaded("devices: [{name: a}]\nstorage: {reports: /srv/reports}\n")->state,
              "/var/lib/rounds");
}

TEST(Load, TheSocketIsWhereItIsSaid) {
    EXPECT_EQ(loaded("devices: [{name: a}]\n")->socket, "/run/rounds/rounds.sock");
    EXPECT_EQ(loaded("devices: [{name: a}]\napi: {socket: /srv/rounds.sock}\n")->socket,
              "/srv/rounds.sock");
}

TEST(Load, AnOfficeOfLinksAlone) {
    const auto setup = loaded("links: [{name: x, targets: [10.9.9.9]}]\n");
    EXPECT_THAT(setup->office.devices, IsEmpty());
    EXPECT_EQ(setup->office.links.front().severity, Severity::first);
}

TEST(ForAddresses, ADeviceEachAndOnce) {
    const auto setup = for_addresses({"10.0.0.1", "printer.example.com", "10.0.0.1"});
    ASSERT_EQ(setup->office.devices.size(), 2U);
    core::Device usual;
    usual.id.value = usual.name = usual.address = "10.0.0.1";
    EXPECT_EQ(setup->office.devices.front(), usual);
    EXPECT_EQ(setup->office.devices.back().address, "printer.example.com");
    EXPECT_EQ(setup->daily.after, setup->rounds.front().name);
    EXPECT_THAT(for_addresses({})->office.devices, IsEmpty());
}

TEST(WithoutFile, ProfilesOfAPersonsOwnCountAndTheirMistakesAreTold) {
    Written written("");
    const auto folder = written.folder() / "profiles";
    EXPECT_TRUE(without_file(folder).setup) << "a folder that is not there is an empty one";
    std::filesystem::create_directory(folder);
    written.file("profiles/acme.yaml",
                 "title: Acme\nrecognise: [{sys_object_id: 1.3.6.1.4.1.32473}]\n");
    const auto good = without_file(folder);
    ASSERT_TRUE(good.setup);
    const auto id = core::Oid::parse("1.3.6.1.4.1.32473.1").value();
    EXPECT_EQ(core::recognise(*good.setup->profiles, id, "").profile->name, "acme");

    written.file("profiles/acme.yaml", "title: [\n");
    const auto bad = without_file(folder);
    EXPECT_FALSE(bad.setup);
    EXPECT_FALSE(bad.problems.empty());
}

TEST(ReportFormat, EveryWordLeadsBack) {
    for (const auto format : {ReportFormat::html, ReportFormat::json, ReportFormat::text}) {
        EXPECT_EQ(report_format_of(word(format)), format);
    }
    EXPECT_EQ(report_format_of("pdf"), std::nullopt);
}

}  // namespace
}  // namespace rounds::config
