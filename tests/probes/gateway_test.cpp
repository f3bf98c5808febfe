#include "probes/gateway.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rounds::probes {
namespace {

const std::string heading =
    "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
const std::string zero(32, '0');

struct Case {
    std::string name, route, ipv6_route;
    std::vector<std::string> gateways;
};

class Gateways : public testing::TestWithParam<Case> {};

TEST_P(Gateways, AreFound) {
    EXPECT_EQ(gateways_in(GetParam().route, GetParam().ipv6_route), GetParam().gateways);
}

std::string v6(const std::string& destination, const std::string& length, const std::string& hop,
               const std::string& flags, const std::string& interface = "eth0") {
    return destination + " " + length + " " + zero + " 00 " + hop + " 00000400 00000001 00000000 " +
           flags + " " + interface + "\n";
}
const std::string fe80_1 = "fe800000000000000000000000000001",
                  doc_1 = "20010db8000000000000000000000001";

// The IPv4 lines are as a little-endian machine prints them; the kernel prints the number as it
// holds it.
INSTANTIATE_TEST_SUITE_P(
    Gateway, Gateways,
    testing::Values(
        Case{"NoFiles", "", "", {}}, Case{"HeadingOnly", heading, "", {}},
        Case{"Office",
             heading + "eth0\t00000000\t0101010A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
                       "eth0\t0001010A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n",
             "",
             {"10.1.1.1"}},
        Case{"TwoCarriers",
             heading + "eth0\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
                       "eth1\t00000000\t0101A8C0\t0003\t0\t0\t200\t00000000\t0\t0\t0\n",
             "",
             {"192.168.0.1", "192.168.1.1"}},
        Case{"SameGatewayTwiceIsOne",
             heading + "eth0\t00000000\t0100A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
                       "wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n",
             "",
             {"192.168.0.1"}},
        Case{"PointToPointHasNone",
             heading + "ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n",
             "",
             {}},
        Case{"RefusedRouteIsNone",
             heading + "*\t00000000\t0100A8C0\t0203\t0\t0\t0\t00000000\t0\t0\t0\n",
             "",
             {}},
        Case{"DownIsNone",
             heading + "eth0\t00000000\t0100A8C0\t0002\t0\t0\t0\t00000000\t0\t0\t0\n",
             "",
             {}},
        Case{"HalfOfTheWorldIsNoDefault",
             heading + "tun0\t00000000\t0100A8C0\t0003\t0\t0\t0\t00000080\t0\t0\t0\n",
             "",
             {}},
        Case{"NonsensePassedOver",
             heading + "eth0\t00000000\tzzzzzzzz\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
                       "eth0\t00000000\t0101\t0003\t0\t0\t0\t00000000\n"
                       "\n\teth0\n"
                       "eth0\t00000000\t0101010A\t0x03\t0\t0\t0\t00000000\t0\t0\t0\n"
                       "eth0\t00000000\t0101010A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n",
             "",
             {"10.1.1.1"}},
        Case{"Ipv6", "", v6(zero, "00", doc_1, "00000003"), {"2001:db8::1"}},
        Case{"Ipv6LinkLocalHasItsInterface",
             "",
             v6(zero, "00", fe80_1, "00450003", "enp3s0"),
             {"fe80::1%enp3s0"}},
        Case{"Ipv6OnTwoInterfaces",
             "",
             v6(zero, "00", fe80_1, "00000003") + v6(zero, "00", fe80_1, "00000003", "eth1"),
             {"fe80::1%eth0", "fe80::1%eth1"}},
        Case{
            "Ipv6UnreachableDefaultOfEveryMachine", "", v6(zero, "00", zero, "00200200", "lo"), {}},
        Case{"Ipv6Subnet", "", v6(doc_1, "40", fe80_1, "00000003"), {}},
        Case{"Ipv6OnLink", "", v6(zero, "00", zero, "00000003"), {}},
        Case{"Ipv6NonsensePassedOver",
             "",
             v6(zero, "00", "fe80", "00000003") + v6(zero, "00", std::string(32, 'g'), "00000003") +
                 "x y z\n",
             {}},
        Case{"Both",
             heading + "eth0\t00000000\t0101010A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n",
             v6(zero, "00", fe80_1, "00000003"),
             {"10.1.1.1", "fe80::1%eth0"}}),
    [](const auto& test) { return test.param.name; });

TEST(Gateway, EveryOneOfThisMachineIsAnAddress) {
    EXPECT_THAT(default_gateways(), testing::Each(testing::MatchesRegex("[0-9a-f:.]+(%.+)?")));
}

}  // namespace
}  // namespace rounds::probes
