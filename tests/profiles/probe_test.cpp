// The probe itself: what is asked, in which order, and what becomes of an agent's troubles.
#include <algorithm>

#include <gmock/gmock.h>

#include "tests/profiles/agent.hpp"

namespace rounds::probes {
namespace {

using core::Message;
using core::MessageId;
using core::SnmpTrouble;
using End = ports::SnmpTable::End;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::integer;
using tests::octets;

class Probe : public AgentTest {
 protected:
    [[nodiscard]] long times_asked(std::string_view name) const {
        return std::ranges::count(snmp.asked(), core::Oid::parse(name).value());
    }
    void two_ports() {
        row("1.3.6.1.2.1.2.2.1", "1", {{2, octets("one")}, {8, integer(1)}});
        row("1.3.6.1.2.1.2.2.1", "2", {{2, octets("two")}, {8, integer(1)}});
    }
};

TEST_F(Probe, SilenceIsAReasonWithinItsTimeouts) {
    const auto began = clock.now();
    const auto seen = look();
    ASSERT_NE(seen.why_not(), nullptr);
    EXPECT_EQ(*seen.why_not(), Message{MessageId::reason_snmp_timeout});
    EXPECT_EQ(clock.now() - began, std::chrono::seconds(6));
    EXPECT_EQ(snmp.requests(), 1);
    EXPECT_EQ(seen.profile, "");
}

TEST_F(Probe, ATroubleIsTheReason) {
    introduce();
    snmp.trouble(address, SnmpTrouble::wrong_password);
    EXPECT_EQ(*look().why_not(), Message{MessageId::reason_snmp_wrong_password});
}

TEST_F(Probe, TellsTheTimeAndTheProfile) {
    introduce();
    const auto seen = look();
    EXPECT_EQ(seen.at, clock.wall());
    EXPECT_EQ(seen.profile, "generic");
}

TEST_F(Probe, AsksNothingTwice) {
    introduce();
    two_ports();
    look();
    auto asked = snmp.asked();
    std::ranges::sort(asked);
    EXPECT_EQ(std::ranges::adjacent_find(asked), asked.end());
}

TEST_F(Probe, AModuleThatDoesNotApplyCostsOneRequest) {
    introduce();
    look();
    EXPECT_EQ(times_asked("1.3.6.1.2.1.43.11.1.1.9"),
              1);  // prtMarkerSuppliesLevel: is it a printer?
    EXPECT_EQ(times_asked("1.3.6.1.2.1.43.11.1.1.6"), 0);  // prtMarkerSuppliesDescription
    EXPECT_EQ(times_asked("1.3.6.1.2.1.33.1.2.4.0"), 0);   // upsEstimatedChargeRemaining
}

TEST_F(Probe, ABrokenTableCostsOnlyItself) {
    introduce();
    two_ports();
    row("1.3.6.1.2.1.25.3.3.1", "1", {{2, integer(7)}});
    snmp.break_table(address, "1.3.6.1.2.1.2.2.1", End::not_increasing);
    const auto seen = look();
    ASSERT_NE(seen.facts(), nullptr);
    EXPECT_EQ(seen.facts()->interfaces.size(), 2U);
    EXPECT_EQ(seen.facts()->processors.size(), 1U);
    EXPECT_THAT(seen.missing, ElementsAre(Message{MessageId::reason_table_not_increasing,
                                                  {{"table", "ifTable"}}}));
}

struct EndCase {
    std::string name;
    End end;
    std::optional<SnmpTrouble> trouble;
    MessageId message;
    friend void PrintTo(const EndCase& c, std::ostream* out) { *out << c.name; }
};
class ProbeEnds : public Probe, public testing::WithParamInterface<EndCase> {};
TEST_P(ProbeEnds, AreNamed) {
    introduce();
    two_ports();
    snmp.break_table(address, "1.3.6.1.2.1.31.1.1.1", GetParam().end, GetParam().trouble);
    const auto seen = look();
    EXPECT_EQ(seen.facts()->interfaces.size(), 2U);
    EXPECT_THAT(seen.missing, ElementsAre(Message{GetParam().message, {{"table", "ifXTable"}}}));
}
INSTANTIATE_TEST_SUITE_P(
    Ends, ProbeEnds,
    testing::Values(
        EndCase{"Bound", End::bound, {}, MessageId::reason_table_cut},
        EndCase{"Deadline", End::deadline, {}, MessageId::reason_table_late},
        EndCase{"Timeout", End::trouble, SnmpTrouble::timeout, MessageId::reason_table_silent},
        EndCase{"Refused", End::trouble, SnmpTrouble::no_access, MessageId::reason_table_refused},
        EndCase{"Nonsense", End::trouble, SnmpTrouble::nonsense, MessageId::reason_table_nonsense}),
    [](const auto& test) { return test.param.name; });

TEST_F(Probe, AnAgentThatFallsSilentIsNotAskedToTheEnd) {
    introduce();
    two_ports();
    snmp.die_after(address, 3);
    const auto began = clock.now();
    const auto seen = look(core::Duration{3'600'000});
    ASSERT_NE(seen.facts(), nullptr);
    EXPECT_EQ(snmp.requests(), 5);
    EXPECT_LE(clock.now() - began, std::chrono::seconds(12));
    EXPECT_THAT(seen.missing, testing::SizeIs(2));
}

TEST_F(Probe, EndsAtItsDeadline) {
    introduce();
    snmp.die_after(address, 2);
    const auto began = clock.now();
    const auto seen = look(core::Duration{3'000});
    ASSERT_NE(seen.facts(), nullptr);
    EXPECT_EQ(clock.now() - began, std::chrono::seconds(3));
}

TEST_F(Probe, AnAgentWithoutSystemGroupIsStillRead) {
    two_ports();
    const auto seen = look();
    ASSERT_NE(seen.facts(), nullptr);
    EXPECT_EQ(seen.facts()->interfaces.size(), 2U);
    EXPECT_TRUE(seen.facts()->device.sys_object_id.empty());
}

TEST_F(Probe, ASysObjectIdThatCameAsTextCounts) {
    introduce();
    set("1.3.6.1.2.1.1.2.0", octets("1.3.6.1.4.1.32473.7"));
    EXPECT_EQ(look().facts()->device.sys_object_id.text(), "1.3.6.1.4.1.32473.7");
}

TEST_F(Probe, NumbersInPlaceOfTheSystemGroupAreNonsense) {
    introduce();
    EXPECT_THAT(look().missing, IsEmpty());
    snmp.set(address, "1.3.6.1.2.1.1.2.0", integer(-1));
    EXPECT_THAT(look().missing, ElementsAre(Message{MessageId::reason_snmp_nonsense}));
    introduce();
    snmp.set(address, "1.3.6.1.2.1.1.1.0", integer(-1));
    const auto seen = look();
    EXPECT_THAT(seen.missing, ElementsAre(Message{MessageId::reason_snmp_nonsense}));
    EXPECT_NE(seen.facts(), nullptr) << "the rest may still be of use";
}

TEST_F(Probe, TheRecognisedProfileIsWhatIsAsked) {
    introduce("Example 100");
    const auto own = config::compile_profiles(
        {{"generic",
          "title: Any\nscalars: {x: 1.3.6.1.2.1.1.5.0}\nfacts: {device: {sys_name: x}}\n",
          "g.yaml"},
         {"example",
          "title: Example\nvendor: Example\nclass: switch\n"
          "recognise: [{sys_object_id: 1.3.6.1.4.1.32473}]\n"
          "scalars: {sysDescr: 1.3.6.1.2.1.1.1.0, temp: 1.3.6.1.4.1.32473.2.1.0}\n"
          "facts:\n"
          "  device: {model: {of: sysDescr, match: 'Example (\\S+)'}}\n"
          "  sensors: {class: temperature, descr: {text: Board}, value: {of: temp, times: 0.1, "
          "absent: [9999]}}\n",
          "e.yaml"}});
    ASSERT_NE(own.profiles, nullptr) << own.problems.at(0).sentence();
    profiles = own.profiles;
    set("1.3.6.1.4.1.32473.2.1.0", integer(415));
    const auto seen = look();
    EXPECT_EQ(seen.profile, "example");
    EXPECT_EQ(seen.facts()->device.vendor, "Example");
    EXPECT_EQ(seen.facts()->device.model, "100");
    EXPECT_EQ(seen.facts()->device.device_class, core::DeviceClass::switch_);
    EXPECT_DOUBLE_EQ(seen.facts()->sensors.at(0).value, 41.5);
    EXPECT_EQ(times_asked("1.3.6.1.2.1.1.5.0"), 0);
    set("1.3.6.1.4.1.32473.2.1.0", integer(9999));
    EXPECT_THAT(look().facts()->sensors, IsEmpty());
}

TEST_F(Probe, MovingValuesAreReadAnew) {
    introduce();
    row("1.3.6.1.2.1.25.3.3.1", "1", {});
    snmp.move(address, "1.3.6.1.2.1.25.3.3.1.2.1", [start = clock.wall()](core::WallTime now) {
        return integer((now - start) / core::Duration{60'000});
    });
    EXPECT_EQ(look().facts()->processors.at(0).percent, 0);
    clock.run_until(clock.wall() + core::Duration{300'000});
    EXPECT_EQ(look().facts()->processors.at(0).percent, 5);
}

}  // namespace
}  // namespace rounds::probes
