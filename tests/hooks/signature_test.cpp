#include "daemon/hooks/signature.hpp"

#include <gtest/gtest.h>

namespace rounds::hooks {
namespace {

using namespace std::chrono_literals;

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

/// RFC 4231 section 4.
struct Vector {
    std::string name, key, text, digest;
};
class Rfc4231 : public ::testing::TestWithParam<Vector> {};

TEST_P(Rfc4231, Digest) {
    const std::string digest = hex(hmac_sha256(GetParam().key, GetParam().text));
    EXPECT_EQ(digest.substr(0, GetParam().digest.size()), GetParam().digest);
    EXPECT_EQ(digest.size(), 64U);
}

std::string counting_key() {
    std::string key;
    for (char c = 1; c <= 25; ++c) key += c;
    return key;
}

INSTANTIATE_TEST_SUITE_P(
    Vectors, Rfc4231,
    ::testing::Values(
        Vector{"One", std::string(20, '\x0b'), "Hi There",
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        Vector{"Two", "Jefe", "what do ya want for nothing?",
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        Vector{"Three", std::string(20, '\xaa'), std::string(50, '\xdd'),
               "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
        Vector{"Four", counting_key(), std::string(50, '\xcd'),
               "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
        Vector{"FiveTruncated", std::string(20, '\x0c'), "Test With Truncation",
               "a3b6167473100ee06e0c796c2955552b"},
        Vector{"SixLongKey", std::string(131, '\xaa'),
               "Test Using Larger Than Block-Size Key - Hash Key First",
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
        Vector{"SevenLongKeyAndText", std::string(131, '\xaa'),
               "This is a test using a larger than block-size key and a larger than block-size "
               "data. The key needs to be hashed before being used by the HMAC algorithm.",
               "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"}),
    [](const auto& test) { return test.param.name; });

// RFC 4648 section 10.
TEST(Base64, TestVectors) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("\xfb\xff\xfe"), "+//+");
}

TEST(SigningKey, WhsecIsBase64) {
    EXPECT_EQ(*signing_key("whsec_Zm9vYmFy"), "foobar");
    EXPECT_EQ(*signing_key("whsec_Zm9vYg=="), "foob");
    EXPECT_EQ(*signing_key("whsec_Zm9vYg"), "foob");
    EXPECT_EQ(*signing_key("whsec_+//+"), "\xfb\xff\xfe");
}

TEST(SigningKey, PlainIsItself) {
    EXPECT_EQ(*signing_key("Zm9vYmFy"), "Zm9vYmFy");
    EXPECT_EQ(*signing_key("一二三"), "一二三");
    EXPECT_EQ(*signing_key(""), "");
}

TEST(SigningKey, BrokenWhsecIsRefusedWithoutShowingIt) {
    for (const auto* const secret :
         {"whsec_", "whsec_====", "whsec_Zm9v YmFy", "whsec_Zm9v!", "whsec_Z"}) {
        const auto key = signing_key(secret);
        ASSERT_FALSE(key) << secret;
        EXPECT_EQ(key.error().message,
                  "the secret begins with whsec_ but no base64 follows; copy it again, whole");
    }
}

// The test vector that the libraries of Standard Webhooks share.
TEST(Signature, PublishedVector) {
    const auto key = signing_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    ASSERT_TRUE(key);
    const core::WallTime at{1614265330s};
    EXPECT_EQ(signature(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, R"({"test": 2432232314})"),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Signature, MillisecondsAreCut) {
    const core::WallTime at{1614265330s};
    EXPECT_EQ(signature("k", "id", at + 999ms, "{}"), signature("k", "id", at, "{}"));
    EXPECT_NE(signature("k", "id", at + 1s, "{}"), signature("k", "id", at, "{}"));
}

TEST(Signature, HeadersAreThree) {
    const core::WallTime at{1614265330s};
    const auto headers = webhook_headers("k", {"01936f2a"}, at, "{}");
    ASSERT_EQ(headers.size(), 3U);
    EXPECT_EQ(headers[0], (std::pair<std::string, std::string>{"webhook-id", "01936f2a"}));
    EXPECT_EQ(headers[1], (std::pair<std::string, std::string>{"webhook-timestamp", "1614265330"}));
    EXPECT_EQ(headers[2].first, "webhook-signature");
    EXPECT_EQ(headers[2].second, signature("k", "01936f2a", at, "{}"));
}

TEST(Signature, WithoutASecretThereIsNone) {
    EXPECT_EQ(webhook_headers("", {"x"}, core::WallTime{1s}, "{}").size(), 2U);
}

}  // namespace
}  // namespace rounds::hooks
