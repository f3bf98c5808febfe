// Where devices hang. The office: Rounds and the firewall at core; sw-3f and sw-4f below core; sw-desk below sw-3f.
#include "core/attachment.hpp"

#include <algorithm>

#include <gmock/gmock.h>

namespace rounds::core {
namespace {

using By = Attachment::By;
using testing::ElementsAre;
using testing::IsEmpty;

std::string mac_of(const std::string& name) {
    return "02:" + name;
}

class Attachments : public testing::Test {
 protected:
    Attachments() {
        all.rounds = {mac_of("rounds")};
        all.gateways = {mac_of("firewall")};
        for (const char* name : {"core", "sw-3f", "sw-4f", "sw-desk", "firewall", "printer", "ap"})
            all.macs[{name}] = {mac_of(name)};
    }
    /// What one switch has learned: port and who is behind it.
    void view(const std::string& device,
              const std::vector<std::pair<std::string, std::string>>& rows) {
        ForwardingView one{.device = {device}, .ports = {}};
        for (const auto& [port, name] : rows) one.ports[mac_of(name)].insert(port);
        all.views.push_back(std::move(one));
    }
    void office() {
        view("core", {{"1", "rounds"},
                      {"2", "firewall"},
                      {"3", "sw-3f"},
                      {"3", "sw-desk"},
                      {"3", "printer"},
                      {"4", "sw-4f"},
                      {"4", "ap"}});
        view("sw-3f", {{"24", "rounds"},
                       {"24", "core"},
                       {"24", "firewall"},
                       {"24", "ap"},
                       {"24", "sw-4f"},
                       {"7", "sw-desk"},
                       {"7", "printer"}});
        view("sw-4f", {{"24", "rounds"}, {"24", "printer"}, {"5", "ap"}});
        view("sw-desk", {{"8", "rounds"}, {"8", "sw-3f"}, {"2", "printer"}});
    }

