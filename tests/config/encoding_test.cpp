#include "config/encoding.hpp"

#include <gtest/gtest.h>

namespace rounds::config {
namespace {

using namespace std::string_literals;

TEST(Encoding, Utf8StaysAsItIs) {
    EXPECT_EQ(*to_utf8("设备"), "设备");
    EXPECT_EQ(*to_utf8("\xEF\xBB\xBF"
                       "a"),
              "\xEF\xBB\xBF"
              "a")
        << "the mark is the reader's to skip";
    EXPECT_EQ(*to_utf8(""), "");
}

TEST(Encoding, GbkIsKnownByItsBytes) {
    EXPECT_EQ(*to_utf8("\xC9\xE8\xB1\xB8\xC3\xFB\xB3\xC6"), "设备名称");
    EXPECT_EQ(*to_utf8("name,\xCD\xF5\xB9\xA4\r\n"), "name,王工\r\n");
    // 镕 is in GBK but not in GB2312; 㐂 only in the four bytes of GB18030.
    EXPECT_EQ(*to_utf8("\xE9\x46"), "镕");
    EXPECT_EQ(*to_utf8("\x81\x39\xEF\x31"
                       "\xC9\xE8"),
              "㐂设");
}

TEST(Encoding, Utf16IsKnownByItsMark) {
    EXPECT_EQ(*to_utf8("\xFF\xFE\x61\x00\xBE\x8B"s), "a设");
    EXPECT_EQ(*to_utf8("\xFE\xFF\x00\x61\x8B\xBE"s), "a设");
}

TEST(Encoding, LongTextsAreConvertedWhole) {
    std::string gbk, utf8;
    for (int i = 0; i < 20'000; ++i) {
        gbk += "\xC9\xE8,";
        utf8 += "设,";
    }
    EXPECT_EQ(*to_utf8(gbk), utf8);
}

TEST(Encoding, WhatIsNoTextIsRefused) {
    for (const std::string& bytes : {"\xFF"s, "a\x80"s, "\xC9"s, "\xFF\xFE\x61"s}) {
        const auto text = to_utf8(bytes);
        ASSERT_FALSE(text);
        EXPECT_EQ(text.error().message,
                  "is neither UTF-8 nor GB18030 (GBK) text; save it as UTF-8");
    }
}

}  // namespace
}  // namespace rounds::config
