#include "config/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rounds::config {
namespace {

using ::testing::ElementsAre;

/// The tree as one line: {key@1:1: text@1:4, …}
std::string drawn(const Node& node) {
    const std::string at =
        "@" + std::to_string(node.at.line) + ":" + std::to_string(node.at.column);
    std::string inside;
    switch (node.kind) {
        case Node::Kind::nothing: return "~" + at;
        case Node::Kind::scalar: return node.text + at;
        case Node::Kind::list:
            for (const Node& item : node.items)
                inside += (inside.empty() ? "" : ", ") + drawn(item);
            return "[" + inside + "]" + at;
        case Node::Kind::map:
            for (const auto& [key, key_at, value] : node.entries) {
                inside += (inside.empty() ? "" : ", ") + key + "@" + std::to_string(key_at.line) +
                          ":" + std::to_string(key_at.column) + ": " + drawn(value);
            }
            return "{" + inside + "}" + at;
    }
    return {};
}

struct Read {
    std::string tree;  ///< Empty when there is none.
    std::vector<std::string> problems;
};

Read read(const std::string& text) {
    Problems problems;
    const int file = problems.open("a.yaml");
    const auto tree = parse_yaml(text, file, problems);
    Read read{tree ? drawn(*tree) : "", {}};
    for (const Problem& problem : problems.sorted()) read.problems.push_back(problem.sentence());
    return read;
}

TEST(Yaml, RemembersWhereEverythingStands) {
    const auto [tree, problems] = read("a: 1\nb:\n  - x\n  - {c: 中文, d: \"q\"}\n");
    EXPECT_THAT(problems, ElementsAre());
    EXPECT_EQ(tree,
              "{a@1:1: 1@1:4, b@2:1: [x@3:5, {c@4:6: 中文@4:9, d@4:13: q@4:16}@4:5]@3:3}@1:1");
}

TEST(Yaml, ColumnsCountCharactersBehindAByteOrderMarkAndWithCrLf) {
    EXPECT_EQ(read("\xEF\xBB\xBF名: 王\r\nb: {名: 李, c: 1}\r\n").tree,
              "{名@1:1: 王@1:4, b@2:1: {名@2:5: 李@2:8, c@2:11: 1@2:14}@2:4}@1:1");
}

TEST(Yaml, NothingIsWhereItsKeyIs) {
    EXPECT_EQ(read("a:\nb: ~\nc: null\n").tree, "{a@1:1: ~@1:1, b@2:1: ~@2:1, c@3:1: ~@3:1}@1:1");
}

TEST(Yaml, WordsStayWords) {
    EXPECT_EQ(read("[yes, on, 08:30, 1e3, 'null', 0x1F]").tree,
              "[yes@1:2, on@1:7, 08:30@1:11, 1e3@1:18, null@1:23, 0x1F@1:31]@1:1");
}

TEST(Yaml, AFileWithNothingInItIsNoProblem) {
    for (const std::string text : {"", "\n\n", "# only a comment\n", "\xEF\xBB\xBF"}) {
        const auto [tree, problems] = read(text);
        EXPECT_EQ(tree, "");
        EXPECT_THAT(problems, ElementsAre());
    }
}

struct Case {
    std::string name, text, sentence;
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << c.text;
}

class WrongYaml : public ::testing::TestWithParam<Case> {};

TEST_P(WrongYaml, IsRefusedAtItsPlace) {
    EXPECT_THAT(read(GetParam().text).problems, ElementsAre(GetParam().sentence));
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongYaml,
    ::testing::Values(
        Case{"DuplicateKey", "a: 1\nb: 2\na: 3\n",
             "a.yaml:3:1: the key \"a\" is already set in line 1; keep one of the two"},
        Case{"DuplicateKeyInFlow", "x: {a: 1, a: 2}\n",
             "a.yaml:1:11: the key \"a\" is already set in line 1; keep one of the two"},
        Case{"Anchor", "a: &x 1\n",
             "a.yaml:1:4: anchors and aliases (&name, *name) are not known here; write the value "
             "out, or set it once for all "
             "devices of a class under classes"},
        Case{"MergeKey", "a:\n  <<: {b: 1}\n",
             "a.yaml:2:3: merge keys (<<) are not known here; write the keys out, or set them once "
             "for all devices of a "
             "class under classes"},
        Case{"AliasOfNothing", "a: *x\n",
             "a.yaml:1:4: anchors and aliases (&name, *name) are not known here; write the value "
             "out, or set it once for all "
             "devices of a class under classes"},
        Case{"Tag", "a: !!binary aGk=\n",
             "a.yaml:1:4: tags such as tag:yaml.org,2002:binary are not known here; take it out"},
        Case{"SecondDocument", "a: 1\n---\nb: 2\n",
             "a.yaml:2:1: a second document (---) is not read; put it in a file of its own under "
             "conf.d"},
        Case{"Tab", "a:\n  b: 1\n\tc: 2\n", "a.yaml:3:1: a tab cannot indent YAML; use spaces"},
        Case{"TabBeforeList", "a:\n\t- 1\n", "a.yaml:2:1: a tab cannot indent YAML; use spaces"},
        Case{"OpenFlow", "a: [1, 2\nb: 3\n",
             "a.yaml:2:2: this is not YAML: the [ that opens in line 1 is not closed before this"},
        Case{"OpenQuote", "a: \"one\nb: 2\n",
             "a.yaml:1:4: the quote that opens here is never closed"},
        Case{"OpenSingleQuote", "a: 'it''s\nb: 2\n",
             "a.yaml:1:4: the quote that opens here is never closed"},
        Case{"ColonInWord", "a: b: c\n",
             "a.yaml:1:5: this is not YAML: a second \": \" in one value; put the value into "
             "quotes"},
        Case{"ListAsKey", "? [a, b]\n: c\n", "a.yaml:1:3: a key must be a word, not a list"},
        Case{"Utf8", "a: 1\nb: \xFF\xFE\n", "a.yaml:2: not UTF-8; save the file as UTF-8"},
        Case{"Control", "a: 中\x01\n", "a.yaml:1:5: a control character (\\x01); take it out"},
        Case{"Zero", std::string("a: 1\nb: \0\n", 10),
             "a.yaml:2:4: a control character (\\x00); take it out"}),
    [](const auto& test) { return test.param.name; });

TEST(Yaml, AnAliasBombIsRefusedBeforeItGoesOff) {
    std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char name = 'b'; name <= 'k'; ++name) {
        const std::string before = "*" + std::string(1, static_cast<char>(name - 1));
        bomb += std::string(1, name) + ": &" + name + " [";
        for (int i = 0; i < 10; ++i) bomb += (i > 0 ? ", " : "") + before;
        bomb += "]\n";
    }
    const auto [tree, problems] = read(bomb);
    EXPECT_EQ(problems.size(), 11U + 100U) << "each anchor, each alias";
    EXPECT_LT(tree.size(), 10'000U);
}

TEST(Yaml, OneLongLineIsReadInOneGo) {
    // Counting each column from the line's beginning would take minutes here.
    std::string text = "a: [";
    for (int i = 0; i < 200'000; ++i) text += "{中: 1},";
    Problems problems;
    const auto tree = parse_yaml(text + "]", problems.open("a.yaml"), problems);
    ASSERT_TRUE(tree);
    const Node& last = tree->entries.front().value.items.back().entries.front().value;
    EXPECT_EQ(last.at.column, 4 + 7 * 199'999 + 5);
}

TEST(Yaml, DepthIsBounded) {
    const auto nested = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '[') +
               std::string(static_cast<std::size_t>(depth), ']');
    };
    EXPECT_THAT(read(nested(deepest)).problems, ElementsAre());
    EXPECT_THAT(read(nested(deepest + 1)).problems,
                ElementsAre("a.yaml:1:33: nested deeper than 32 levels; nothing in Rounds is"));
    EXPECT_THAT(read(nested(100'000)).problems, ::testing::SizeIs(1));
}

TEST(Problems, AreToldInOrderAndNotWithoutEnd) {
    Problems problems;
    const int first = problems.open("a.yaml");
    const int second = problems.open("b.yaml");
    problems.add({second, 1, 1}, "four");
    problems.add({first, 7, 1}, "three");
    problems.add({first, 3, 9}, "two");
    problems.add({first}, "one");
    std::vector<std::string> told;
    for (const Problem& problem : problems.sorted()) told.push_back(problem.sentence());
    EXPECT_THAT(told, ElementsAre("a.yaml: one", "a.yaml:3:9: two", "a.yaml:7:1: three",
                                  "b.yaml:1:1: four"));

    for (std::size_t i = 0; i < Problems::most; ++i) problems.add({second, 2, 1}, "again");
    EXPECT_EQ(problems.sorted().size(), Problems::most + 1);
    EXPECT_EQ(problems.sorted().back().sentence(),
              "b.yaml: 4 further mistakes are not shown; mend these first");
}

}  // namespace
}  // namespace rounds::config