    Sightings all;
};

TEST_F(Attachments, TheNearestSwitchOnTheWayCounts) {
    office();
    EXPECT_THAT(attachments(all), ElementsAre(Attachment{{"ap"}, {"sw-4f"}, "5", By::table},
                                              Attachment{{"firewall"}, {"core"}, "2", By::table},
                                              Attachment{{"printer"}, {"sw-desk"}, "2", By::table},
                                              Attachment{{"sw-3f"}, {"core"}, "3", By::table},
                                              Attachment{{"sw-4f"}, {"core"}, "4", By::table},
                                              Attachment{{"sw-desk"}, {"sw-3f"}, "7", By::table}));
}

TEST_F(Attachments, WhatItsSwitchHasForgottenIsBehindThatSwitchOrBesideIt) {
    office();
    all.views.back().ports.erase(mac_of("printer"));  // sw-desk: aged out
    const auto places = attachments(all);
    EXPECT_THAT(places, testing::Contains(Attachment{{"printer"}, {"sw-3f"}, "7", By::beyond}));
}

TEST_F(Attachments, ANeighborAtThePortOfTheTableIsSure) {
    office();
    all.cables = {
        {{"core"}, "3", {"sw-3f"}}, {{"sw-3f"}, "24", {"core"}}, {{"sw-4f"}, "6", {"ap"}}};
    const auto places = attachments(all);
    EXPECT_THAT(places, testing::Contains(Attachment{{"sw-3f"}, {"core"}, "3", By::neighbor}));
    EXPECT_THAT(places, testing::Contains(Attachment{{"ap"}, {"sw-4f"}, "5", By::table}))
        << "the neighbour at port 6 is another one of that name";
    EXPECT_THAT(places, testing::Not(testing::Contains(
                            testing::Field(&Attachment::device, testing::Eq(DeviceId{"core"})))))
        << "the core hangs on nothing: sw-3f has it towards Rounds";
}

TEST_F(Attachments, PortsOfAnAggregatedLinkAreToldByNeighborsAlone) {
    view("core", {{"1", "rounds"}, {"Po1", "sw-3f"}});
    view("sw-3f", {{"Po9", "rounds"}, {"7", "printer"}});
    all.cables = {{{"core"}, "Te1", {"sw-3f"}}, {{"sw-3f"}, "Gi24", {"core"}}};
    EXPECT_THAT(attachments(all), ElementsAre(Attachment{{"printer"}, {"sw-3f"}, "7", By::table},
                                              Attachment{{"sw-3f"}, {"core"}, "Po1", By::table}));
}

TEST_F(Attachments, ANeighborWhoseAddressNobodyLearnedIsAtAPortThatTheTableKnows) {
    view("sw-3f", {{"24", "rounds"}, {"5", "a client of the ap"}});
    all.cables = {{{"sw-3f"}, "5", {"ap"}}, {{"sw-3f"}, "Gi25", {"core"}}};
    EXPECT_THAT(attachments(all), ElementsAre(Attachment{{"ap"}, {"sw-3f"}, "5", By::neighbor}))
        << "Gi25 may be a part of the way to Rounds";
}

TEST_F(Attachments, WhoContradictsIsHeardInWhateverOrder) {
    // The printer was moved from sw-3f to sw-4f, and sw-3f has not forgotten it.
    using Rows = std::vector<std::pair<std::string, std::string>>;
    const std::vector<std::pair<std::string, Rows>> views{
        {"sw-3f", {{"7", "printer"}, {"24", "rounds"}}},
        {"sw-4f", {{"5", "printer"}, {"24", "rounds"}}},
        {"core", {{"1", "rounds"}, {"3", "sw-3f"}, {"4", "sw-4f"}, {"4", "printer"}}}};
    std::vector<std::size_t> order{0, 1, 2};
    do {
        all.views.clear();
        for (const std::size_t i : order) view(views[i].first, views[i].second);
        EXPECT_THAT(attachments(all), ElementsAre(Attachment{{"sw-3f"}, {"core"}, "3", By::table},
                                                  Attachment{{"sw-4f"}, {"core"}, "4", By::table}));
    } while (std::ranges::next_permutation(order).found);
}

TEST_F(Attachments, OfTwoCoresThatBothCarryItNeitherIsUpstreamAlone) {
    all.macs[{"core-2"}] = {mac_of("core-2")};
    view("core", {{"1", "rounds"}, {"Peer", "core-2"}, {"Po3", "sw-3f"}});
    view("core-2", {{"Peer", "rounds"}, {"Po3", "sw-3f"}});
    EXPECT_THAT(attachments(all), ElementsAre(Attachment{{"core-2"}, {"core"}, "Peer", By::table}))
        << "sw-3f is at Po3 of both (MLAG, vPC)";
}

TEST_F(Attachments, DevicesAtOnePortMayHangOnEachOther) {
    view("sw-3f", {{"7", "printer"}, {"7", "ap"}, {"8", "core"}, {"24", "rounds"}});
    EXPECT_THAT(attachments(all), ElementsAre(Attachment{{"ap"}, {"sw-3f"}, "7", By::beyond},
                                              Attachment{{"core"}, {"sw-3f"}, "8", By::table},
                                              Attachment{{"printer"}, {"sw-3f"}, "7", By::beyond}));
}

TEST_F(Attachments, ASwitchThatDoesNotKnowWhereRoundsIsSaysNothing) {
    view("sw-3f", {{"7", "printer"}, {"24", "core"}});
    EXPECT_THAT(attachments(all), IsEmpty());
}

TEST_F(Attachments, InAnotherNetworkRoundsIsBehindTheGateway) {
    view("sw-3f", {{"7", "printer"}, {"24", "firewall"}});
    EXPECT_THAT(attachments(all), ElementsAre(Attachment{{"printer"}, {"sw-3f"}, "7", By::table}));
}

TEST_F(Attachments, WhatIsAtTwoPortsWasMoved) {
    view("sw-3f", {{"7", "printer"}, {"8", "printer"}, {"24", "rounds"}});
    EXPECT_THAT(attachments(all), IsEmpty());
}

TEST_F(Attachments, TwoSwitchesThatContradictEachOtherSayNothing) {
    view("sw-3f", {{"7", "printer"}, {"24", "rounds"}});
    view("sw-4f", {{"5", "printer"}, {"24", "rounds"}});
    EXPECT_THAT(attachments(all), IsEmpty()) << "neither has the other below it";
}

TEST_F(Attachments, OfNobodyNothingIsSaid) {
    EXPECT_THAT(attachments({}), IsEmpty());
}

}  // namespace
}  // namespace rounds::core
