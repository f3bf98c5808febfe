#include "core/text.hpp"

#include <array>
#include <ostream>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "core/utf8.hpp"

namespace rounds::core {
namespace {

struct Case {
    std::string name;
    std::string text;
    std::string shown;

    friend void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }
};

class PrintableTest : public testing::TestWithParam<Case> {};

TEST_P(PrintableTest, ShowsWhatWouldOtherwiseAct) {
    EXPECT_EQ(printable(GetParam().text), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, PrintableTest,
    testing::Values(
        Case{"Empty", "", ""}, Case{"Plain", "mfp-3f (3rd floor) <b>", "mfp-3f (3rd floor) <b>"},
        Case{"Chinese", "三楼打印机", "三楼打印机"}, Case{"Emoji", "🖨 ok", "🖨 ok"},
        Case{"LineBreaks", "a\r\nb\nc\td", "a\\r\\nb\\nc\\td"},
        Case{"TerminalEscape", "\x1b[2J\x1b[31mred", "\\x1b[2J\\x1b[31mred"},
        Case{"Nul", std::string("a\0b", 3), "a\\x00b"}, Case{"Delete", "a\x7f", "a\\x7f"},
        Case{"C1IsAlsoAnEscape", "\u009b31m", "\\u009b31m"},
        Case{"NextLine", "a\u0085b", "a\\u0085b"},
        Case{"LineSeparator", "a\u2028b\u2029c", "a\\u2028b\\u2029c"},
        Case{"BidiOverride", "gpj.\u202etxt.exe", "gpj.\\u202etxt.exe"},
        Case{"BidiIsolate", "\u2066a\u2069", "\\u2066a\\u2069"},
        Case{"ZeroWidthSpace", "core\u200b-1", "core\\u200b-1"},
        Case{"ByteOrderMark", "\ufeffname", "\\ufeffname"},
        Case{"TagCharacters", "a\U000e0041", "a\\U000e0041"},
        Case{"JoinersStay", "\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"},
        Case{"Latin1", "caf\xe9", "caf\\xe9"},
        Case{"Gbk", "\xb4\xf2\xd3\xa1", "\\xb4\\xf2\u04e1"},  // D3 A1 happens to be a letter
        Case{"Overlong", "\xc0\xaf", "\\xc0\\xaf"},
        Case{"Surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"},
        Case{"BeyondUnicode", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},
        Case{"CutSequence", "\xe4\xb8", "\\xe4\\xb8"},
        Case{"BackslashStays", "C:\\new", "C:\\new"}),
    [](const auto& one) { return one.param.name; });

TEST(Printable, CutsAtTheLimitAndSaysSo) {
    EXPECT_EQ(printable("abcdef", 6), "abcdef");
    EXPECT_EQ(printable("abcdef", 5), "abcd…");
    EXPECT_EQ(printable("三楼打印机", 4), "三楼打…");
    EXPECT_EQ(printable("abc\x1b", 5), "abc…") << "no half escape";
    EXPECT_EQ(printable("\x1b", 3), "…");
    EXPECT_EQ(printable("ab", 1), "…");
    EXPECT_EQ(printable("a", 1), "a");
    EXPECT_EQ(printable("ab", 0), "");
    EXPECT_EQ(printable("", 0), "");
    EXPECT_EQ(printable(std::string(1'000'000, 'x')), std::string(199, 'x') + "…");
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    return count;
}

/// Bytes of the kinds that have broken decoders before.
std::string draw_bytes(std::mt19937& random) {
    static const std::array<std::string, 16> pieces{
        "a",        "\\x1b",    "\x1b[31m",         "\n",
        "三",       "…",        "\u202e",           "\xe2\x80",
        "\xc0\x80", "\xed\xa0", "\xf4\x8f\xbf\xbf", "\xf0\x9f",
        "\x80",     "\xff",     "\u0301",           std::string(1, '\0')};
    const auto below = [&](int n) { return std::uniform_int_distribution{0, n - 1}(random); };
    std::string text;
    for (int n = below(40); n > 0; --n) {
        if (below(3) == 0) {
            text += static_cast<char>(below(256));
        } else {
            text += pieces[static_cast<std::size_t>(below(static_cast<int>(pieces.size())))];
        }
    }
    return text;
}

TEST(Printable, AnyBytesBecomeOneShortLineOfUtf8) {
    std::mt19937 random{2026};
    for (int n = 0; n < 20'000; ++n) {
        const std::string text = draw_bytes(random);
        const auto limit = std::uniform_int_distribution<std::size_t>{0, 60}(random);
        const std::string line = printable(text, limit);
        SCOPED_TRACE(testing::Message() << "drawn " << n << ", limit " << limit << ": " << line);
        ASSERT_TRUE(is_utf8(line));
        ASSERT_LE(length(line), limit);
        for (const char c : line) {
            ASSERT_FALSE(static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
        }
        for (const auto* acting : {"\u0085", "\u009b", "\u2028", "\u202e", "\u2066", "\ufeff"}) {
            ASSERT_EQ(line.find(acting), std::string::npos);
        }
        ASSERT_EQ(printable(line, limit), line) << "clean text stays as it is";
    }
}

TEST(Utf8, EveryCodePointIsReadAsItIsWritten) {
    const auto encoded = [](char32_t c) {
        const auto tail = [c](unsigned shift) {
            return static_cast<char>(0x80U | ((c >> shift) & 0x3fU));
        };
        if (c < 0x80) return std::string{static_cast<char>(c)};
        if (c < 0x800) return std::string{static_cast<char>(0xc0U | (c >> 6U)), tail(0)};
        if (c < 0x10000)
            return std::string{static_cast<char>(0xe0U | (c >> 12U)), tail(6), tail(0)};
        return std::string{static_cast<char>(0xf0U | (c >> 18U)), tail(12), tail(6), tail(0)};
    };
    for (char32_t c = 0; c < 0x111000; ++c) {
        const std::string bytes = encoded(c);
        const bool valid = c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
        const CodePoint point = first_code_point(bytes + "tail");
        ASSERT_EQ(point.valid, valid) << static_cast<std::uint32_t>(c);
        ASSERT_EQ(is_utf8(bytes), valid);
        ASSERT_EQ(point.value, valid ? c : U'\xfffd');
        ASSERT_EQ(point.bytes, valid ? bytes.size() : 1);
    }
}

TEST(Columns, AreThoseOfATerminal) {
    EXPECT_EQ(columns(""), 0U);
    EXPECT_EQ(columns("core-1"), 6U);
    EXPECT_EQ(columns("三楼打印机"), 10U);
    EXPECT_EQ(columns("（一级）"), 8U);    // full-width brackets
    EXPECT_EQ(columns("ﾌﾟﾘﾝﾀ"), 5U);       // half-width katakana
    EXPECT_EQ(columns("cafe\u0301"), 4U);  // combining accent
    EXPECT_EQ(columns("한국"), 4U);
    EXPECT_EQ(columns("🖨️✅"), 3U);
    EXPECT_EQ(columns("…─█"), 3U);  // ambiguous: one outside of East Asian locales
    EXPECT_EQ(columns("𠀀"), 2U);
}

TEST(Columns, PaddingFillsToThem) {
    EXPECT_EQ(pad_right("三楼", 6), "三楼  ");
    EXPECT_EQ(pad_left("3.7%", 6), "  3.7%");
    EXPECT_EQ(pad_right("三楼打印机", 6), "三楼打印机") << "never cut";
    EXPECT_EQ(pad_left("", 2), "  ");
}

std::string_view nearest_of(std::string_view word) {
    static constexpr std::array<std::string_view, 6> words{
        "interval", "timeout", "packets", "down_after", "retry_interval", "设备名称"};
    return nearest(word, words.data(), words.data() + words.size());
}

TEST(Nearest, ForgivesAThirdOfTheWord) {
    EXPECT_EQ(nearest_of("intervall"), "interval");
    EXPECT_EQ(nearest_of("intreval"), "interval");
    EXPECT_EQ(nearest_of("TIMEOUT"), "timeout");
    EXPECT_EQ(nearest_of("time_out"), "timeout");
    EXPECT_EQ(nearest_of("downafter"), "down_after");
    EXPECT_EQ(nearest_of("设备名"), "设备名称");
    EXPECT_EQ(nearest_of("packet"), "packets");
    EXPECT_EQ(nearest_of("rack"), "");
    EXPECT_EQ(nearest_of("x"), "");
    EXPECT_EQ(nearest_of(""), "");
    EXPECT_EQ(nearest_of(std::string(100'000, 'i')), "");
    EXPECT_EQ(nearest("word", nullptr, nullptr), "");
}

TEST(Nearest, ASwapOfNeighboursIsOneSlip) {
    constexpr std::array<std::string_view, 2> words{"min", "max"};
    EXPECT_EQ(nearest("mni", words.data(), words.data() + words.size()), "min");
    EXPECT_EQ(nearest("mxa", words.data(), words.data() + words.size()), "max");
    EXPECT_EQ(nearest("abc", words.data(), words.data() + words.size()), "");
}

}  // namespace
}  // namespace rounds::core
