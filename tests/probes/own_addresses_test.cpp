#include "probes/own_addresses.hpp"

#include <gmock/gmock.h>

namespace rounds::probes {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(OwnAddresses, OnlyCompleteEntriesOfTheArpTableCount) {
    const std::string arp =
        "IP address       HW type     Flags       HW address            Mask     Device\n"
        "10.1.0.1         0x1         0x2         02:00:00:00:00:01     *        eth0\n"
        "10.1.0.2         0x1         0x0         00:00:00:00:00:00     *        eth0\n"
        "10.1.0.3         0x1         0x6         02:00:00:00:00:03     *        eth0\n"
        "10.1.0.4         0x1\n"
        "\n"
        "10.1.0.5         0x20        0x2         80:00:00:48:fe:80     *        ib0\n";
    EXPECT_THAT(owners_in(arp), ElementsAre(Pair("10.1.0.1", "02:00:00:00:00:01"),
                                            Pair("10.1.0.3", "02:00:00:00:00:03")));
}

TEST(OwnAddresses, NothingIsSaidOfLoopback) {
    EXPECT_FALSE(own_addresses().macs.contains("00:00:00:00:00:00"));
}

}  // namespace
}  // namespace rounds::probes
