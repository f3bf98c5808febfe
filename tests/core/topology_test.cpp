#include "core/topology.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/drawing.hpp"

namespace rounds::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Condition = Upstream::Condition;

Device device(std::string id, std::string upstream) {
    Device made;
    made.id = {id};
    made.name = id + "'s name";
    made.address = "10.0.0.1";
    made.upstream = {std::move(upstream)};
    return made;
}

/// core - floor - desk, the archive not in this order; a printer hangs on desk.
Office office() {
    Office made;
    made.devices = {device("desk", "floor"), device("core", ""), device("printer", "desk"),
                    device("floor", "core")};
    return made;
}

std::vector<std::string> ids(const std::vector<const Device*>& devices) {
    std::vector<std::string> found;
    for (const auto* device : devices) found.push_back(device->id.value);
    return found;
}

Device& in(Office& office, const char* id) {
    return *std::ranges::find(office.devices, DeviceId{id}, &Device::id);
}

TEST(UpstreamOf, IsTheWholeWayNearestFirst) {
    Office all = office();
    EXPECT_THAT(ids(upstream_of(all, in(all, "printer"))), ElementsAre("desk", "floor", "core"));
    EXPECT_THAT(upstream_of(all, in(all, "core")), IsEmpty());
}

TEST(UpstreamOf, PassesOverWhatIsNotPolled) {
    Office all = office();
    in(all, "desk").address.clear();  // An unmanaged switch.
    in(all, "floor").monitor = false;
    EXPECT_THAT(ids(upstream_of(all, in(all, "printer"))), ElementsAre("core"));
    in(all, "core").lifecycle = Lifecycle::repair;
    EXPECT_THAT(upstream_of(all, in(all, "printer")), IsEmpty());
}

/// core, and on it the unmanaged `desk`; on that two printers and, behind a spare that is passed over, a third.
Office with_a_mute_desk() {
    Office made;
    made.devices = {device("core", ""),   device("desk", "core"),  device("p1", "desk"),
                    device("p2", "desk"), device("spare", "desk"), device("p3", "spare")};
    in(made, "desk").address.clear();
    in(made, "spare").lifecycle = Lifecycle::spare;
    return made;
}

TEST(Witnesses, AreThePolledOnesNearest) {
    Office all = with_a_mute_desk();
    find_witnesses(all);
    EXPECT_THAT(in(all, "desk").witnesses,
                ElementsAre(DeviceId{"p1"}, DeviceId{"p2"}, DeviceId{"p3"}));
    EXPECT_TRUE(in(all, "desk").watched());
    EXPECT_FALSE(in(all, "desk").due());
    EXPECT_THAT(in(all, "core").witnesses, IsEmpty());
    EXPECT_THAT(ids(upstream_of(all, in(all, "p3"))), ElementsAre("desk", "core"));
}

TEST(Witnesses, AreNotThoseOfAnother) {
    Office all = with_a_mute_desk();
    in(all, "p1").upstream = {"p2"};    // polled between
    in(all, "spare").address.clear();   // mute, but not in its place
    in(all, "p3").upstream = {"wall"};  // mute between
    auto wall = device("wall", "desk");
    wall.address.clear();
    all.devices.push_back(wall);
    find_witnesses(all);
    for (const char* id : {"desk", "wall", "spare", "p2"}) {
        EXPECT_THAT(in(all, id).witnesses, IsEmpty()) << id;  // one witness is none
        EXPECT_EQ(in(all, id).watched(), id == std::string("p2"));
    }
}

TEST(Witnesses, WhatIsNotMonitoredHasNone) {
    for (const auto change : {0, 1, 2}) {
        Office all = with_a_mute_desk();
        auto& desk = in(all, "desk");
        if (change == 0) desk.monitor = false;
        if (change == 1) desk.lifecycle = Lifecycle::repair;
        if (change == 2) desk.address = "10.0.0.2";
        find_witnesses(all);
        EXPECT_THAT(in(all, "desk").witnesses, IsEmpty()) << change;
    }
}

TEST(UpstreamOf, ALinkHangsOnItsDeviceAndAllUpstreamOfThat) {
    Office all = office();
    Link link;
    EXPECT_THAT(upstream_of(all, link), IsEmpty());
    link.device = {"floor"};
    EXPECT_THAT(ids(upstream_of(all, link)), ElementsAre("floor", "core"));
}

