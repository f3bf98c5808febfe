#include "core/pattern.hpp"

#include <random>
#include <regex>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

struct Case {
    std::string name, pattern, text;
    std::optional<std::string> whole;                 ///< Empty: no match.
    std::optional<std::string> group = std::nullopt;  ///< The first one's part.
    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

class PatternTest : public testing::TestWithParam<Case> {};

TEST_P(PatternTest, Finds) {
    const auto& [name, pattern, text, whole, group] = GetParam();
    const auto parsed = Pattern::parse(pattern);
    ASSERT_TRUE(parsed) << parsed.error().message;
    const auto found = parsed->find(text);
    ASSERT_EQ(found.has_value(), whole.has_value());
    if (!found) return;
    EXPECT_EQ(*found->front(), *whole);
    if (found->size() < 2) {
        EXPECT_FALSE(group);
    } else {
        EXPECT_EQ((*found)[1] ? std::optional(std::string(*(*found)[1])) : std::nullopt, group);
    }
}

const auto no_match = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Patterns, PatternTest,
    testing::Values(
        Case{"Literal", "Version", "a Version b", "Version"},
        Case{"AnyCase", "(?i)version", "VERSION 3", "VERSION"},
        Case{"CaseCounts", "version", "VERSION 3", no_match},
        Case{"Leftmost", "a+", "baaac a", "aaa"}, Case{"Greedy", "<.*>", "<a><b>", "<a><b>"},
        Case{"Lazy", "<.*?>", "<a><b>", "<a>"},
        Case{"Group", "Version ([0-9.]+)", "Version 15.2, x", "Version 15.2", "15.2"},
        Case{"GroupThatTookNoPart", "a(b)?c", "ac", "ac", no_match},
        Case{"FirstAlternative", "(ab|a)", "ab", "ab", "ab"},
        Case{"LaterAlternative", "(x|y|z1)", "z1", "z1", "z1"},
        Case{"EmptyAlternative", "a(|b)c", "abc", "abc", "b"},
        Case{"NotCounted", "(?:a|b)c(d)", "bcd", "bcd", "d"}, Case{"Begin", "^b", "ab", no_match},
        Case{"End", "b$", "ab", "b"}, Case{"EndIsTheTexts", "b$", "b\nc", no_match},
        Case{"DotIsNoLineBreak", "a.c", "a\nc", no_match}, Case{"Class", "[a-c_]+", "xxb_a", "b_a"},
        Case{"NoneOf", "[^,]+", "ab,cd", "ab"}, Case{"BracketFirstInClass", "[]x]+", "a]x", "]x"},
        Case{"DashLastInClass", "[a-]+", "b-a", "-a"},
        Case{"ClassInClass", "[\\d.]+", "v1.2", "1.2"},
        Case{"Digits", "\\d{2,3}", "1 12345", "123"}, Case{"NotDigits", "\\D+", "12ab3", "ab"},
        Case{"Exactly", "^a{3}$", "aaaa", no_match}, Case{"AtLeast", "^a{2,}$", "aaaa", "aaaa"},
        Case{"NoneAllowed", "^a{0}b$", "b", "b"}, Case{"WordEdge", "\\bos\\b", "ios os x", "os"},
        Case{"NoWordEdge", "\\bos\\b", "iosx", no_match},
        Case{"Escaped", "a\\.b\\(", "axb( a.b(", "a.b("},
        Case{"Chinese", "交换机 (\\S+)", "华为交换机 S5735", "交换机 S5735", "S5735"},
        Case{"EmptyPattern", "", "abc", ""}, Case{"EmptyText", "^$", "", ""},
        Case{"StarOfStar", "(a*)*b", "aab", "aab", "aa"}),
    [](const auto& test) { return test.param.name; });

struct Refusal {
    std::string name, pattern, why;
    friend void PrintTo(const Refusal& r, std::ostream* out) { *out << r.name; }
};
class PatternRefused : public testing::TestWithParam<Refusal> {};

