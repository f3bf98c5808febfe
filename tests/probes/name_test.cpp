#include "probes/name.hpp"

#include <cerrno>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <net/if.h>
#include <netdb.h>

namespace rounds::probes {
namespace {

using core::Error;
using testing::HasSubstr;
using namespace std::chrono_literals;

struct LiteralCase {
    std::string name, text, address;  ///< `address` empty: a name.
    friend void PrintTo(const LiteralCase& c, std::ostream* out) { *out << c.name; }
};

class Literal : public testing::TestWithParam<LiteralCase> {};

TEST_P(Literal, IsTold) {
    const auto found = literal(GetParam().text);
    ASSERT_EQ(found.has_value(), !GetParam().address.empty());
    if (found) {
        EXPECT_EQ(found->value().to_string(), GetParam().address);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Names, Literal,
    testing::Values(LiteralCase{"Ipv4", "10.1.3.1", "10.1.3.1"},
                    LiteralCase{"Ipv6", "2001:DB8::1", "2001:db8::1"},
                    LiteralCase{"Mapped", "::ffff:10.1.3.1", "10.1.3.1"},
                    LiteralCase{"Scoped", "fe80::1%lo", "fe80::1%lo"},
                    LiteralCase{"Name", "sw-3f.example", ""}, LiteralCase{"Empty", "", ""},
                    LiteralCase{"ThreeNumbers", "10.1.3", ""},
                    LiteralCase{"FiveNumbers", "10.1.3.1.5", ""},
                    LiteralCase{"TooLarge", "10.1.3.256", ""},
                    LiteralCase{"Bracketed", "[::1]", ""},
                    LiteralCase{"HiddenBehindNul", std::string("10.1.3.1\0x", 10), ""}),
    [](const auto& test) { return test.param.name; });

TEST(Names, AnInterfaceThatDoesNotExistIsSaid) {
    const auto found = literal("fe80::1%no-such-if");
    ASSERT_TRUE(found && found->has_error());
    EXPECT_EQ(found->error().kind, Error::Kind::not_found);
    EXPECT_THAT(found->error().message, HasSubstr("no interface no-such-if"));
}

TEST(Names, ImpossibleOnesAreKnownWithoutAsking) {
    for (const auto& name :
         {std::string{}, std::string(254, 'a'), std::string{"a b"}, std::string{"a\nb"},
          std::string{"a\x1b[2Jb"}, std::string("a\0b", 3), std::string{"a\x7f"}}) {
        const auto error = impossible(name);
        ASSERT_TRUE(error);
        EXPECT_EQ(error->kind, Error::Kind::not_found);
        EXPECT_EQ(error->message.find_first_of("\n\x1b"), std::string::npos);
    }
    for (const auto& name :
         {std::string{"sw-3f"}, std::string{"打印机.example"}, std::string(253, 'a')}) {
        EXPECT_FALSE(impossible(name));
    }
}

struct ErrorCase {
    std::string name;
    int code;
    Error::Kind kind;
    std::string says;
    friend void PrintTo(const ErrorCase& c, std::ostream* out) { *out << c.name; }
};

class LookupError : public testing::TestWithParam<ErrorCase> {};

TEST_P(LookupError, SaysWhy) {
    const auto error = lookup_error("sw-3f", GetParam().code, EMFILE);
    EXPECT_EQ(error.kind, GetParam().kind);
    EXPECT_THAT(error.message, HasSubstr(GetParam().says));
    EXPECT_THAT(error.message, HasSubstr("sw-3f"));
}

INSTANTIATE_TEST_SUITE_P(
    Names, LookupError,
    testing::Values(
        ErrorCase{"NoSuchName", EAI_NONAME, Error::Kind::not_found, "does not resolve"},
        ErrorCase{"NameWithoutAddress", EAI_NODATA, Error::Kind::not_found, "does not resolve"},
        ErrorCase{"NoAddressOfThisFamily", EAI_ADDRFAMILY, Error::Kind::not_found,
                  "does not resolve"},
        ErrorCase{"Silent", EAI_AGAIN, Error::Kind::unavailable, "no name server answers"},
        ErrorCase{"Refused", EAI_FAIL, Error::Kind::unavailable, "refuses or fails"},
        ErrorCase{"System", EAI_SYSTEM, Error::Kind::unavailable, "Too many open files"},
        ErrorCase{"Memory", EAI_MEMORY, Error::Kind::unavailable, "could not be looked up"}),
    [](const auto& test) { return test.param.name; });

TEST(NameCache, KeepsForAMinute) {
    constexpr core::SteadyTime start{1h};
    const auto first = asio::ip::make_address("10.1.3.1"),
               second = asio::ip::make_address("10.1.3.2");
    NameCache cache;
    EXPECT_EQ(cache.find("sw-3f", start), std::nullopt);
    cache.keep("sw-3f", first, start);
    EXPECT_EQ(cache.find("sw-3f", start + 59s), first);
    EXPECT_EQ(cache.find("sw-3f", start + 60s), std::nullopt);
    cache.keep("sw-3f", second, start + 30s);
    EXPECT_EQ(cache.find("sw-3f", start + 89s), second);
}

TEST(NameCache, IsBounded) {
    constexpr core::SteadyTime start{1h};
    const auto address = asio::ip::make_address("10.1.3.1");
    NameCache cache;
    for (std::size_t i = 0; i < NameCache::most; ++i)
        cache.keep("old" + std::to_string(i), address, start);
    cache.keep("new", address, start + 30s);  // none is old yet: all make room
    EXPECT_EQ(cache.find("old0", start + 30s), std::nullopt);
    EXPECT_EQ(cache.find("new", start + 30s), address);
}

}  // namespace
}  // namespace rounds::probes
