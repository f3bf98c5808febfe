#include "core/sight.hpp"

#include <gtest/gtest.h>

#include "tests/core/drawing.hpp"

namespace rounds::core {
namespace {

bool blind_at(const std::string& looks) {
    std::vector<Observation> seen;
    for (const char look : looks) seen.push_back(drawing::look(look, drawing::start()));
    return blind(seen);
}

TEST(Blind, WhenNothingAnswers) {
    EXPECT_TRUE(blind_at("x"));
    EXPECT_TRUE(blind_at("xxx"));
    EXPECT_TRUE(blind_at("x?")) << "what cannot be asked shows nothing";
    EXPECT_TRUE(blind_at("??"));
}

TEST(Blind, NotWhileAnyAnswers) {
    EXPECT_FALSE(blind_at("."));
    EXPECT_FALSE(blind_at("xx?."));
}

TEST(Blind, NotWithoutAnythingToLookAt) {
    EXPECT_FALSE(blind_at(""));
}

}  // namespace
}  // namespace rounds::core
