#include "core/text.hpp"

#include <random>

#include <gtest/gtest.h>

#include "core/utf8.hpp"

namespace rounds::core {
namespace {

using namespace std::string_literals;

std::size_t length(std::string_view text) {
    std::size_t points = 0;
    for (; !text.empty(); ++points) text.remove_prefix(first_code_point(text).bytes);
    return points;
}

struct ShownCase {
    std::string name;
    std::string text;
    std::string shown;
    std::size_t limit = 200;
};

void PrintTo(const ShownCase& c, std::ostream* out) {
    *out << c.name;
}

class Printable : public ::testing::TestWithParam<ShownCase> {};

TEST_P(Printable, ShowsWhatItIs) {
    EXPECT_EQ(printable(GetParam().text, GetParam().limit), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Printable,
    ::testing::Values(
        ShownCase{"Empty", "", ""}, ShownCase{"Plain", "HP LaserJet 400", "HP LaserJet 400"},
        ShownCase{"Chinese", "三楼打印机 é", "三楼打印机 é"},
        ShownCase{"LineBreaks", "a\r\nb\tc", R"(a\r\nb\tc)"},
        ShownCase{"Escape", "\x1b[31mred\x07", R"(\x1b[31mred\x07)"},
        ShownCase{"ZeroByte", "a\0b"s, R"(a\x00b)"}, ShownCase{"Delete", "\x7f", R"(\x7f)"},
        ShownCase{"C1",
                  "\xc2\x9b"
                  "31m",
                  R"(\u009b31m)"},
        ShownCase{"BidiOverride", "exe.\u202egpj", R"(exe.\u202egpj)"},
        ShownCase{"BidiIsolate", "\u2066a\u2069", R"(\u2066a\u2069)"},
        ShownCase{"ArabicLetterMark", "\u061c", R"(\u061c)"},
        ShownCase{"LineSeparator", "a\u2028b\u2029", R"(a\u2028b\u2029)"},
        ShownCase{"NextLine", "a\u0085", R"(a\u0085)"},
        ShownCase{"NoWidth", "a\u200b\ufeff\u00ad", R"(a\u200b\ufeff\u00ad)"},
        ShownCase{"Tags", "\U000e0041", R"(\U000e0041)"},
        ShownCase{"Latin1", "caf\xe9", R"(caf\xe9)"}, ShownCase{"Gbk", "\xc8\xfd", R"(\xc8\xfd)"},
        ShownCase{"CutInTheMiddle", "a\xe4\xb8", R"(a\xe4\xb8)"},
        ShownCase{"ABackslashIsShowable", R"(C:\new)", R"(C:\new)"},
        ShownCase{"JustFits", "12345", "12345", 5}, ShownCase{"OneTooLong", "123456", "1234…", 5},
        ShownCase{"ChineseTooLong", "一二三四五六", "一二三四…", 5},
        ShownCase{"AnEscapeIsNeverCut",
                  "ab\x1b"
                  "c",
                  "ab…", 5},
        ShownCase{"AnEscapeThatEnds", "a\x1b", R"(a\x1b)", 5},
        ShownCase{"NoRoomButForTheSign", "12", "…", 1}, ShownCase{"NoRoom", "12", "", 0}),
    [](const auto& test) { return test.param.name; });

/// Bytes as a hostile or broken device may send them: pieces of all that is special, and noise.
std::string hostile(std::mt19937& random) {
    static const std::vector<std::string> pieces{"a",
                                                 " ",
                                                 "三",
                                                 "é",
                                                 "e\u0301",
                                                 "\u202e",
                                                 "\u2066",
                                                 "\x1b[2J",
                                                 "\r\n",
                                                 "\0"s,
                                                 "\xff",
                                                 "\xc0",
                                                 "\xe4\xb8",
                                                 "\xed\xa0\x80",
                                                 "\xf4\x90\x80\x80",
                                                 "\U0001f5a8",
                                                 "{name}",
                                                 "\\",
                                                 "%s",
                                                 "\x9b"};
    std::string text;
    for (auto n = random() % 40; n > 0; --n) {
        text += random() % 4 == 0 ? std::string(1, static_cast<char>(random() % 256))
                                  : pieces[random() % pieces.size()];
    }
    return text;
}

TEST(PrintableProperty, IsOneCleanLineWithinTheLimit) {
    std::mt19937 random(20'261'124);
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = hostile(random);
        const std::size_t limit = random() % 60;
        const std::string shown = printable(text, limit);
        ASSERT_TRUE(is_utf8(shown)) << i;
        ASSERT_LE(length(shown), limit) << i;
        for (const char c : shown)
            ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) << i;
        for (const std::string_view bad : {"\u202e", "\u2066", "\u0085", "\u009b", "\u2028"}) {
            ASSERT_EQ(shown.find(bad), std::string::npos) << i;
        }
        ASSERT_EQ(printable(shown, limit), shown) << i;  // What is clean stays as it is.
    }
}

TEST(PrintableProperty, TenKilobytesOfAnythingEndInTheSign) {
    for (const std::string piece : {"a", "\n", "\xff", "三", "\u202e", "\U000e0041"}) {
        std::string text;
        while (text.size() < 10'000) text += piece;
        const std::string shown = printable(text);
        EXPECT_LE(length(shown), 200U);
        EXPECT_GE(length(shown), 190U);
        EXPECT_TRUE(shown.ends_with("…"));
    }
}

struct BytesCase {
    std::string name;
    std::string bytes;
    bool valid;
};

void PrintTo(const BytesCase& c, std::ostream* out) {
    *out << c.name;
}

class Utf8 : public ::testing::TestWithParam<BytesCase> {};

TEST_P(Utf8, IsToldFromOtherBytes) {
    EXPECT_EQ(is_utf8(GetParam().bytes), GetParam().valid);
    EXPECT_EQ(is_utf8("三" + GetParam().bytes + "a"), GetParam().valid);
}

INSTANTIATE_TEST_SUITE_P(  // RFC 3629, sections 3 and 4
    Rfc3629, Utf8,
    ::testing::Values(
        BytesCase{"Empty", "", true}, BytesCase{"Zero", "\0"s, true},
        BytesCase{"LastOfOne", "\x7f", true}, BytesCase{"FirstOfTwo", "\xc2\x80", true},
        BytesCase{"LastOfTwo", "\xdf\xbf", true}, BytesCase{"FirstOfThree", "\xe0\xa0\x80", true},
        BytesCase{"BeforeSurrogates", "\xed\x9f\xbf", true},
        BytesCase{"AfterSurrogates", "\xee\x80\x80", true},
        BytesCase{"LastOfThree", "\xef\xbf\xbf", true},
        BytesCase{"FirstOfFour", "\xf0\x90\x80\x80", true},
        BytesCase{"LastOfAll", "\xf4\x8f\xbf\xbf", true},
        BytesCase{"OverlongSlash", "\xc0\xaf", false}, BytesCase{"OverlongZero", "\xc0\x80", false},
        BytesCase{"OverlongTwo", "\xc1\xbf", false},
        BytesCase{"OverlongThree", "\xe0\x9f\xbf", false},
        BytesCase{"OverlongFour", "\xf0\x8f\xbf\xbf", false},
        BytesCase{"FirstSurrogate", "\xed\xa0\x80", false},
        BytesCase{"LastSurrogate", "\xed\xbf\xbf", false},
        BytesCase{"SurrogatePair", "\xed\xa1\x8c\xed\xbe\xb4", false},
        BytesCase{"PastTheLast", "\xf4\x90\x80\x80", false},
        BytesCase{"F5", "\xf5\x80\x80\x80", false},
        BytesCase{"FiveBytes", "\xf8\x88\x80\x80\x80", false}, BytesCase{"FE", "\xfe", false},
        BytesCase{"FF", "\xff", false}, BytesCase{"LoneContinuation", "\x80", false},
        BytesCase{"TwoCut", "\xc2", false}, BytesCase{"ThreeCut", "\xe4\xb8", false},
        BytesCase{"FourCut", "\xf0\x9f\x96", false},
        BytesCase{"SecondIsNone", "\xe4\x41\x80", false},
        BytesCase{"ThirdIsNone", "\xe4\xb8\xc0", false}),
    [](const auto& test) { return test.param.name; });

TEST(Utf8Text, EveryCodePointLeadsBack) {
    for (char32_t c = 0; c <= 0x110000; ++c) {
        std::string bytes;  // as RFC 3629 section 3 draws it, whether allowed or not
        const auto tail = [&](unsigned shift) {
            bytes += static_cast<char>(0x80U | ((c >> shift) & 0x3fU));
        };
        if (c < 0x80)
            bytes += static_cast<char>(c);
        else if (c < 0x800)
            bytes += static_cast<char>(0xc0U | (c >> 6U)), tail(0);
        else if (c < 0x10000)
            bytes += static_cast<char>(0xe0U | (c >> 12U)), tail(6), tail(0);
        else
            bytes += static_cast<char>(0xf0U | (c >> 18U)), tail(12), tail(6), tail(0);
        const bool allowed = c < 0x110000 && (c < 0xd800 || c > 0xdfff);
        const CodePoint point = first_code_point(bytes);
        ASSERT_EQ(point.valid, allowed) << std::hex << static_cast<unsigned>(c);
        ASSERT_EQ(point.value, allowed ? c : char32_t{0xfffd});
        ASSERT_EQ(point.bytes, allowed ? bytes.size() : 1U);
    }
}

struct ColumnsCase {
    std::string name;
    std::string text;
    std::size_t columns;
};

void PrintTo(const ColumnsCase& c, std::ostream* out) {
    *out << c.name;
}

class Columns : public ::testing::TestWithParam<ColumnsCase> {};

TEST_P(Columns, OnATerminal) {
    EXPECT_EQ(columns(GetParam().text), GetParam().columns);
    EXPECT_EQ(columns(pad_right(GetParam().text, 20)), 20U);
    EXPECT_EQ(columns(pad_left(GetParam().text, 20)), 20U);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Columns,
    ::testing::Values(ColumnsCase{"Empty", "", 0}, ColumnsCase{"Ascii", "mfp-3f", 6},
                      ColumnsCase{"Accent", "é", 1}, ColumnsCase{"CombiningAccent", "e\u0301", 1},
                      ColumnsCase{"Chinese", "三楼打印机", 10}, ColumnsCase{"Mixed", "3楼MFP", 6},
                      ColumnsCase{"ChinesePunctuation", "。，《", 6},
                      ColumnsCase{"FullWidthLetter", "Ａ", 2},
                      ColumnsCase{"HalfWidthKatakana", "ｱ", 1}, ColumnsCase{"Hangul", "한", 2},
                      ColumnsCase{"HangulInParts", "\u1112\u1161\u11ab", 2},
                      ColumnsCase{"BeyondTheFirstPlane", "\U00020000", 2},
                      ColumnsCase{"Picture", "\U0001f5a8\ufe0f\U0001f600", 3},
                      ColumnsCase{"Ellipsis", "…", 1}, ColumnsCase{"Thai", "ที่", 1},
                      ColumnsCase{"BrokenByte", "\xff", 1}),
    [](const auto& test) { return test.param.name; });

TEST(Padding, FillsTheSideItSays) {
    EXPECT_EQ(pad_right("三楼", 6), "三楼  ");
    EXPECT_EQ(pad_left("三楼", 6), "  三楼");
    EXPECT_EQ(pad_right("", 2), "  ");
    EXPECT_EQ(pad_left("4.0%", 4), "4.0%");
}

TEST(Padding, NeverCuts) {
    EXPECT_EQ(pad_right("三楼", 3), "三楼");
    EXPECT_EQ(pad_left("三楼", 0), "三楼");
}

struct NearCase {
    std::string name;
    std::string word;
    std::string nearest;
};

void PrintTo(const NearCase& c, std::ostream* out) {
    *out << c.word;
}

class Nearest : public ::testing::TestWithParam<NearCase> {};

TEST_P(Nearest, IsWhatWasMeant) {
    const std::vector<std::string_view> words{"interval", "timeout",  "upstream", "loss",
                                              "时延",     "负责人员", "up"};
    EXPECT_EQ(nearest(GetParam().word, words.data(), words.data() + words.size()),
              GetParam().nearest);
}

INSTANTIATE_TEST_SUITE_P(Words, Nearest,
                         ::testing::Values(NearCase{"Itself", "loss", "loss"},
                                           NearCase{"ALetterShort", "intervl", "interval"},
                                           NearCase{"ALetterMore", "timeoutt", "timeout"},
                                           NearCase{"TwoSwapped", "upstraem", "upstream"},
                                           NearCase{"OtherCase", "TimeOut", "timeout"},
                                           NearCase{"TwoOfEight", "intreval", "interval"},
                                           NearCase{"AThirdIsNear", "intervxyz", "interval"},
                                           NearCase{"MoreThanAThirdIsNot", "intexxxx", ""},
                                           NearCase{"ChineseByCharacters", "负责人贝", "负责人员"},
                                           NearCase{"HalfOfTwoCharactersIsNot", "时间", ""},
                                           NearCase{"Empty", "", ""},
                                           NearCase{"SomethingElse", "colour", ""},
                                           NearCase{"BrokenBytes", "\xff\xfe", ""}),
                         [](const auto& test) { return test.param.name; });

TEST(NearestOfNone, IsEmpty) {
    EXPECT_EQ(nearest("loss", nullptr, nullptr), "");
}

TEST(NearestOfTwo, IsTheNearer) {
    const std::vector<std::string_view> words{"time_zones", "time_zone"};
    EXPECT_EQ(nearest("timezone", words.data(), words.data() + words.size()), "time_zone");
}

}  // namespace
}  // namespace rounds::core
