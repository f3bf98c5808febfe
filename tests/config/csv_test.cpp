#include "config/csv.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rounds::config {
namespace {

using ::testing::ElementsAre;

struct Read {
    std::vector<std::string> rows;  ///< "text@line:column|…"
    std::vector<std::string> problems;
};

Read read(const std::string& text) {
    Problems problems;
    const int file = problems.open("a.csv");
    Read read;
    if (const auto rows = parse_csv(text, file, problems)) {
        for (const Row& row : *rows) {
            std::string drawn;
            for (const auto& [cell, at] : row) {
                drawn += (drawn.empty() ? "" : "|") + cell + "@" + std::to_string(at.line) + ":" +
                         std::to_string(at.column);
            }
            read.rows.push_back(std::move(drawn));
        }
    }
    for (const Problem& problem : problems.sorted()) read.problems.push_back(problem.sentence());
    return read;
}

TEST(Csv, CellsKnowTheirPlaceInCharacters) {
    EXPECT_THAT(read("name,address\n王工,10.0.0.1\n").rows,
                ElementsAre("name@1:1|address@1:6", "王工@2:1|10.0.0.1@2:4"));
}

TEST(Csv, QuotesHoldSeparatorsBreaksAndQuotes) {
    EXPECT_THAT(read("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",z\n").rows,
                ElementsAre("a@1:1|b@1:3", "x,y@2:1|say \"hi\"@2:7", "two\nlines@3:1|z@4:8"));
}

TEST(Csv, CrLfBlankLinesBomAndBlanks) {
    EXPECT_THAT(read("\xEF\xBB\xBF"
                     "a, b \r\n\r\n , \r\n\"c\" , d\r\n\n")
                    .rows,
                ElementsAre("a@1:1|b@1:4", "c@4:1|d@4:7"));
    EXPECT_THAT(read("a,b").rows, ElementsAre("a@1:1|b@1:3"));
    EXPECT_THAT(read("\n\na,b\nc,\n").rows, ElementsAre("a@3:1|b@3:3", "c@4:1|@4:3"));
}

TEST(Csv, TheFirstRowTellsTheSeparator) {
    EXPECT_THAT(read("a;b\n1,5;2\n").rows, ElementsAre("a@1:1|b@1:3", "1,5@2:1|2@2:5"));
    EXPECT_THAT(read("a\tb c\n1\t\n").rows, ElementsAre("a@1:1|b c@1:3", "1@2:1|@2:3"));
    EXPECT_THAT(read("a\n1\n").rows, ElementsAre("a@1:1", "1@2:1"));
}

TEST(Csv, NothingIsNoRow) {
    EXPECT_THAT(read("").rows, ElementsAre());
    EXPECT_THAT(read("\r\n,,\r\n").rows, ElementsAre());
    EXPECT_THAT(read("").problems, ElementsAre());
}

TEST(Csv, AQuoteWithinAnUnquotedCellIsItself) {
    EXPECT_THAT(read("a,b\n5\" screen,x\n").rows,
                ElementsAre("a@1:1|b@1:3", "5\" screen@2:1|x@2:11"));
}

TEST(Csv, QuotesGoneWrong) {
    EXPECT_THAT(read("a,b\n1,\"open\n2,3\n").problems,
                ElementsAre("a.csv:2:3: the quote that opens here is never closed"));
    EXPECT_THAT(
        read("a,b\n\"x\"y,1\n").problems,
        ElementsAre(
            "a.csv:2:1: text follows the quote that closes; write \"\" for a quote within quotes"));
}

TEST(Csv, RowsAndCellsAreBounded) {
    EXPECT_THAT(read(std::string(most_cells, ',')).problems,
                ElementsAre("a.csv:1:201: has more than 200 cells in one row"));
    std::string many;
    for (std::size_t i = 0; i <= most_rows; ++i) many += "x\n";
    EXPECT_THAT(read(many).problems, ElementsAre("a.csv:100001:1: has more than 100000 rows"));
}

TEST(Csv, WhateverIsWrittenInQuotesIsReadBack) {
    std::mt19937 draw(7);
    const std::string letters = "ab,;\t\"\n\r 中";
    for (int round = 0; round < 500; ++round) {
        std::vector<std::vector<std::string>> table(1 + draw() % 4,
                                                    std::vector<std::string>(1 + draw() % 4));
        std::string text;
        for (auto& row : table) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                for (auto n = 1 + draw() % 6; n > 0; --n)
                    row[i] += letters[draw() % (letters.size() - 3)];
                std::string quoted = "\"";
                for (const char c : row[i])
                    quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
                text += (i > 0 ? "," : "") + quoted + "\"";
            }
            text += "\r\n";
        }
        // Inner separators must not outnumber the commas of the first row.
        text.insert(0, "h,h,h,h,h\n");
        Problems problems;
        const auto rows = parse_csv(text, problems.open("a.csv"), problems);
        ASSERT_TRUE(rows) << text;
        ASSERT_EQ(rows->size(), table.size() + 1) << text;
        for (std::size_t r = 0; r < table.size(); ++r) {
            for (std::size_t c = 0; c < table[r].size(); ++c)
                EXPECT_EQ((*rows)[r + 1][c].text, table[r][c]) << text;
        }
    }
}

}  // namespace
}  // namespace rounds::config