TEST_P(PatternRefused, SaysWhy) {
    const auto parsed = Pattern::parse(GetParam().pattern);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().kind, Error::Kind::invalid_input);
    EXPECT_NE(parsed.error().message.find(GetParam().why), std::string::npos)
        << parsed.error().message;
}

INSTANTIATE_TEST_SUITE_P(Refusals, PatternRefused,
                         testing::Values(Refusal{"OpenGroup", "(a", "a ( without its )"},
                                         Refusal{"CloseGroup", "a)", "a ) without its ("},
                                         Refusal{"OpenClass", "[a", "a [ without its ]"},
                                         Refusal{"NothingToRepeat", "*a", "nothing to repeat"},
                                         Refusal{"BackwardsRange", "[z-a]", "runs backwards"},
                                         Refusal{"BackwardsRepeat", "a{3,2}", "smaller"},
                                         Refusal{"OpenRepeat", "a{3", "without its }"},
                                         Refusal{"HugeRepeat", "a{9999}", "{0} to {200}"},
                                         Refusal{"Exploding", "((a{200}){200}){200}", "too large"},
                                         Refusal{"BackReference", "(a)\\1", "not known here"},
                                         Refusal{"LookAhead", "(?=a)", "(? that is not"},
                                         Refusal{"EscapeAtEnd", "a\\", "\\ at its end"},
                                         Refusal{"DeepGroups",
                                                 std::string(60, '(') + std::string(60, ')'),
                                                 "more than 20 groups"}),
                         [](const auto& test) { return test.param.name; });

TEST(Pattern, HostileTextCostsNoMoreThanOther) {
    // Backtracking would take 2^n steps here; and a stack frame for every byte.
    const auto pattern = Pattern::parse("^(a|a)*(a|aa)+$").value();
    const std::string text(20'000, 'a');
    EXPECT_TRUE(pattern.matches(text));
    EXPECT_FALSE(pattern.matches(text + "b"));
}

TEST(Pattern, TakesAnyBytes) {
    std::string text;
    for (int byte = 0; byte < 256; ++byte) text += static_cast<char>(byte);
    const auto all = Pattern::parse("^[^x]+x").value().find(text);
    ASSERT_TRUE(all);
    EXPECT_EQ(all->front()->size(), std::size_t{'x'} + 1);
}

/// Patterns of a few letters, so that they meet their texts.
std::string drawn(std::mt19937& dice, int depth) {
    const auto roll = [&](std::uint32_t sides) { return static_cast<unsigned>(dice()) % sides; };
    std::string pattern;
    for (unsigned parts = 1 + roll(3); parts > 0; --parts) {
        const unsigned kind = roll(depth > 0 ? 10 : 6);
        constexpr const char* plain[] = {"a", "b", ".", "[ab]", "[^a]", "c"};
        constexpr const char* edges[] = {"^", "$", "\\b"};
        if (kind < 6) {
            pattern += plain[kind];
            constexpr const char* times[] = {"", "", "*", "+", "?", "*?", "{2}"};
            pattern += times[roll(7)];
        } else if (kind < 8) {
            pattern += edges[roll(3)];
        } else {
            pattern += "(" + drawn(dice, depth - 1) + "|" + drawn(dice, depth - 1) + ")";
        }
    }
    return pattern;
}

TEST(Pattern, FindsWhereAnotherEngineFinds) {
    std::mt19937 dice{21};
    int found = 0;
    for (int game = 0; game < 3'000; ++game) {
        const std::string written = drawn(dice, 2);
        const auto pattern = Pattern::parse(written);
        ASSERT_TRUE(pattern) << written;
        const std::regex other(written);
        for (int texts = 0; texts < 4; ++texts) {
            std::string text;
            while (dice() % 6 != 0) text += "abc "[dice() % 4];
            const bool there = std::regex_search(text, other);
            found += there ? 1 : 0;
            EXPECT_EQ(pattern->matches(text), there) << written << " in \"" << text << '"';
            EXPECT_EQ(pattern->find(text).has_value(), there) << written;
        }
    }
    EXPECT_GT(found, 1'000);
    EXPECT_LT(found, 11'000);
}

}  // namespace
}  // namespace rounds::core
