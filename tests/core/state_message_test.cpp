#include "core/state_message.hpp"

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

std::string said(const std::string& item, const std::string& word, Language language) {
    const StateFacts state{.descr = "PSU 1", .state = word, .item = item};
    return render(state_message(state), {language});
}

TEST(StateMessage, IsInTheLanguageOfTheReader) {
    EXPECT_EQ(said("power-supply", "notPresent", Language::english), "PSU 1: not present");
    EXPECT_EQ(said("power-supply", "notPresent", Language::chinese), "PSU 1：不在位");
}

TEST(StateMessage, AWordIsTheSameHoweverItIsWritten) {
    for (const char* word : {"notPresent", "not-present", "not present", "NOT_PRESENT"})
        EXPECT_EQ(said("fan", word, Language::english), "PSU 1: not present") << word;
}

TEST(StateMessage, WhatAWordMeansForOneItemGoesBefore) {
    EXPECT_EQ(said("ups-source", "battery", Language::english),
              "mains power lost, running on battery");
    EXPECT_EQ(said("power-supply", "battery", Language::english), "PSU 1: on battery");
}

TEST(StateMessage, AWordWithOtherLettersIsAnotherWord) {
    EXPECT_EQ(said("fan", "无fault", Language::chinese), "PSU 1：无fault");
}

TEST(StateMessage, AWordNobodyKnowsIsShownAsItIs) {
    const StateFacts state{.descr = "tray", .state = "glorped \x1b[31m", .item = "fan"};
    const Message expected{MessageId::state_other,
                           {{"what", std::string("tray")}, {"state", state.state}}};
    EXPECT_EQ(state_message(state), expected);
}

}  // namespace
}  // namespace rounds::core
