#include "core/state_message.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace rounds::core {

namespace {

/// Letters and digits in small: devices write notPresent, not-present and "not present". What is no ASCII stays, so that
/// a word in another alphabet is none of ours.
std::string plain(std::string_view text) {
    std::string letters;
    for (const char letter : text) {
        if (letter >= 'A' && letter <= 'Z') {
            letters += static_cast<char>(letter - 'A' + 'a');
        } else if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                   static_cast<unsigned char>(letter) >= 0x80) {
            letters += letter;
        }
    }
    return letters;
}

/// The messages that are sentences for states, by their keys in plain letters.
const std::unordered_map<std::string, MessageId>& sentences() {
    static const auto all = [] {
        std::unordered_map<std::string, MessageId> found;
        int number = 0;
        for (const std::string_view key : message_keys()) {
            const auto id = static_cast<MessageId>(number++);
            if (key.starts_with("state.") || key.starts_with("word."))
                found.emplace(plain(key), id);
        }
        return found;
    }();
    return all;
}

}  // namespace

Message state_message(const StateFacts& state) {
    const auto& known = sentences();
    auto sentence = known.find("state" + plain(state.item) + plain(state.state));
    if (sentence == known.end()) sentence = known.find("word" + plain(state.state));
    const auto id = sentence == known.end() ? MessageId::state_other : sentence->second;
    return {id, {{"what", state.descr}, {"state", state.state}}};
}

}  // namespace rounds::core
