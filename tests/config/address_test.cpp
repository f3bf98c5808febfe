#include "config/address.hpp"

#include <gtest/gtest.h>

namespace rounds::config {
namespace {

TEST(Address, LiteralsAndNamesAreTakenAsWritten) {
    for (const std::string good :
         {"10.1.0.1", "192.168.1.254", "127.0.0.1", "2001:db8::1", "::1", "fe80::1%eth0",
          "::ffff:10.1.0.1", "printer", "printer.example.com", "sw-3f.office.", "a_b", "x1", "3com",
          "10.1.0.1.example.com"}) {
        const auto read = address(good);
        ASSERT_TRUE(read) << good << ": " << read.error().message;
        EXPECT_EQ(*read, good);
    }
}

struct Case {
    std::string name, text, sentence;
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << c.text;
}

class WrongAddress : public ::testing::TestWithParam<Case> {};

TEST_P(WrongAddress, IsRefusedWithWhatToWrite) {
    const auto read = address(GetParam().text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message, GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongAddress,
    ::testing::Values(
        Case{"Network", "10.1.0.0/16",
             "\"10.1.0.0/16\" is not the address of one device; it names a whole network; write "
             "each device by itself"},
        Case{"Url", "http://10.1.0.1:80/status",
             "\"http://10.1.0.1:80/status\" is not an address but a URL; write the host alone: "
             "10.1.0.1"},
        Case{
            "Port", "10.1.0.1:161",
            "\"10.1.0.1:161\" is not an address but has a port; write the address alone: 10.1.0.1"},
        Case{"NameWithPort", "printer:9100",
             "\"printer:9100\" is not an address but has a port; write the address alone: printer"},
        Case{"TooLarge", "10.1.0.256",
             "\"10.1.0.256\" is not an IPv4 address; it has four numbers from 0 to 255"},
        Case{"TooShort", "10.1.1",
             "\"10.1.1\" is not an IPv4 address; it has four numbers from 0 to 255"},
        Case{"Octal", "010.1.0.1",
             "\"010.1.0.1\" is not an IPv4 address; it has four numbers from 0 to 255"},
        Case{"Unspecified", "0.0.0.0",
             "\"0.0.0.0\" is not the address of one device; write an IPv4 or IPv6 address or a "
             "host name"},
        Case{"Multicast", "224.0.0.1",
             "\"224.0.0.1\" is not the address of one device; write an IPv4 or IPv6 address or a "
             "host name"},
        Case{"Broadcast", "255.255.255.255",
             "\"255.255.255.255\" is not the address of one device; write an IPv4 or IPv6 address "
             "or a host name"},
        Case{"Multicast6", "ff02::1",
             "\"ff02::1\" is not the address of one device; write an IPv4 or IPv6 address or a "
             "host name"},
        Case{"Unspecified6", "::",
             "\"::\" is not the address of one device; write an IPv4 or IPv6 address or a host "
             "name"},
        Case{"Brackets", "[2001:db8::1]",
             "\"[2001:db8::1]\" is not an IPv6 address; write it like 2001:db8::1, without "
             "brackets and port"},
        Case{"ZoneMissing", "fe80::1%",
             "\"fe80::1%\" is not an IPv6 address; write it like 2001:db8::1, without brackets and "
             "port"},
        Case{"Blank", "core 1",
             "\"core 1\" is not an address; write an IPv4 or IPv6 address or a host name"},
        Case{"Chinese", "打印机",
             "\"打印机\" is not an address; write an IPv4 or IPv6 address or a host name"},
        Case{"Dash", "-printer",
             "\"-printer\" is not an address; write an IPv4 or IPv6 address or a host name"},
        Case{"DoubleDot", "a..b",
             "\"a..b\" is not an address; write an IPv4 or IPv6 address or a host name"},
        Case{"Empty", "", "\"\" is not an address; write an IPv4 or IPv6 address or a host name"},
        Case{"Escape", "a\x1b[31m",
             "\"a\\x1b[31m\" is not an address; write an IPv4 or IPv6 address or a host name"}),
    [](const auto& test) { return test.param.name; });

TEST(Address, PartsOfAHostNameAreBounded) {
    EXPECT_TRUE(address(std::string(63, 'a') + ".example"));
    EXPECT_FALSE(address(std::string(64, 'a') + ".example"));
    std::string name = "a";
    while (name.size() < 253) name += ".a";
    EXPECT_TRUE(address(name));
    EXPECT_FALSE(address(name + ".a"));
}

TEST(HostName, IsNoLiteral) {
    EXPECT_EQ(*host_name("www.example.com"), "www.example.com");
    EXPECT_EQ(host_name("10.1.0.1").error().message,
              "\"10.1.0.1\" is not a host name; write one like www.example.com");
    EXPECT_FALSE(host_name("2001:db8::1"));
    EXPECT_FALSE(host_name("http://www.example.com"));
}

}  // namespace
}  // namespace rounds::config
