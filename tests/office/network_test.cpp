#include <gmock/gmock.h>

#include "tests/simulator/address_range.hpp"
#include "tests/simulator/network_namespace.hpp"
#include "tests/simulator/script_reader.hpp"

namespace rounds::simulator {
namespace {

asio::ip::address at(const char* text) {
    return asio::ip::make_address(text);
}

TEST(Network, ContainsWhatSharesItsPrefix) {
    const Network office{at("10.1.128.0"), 17};
    EXPECT_TRUE(contains(office, at("10.1.128.0")));
    EXPECT_TRUE(contains(office, at("10.1.255.255")));
    EXPECT_FALSE(contains(office, at("10.1.127.255")));
    EXPECT_FALSE(contains(office, at("10.2.128.0")));
    EXPECT_FALSE(contains(office, at("::ffff:10.1.128.1")));
    EXPECT_TRUE(contains({at("0.0.0.0"), 0}, at("255.255.255.255")));
    EXPECT_TRUE(contains({at("fd00:1::"), 64}, at("fd00:1::ffff:1")));
    EXPECT_FALSE(contains({at("fd00:1::"), 64}, at("fd00:1:0:1::1")));
    EXPECT_TRUE(contains({at("10.1.0.1"), 32}, at("10.1.0.1")));
    EXPECT_FALSE(contains({at("10.1.0.1"), 32}, at("10.1.0.0")));
}

TEST(Network, IsWrittenWithOrWithoutItsPrefix) {
    EXPECT_EQ(*network_of("10.1.0.0/16"), (Network{at("10.1.0.0"), 16}));
    EXPECT_EQ(*network_of("10.1.0.1"), (Network{at("10.1.0.1"), 32}));
    EXPECT_EQ(*network_of("fd00::/8"), (Network{at("fd00::"), 8}));
    for (const auto* wrong :
         {"", "/", "10.1.0.0/", "10.1.0.0/33", "10.1/16", "fd00::/129", "10.1.0.0/-1"}) {
        EXPECT_FALSE(network_of(wrong)) << wrong;
    }
}

TEST(Network, DevicesOutsideTheNetworksBringTheirOwn) {
    const auto read = read_script(R"(networks: [10.1.0.0/16]
devices:
  - {name: a, address: 10.1.0.1}
  - {name: b, address: [198.51.100.7, "fd00::7"]}
)",
                                  "office.yaml");
    EXPECT_THAT(networks_of(read.script),
                testing::ElementsAre(Network{at("10.1.0.0"), 16}, Network{at("198.51.100.7"), 32},
                                     Network{at("fd00::7"), 128}));
}

TEST(AddressRange, CountsOnOverTheBytes) {
    EXPECT_EQ(further(at("10.1.3.254"), 0), at("10.1.3.254"));
    EXPECT_EQ(further(at("10.1.3.254"), 3), at("10.1.4.1"));
    EXPECT_EQ(further(at("fd00::ffff"), 1), at("fd00::1:0"));
    EXPECT_EQ(further(at("fd00::ff:ffff:ffff"), 70'000), at("fd00::100:1:116f"));
    EXPECT_EQ(further(at("255.255.255.255"), 1), std::nullopt);
    EXPECT_EQ(further(at("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), 1), std::nullopt);
}

}  // namespace
}  // namespace rounds::simulator