TEST(UpstreamOf, EndsEvenInACircleAndAtAnUnknownName) {
    Office all = office();
    in(all, "core").upstream = {"desk"};
    EXPECT_LE(upstream_of(all, in(all, "printer")).size(), all.devices.size());
    in(all, "core").upstream = {"gone"};
    EXPECT_EQ(upstream_of(all, in(all, "printer")).size(), 3U);
}

/// The way core - floor - desk, drawn by what is believed of each: . up, ~ up with a bad look pending,
/// v down with a good look pending, n up with looks that could not be asked, N never looked at; the
/// rest as in drawing.hpp.
struct Way {
    const char* name;
    std::string drawn;
    Condition condition;
    const char* culprit = "";
};

void PrintTo(const Way& way, std::ostream* out) {
    *out << way.name << " " << way.drawn;
}

Reachability believed(char drawn) {
    Reachability belief = drawing::standing(drawing::state(drawn));
    const auto doubt = [&](State state, Look look) {
        belief = drawing::standing(state);
        belief.doubt = Reachability::Doubt{look, 1, drawing::start(), drawing::start()};
    };
    if (drawn == 'N') belief = {};
    if (drawn == '~') doubt(State::up, Look::bad);
    if (drawn == 'n') doubt(State::up, Look::none);
    if (drawn == 'v') doubt(State::down, Look::good);
    return belief;
}

class ExplainTest : public ::testing::TestWithParam<Way> {};

TEST_P(ExplainTest, SaysWhatIsUpstream) {
    const Way& way = GetParam();
    Office all = office();
    const std::map<SubjectId, Reachability> beliefs{{{"core"}, believed(way.drawn[0])},
                                                    {{"floor"}, believed(way.drawn[1])},
                                                    {{"desk"}, believed(way.drawn[2])}};

    const auto upstream =
        explain(all, in(all, "printer"), [&](const SubjectId& id) { return &beliefs.at(id); });

    EXPECT_EQ(upstream.condition, way.condition);
    EXPECT_EQ(upstream.culprit.value, way.culprit);
    EXPECT_EQ(upstream.culprit_name.empty(), upstream.culprit.empty());
}

// clang-format off: a table
INSTANTIATE_TEST_SUITE_P(Ways, ExplainTest, ::testing::Values(
    Way{"AllUp",                      "...", Condition::fine},
    Way{"NotAskedExplainsNothing",    "?..", Condition::fine},
    Way{"NotAskedJustNow",            "..n", Condition::fine},
    Way{"ABadLookPending",            ".~.", Condition::in_doubt},
    Way{"NeverLookedAt",              "..N", Condition::in_doubt},
    Way{"HeldDownThoughAllIsBack",    "..s", Condition::in_doubt},
    Way{"Down",                       "..x", Condition::down, "desk"},
    Way{"DownAndComingBack",          ".v.", Condition::down, "floor"},
    Way{"TheOneNearestTheRoot",       ".xx", Condition::down, "floor"},
    Way{"TheRootForWhatItSuppresses", "xss", Condition::down, "core"},
    Way{"DownOutweighsDoubtAboveIt",  "~.x", Condition::down, "desk"},
    Way{"DownOutweighsDoubtBelowIt",  ".x~", Condition::down, "floor"},
    Way{"Off",                        ".o.", Condition::off},
    Way{"OffAndInDoubt",              "o.~", Condition::in_doubt},
    Way{"InDoubtAndOff",              "~.o", Condition::in_doubt},
    Way{"OffAndDown",                 "o.x", Condition::down, "desk"}),
    [](const auto& test) { return std::string(test.param.name); });
// clang-format on

TEST(Explain, NamesTheCulpritAsPeopleDo) {
    Office all = office();
    const auto down = drawing::standing(State::down);
    const auto upstream = explain(all, in(all, "floor"), [&](const SubjectId&) { return &down; });
    EXPECT_EQ(upstream, (Upstream{Condition::down, {"core"}, "core's name"}));
}

TEST(Explain, WithNothingUpstreamAllIsFine) {
    Office all = office();
    const auto nobody = [](const SubjectId&) -> const Reachability* { return nullptr; };
    EXPECT_EQ(explain(all, in(all, "core"), nobody), Upstream{});
    EXPECT_EQ(explain(all, in(all, "floor"), nobody).condition, Condition::in_doubt);
    EXPECT_EQ(explain(all, Link{}, nobody), Upstream{});
}

}  // namespace
}  // namespace rounds::core
