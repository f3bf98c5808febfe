#include "core/readable.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"

namespace rounds::core {
namespace {

/// Stands in for iconv: knows 三楼 (c8fd c2a5) and 缺纸 (c8b1 d6bd) in GB2312 and plain ASCII.
std::optional<std::string> small_decoder(const std::string& bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const std::string pair = bytes.substr(at, 2);
        if (pair == "\xc8\xfd") {
            text += "三";
            ++at;
        } else if (pair == "\xc2\xa5") {
            text += "楼";
            ++at;
        } else if (pair == "\xc8\xb1" || pair == "\xd6\xbd") {
            text += pair == "\xc8\xb1" ? "缺" : "纸";
            ++at;
        } else if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            text += bytes[at];
        } else {
            return std::nullopt;
        }
    }
    return text;
}

struct Case {
    std::string name, bytes, text;
    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};
class ReadableTest : public testing::TestWithParam<Case> {};

TEST_P(ReadableTest, IsText) {
    EXPECT_EQ(readable(GetParam().bytes, small_decoder), GetParam().text);
}

using namespace std::string_literals;
INSTANTIATE_TEST_SUITE_P(
    Bytes, ReadableTest,
    testing::Values(
        Case{"Ascii", "GE0/0/1", "GE0/0/1"}, Case{"Utf8", "三楼", "三楼"},
        Case{"Utf8CutWithinACharacter", "三楼\xe6\xa5", "三楼"},
        Case{"Gb2312", "\xc8\xfd\xc2\xa5 sw", "三楼 sw"},
        Case{"Gb2312CutWithinACharacter", "\xc8\xfd\xc2", "三"}, Case{"Latin1", "B\xfcro", "Büro"},
        Case{"Latin1Pair", "Stra\xdf\x65", "Straße"}, Case{"NulsBehind", "sw-3f\0\0\0"s, "sw-3f"},
        Case{"NulsWithin", "sw\0-3f"s, "sw-3f"}, Case{"LineEnds", "a\r\nb\rc\n", "a\nb\nc"},
        Case{"Tab", "a\tb", "a b"}, Case{"Controls", "\x1b[31mred\x07", "[31mred"},
        Case{"C1Controls",
             "a\xc2\x9b"
             "b",
             "ab"},
        Case{"SpacesAround", "  x  ", "x"},
        Case{"GbThatIsUtf8ByChance", "\xc8\xb1\xd6\xbd", "缺纸"},
        Case{"Cyrillic", "Принтер", "Принтер"}, Case{"Umlauts", "Büro Größe", "Büro Größe"},
        Case{"NothingButControls", "\x01\x02\x03", ""}, Case{"Empty", "", ""}),
    [](const auto& test) { return test.param.name; });

TEST(Readable, WithoutADecoderGbIsLatin1ButStillUtf8) {
    EXPECT_TRUE(is_utf8(readable("\xc8\xfd\xc2\xa5", {})));
}

TEST(Readable, WhateverComesItIsUtf8) {
    unsigned state = 1;
    for (int run = 0; run < 2000; ++run) {
        std::string bytes;
        for (int i = 0; i < 40; ++i)
            bytes += static_cast<char>((state = state * 1'103'515'245 + 12'345) >> 16);
        const std::string text = readable(bytes, small_decoder);
        ASSERT_TRUE(is_utf8(text));
        ASSERT_EQ(text.find('\0'), std::string::npos);
        ASSERT_EQ(readable(text, small_decoder), text);
    }
}

TEST(Readable, IsBounded) {
    EXPECT_LE(readable(std::string(100'000, 'x'), {}).size(), 4096U);
}

TEST(OneLine, FoldsLinesAndSpaces) {
    EXPECT_EQ(one_line("Base  Operating\nSystem \n\n x "), "Base Operating System x");
}

}  // namespace
}  // namespace rounds::core
