#include "daemon/store/name_list.hpp"

#include <nlohmann/json.hpp>

namespace rounds::store {

namespace {

using nlohmann::json;

std::string written(const json& list) {
    return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

template <class Item, class Make>
std::vector<Item> list_of(std::string_view text, const Make& make) {
    std::vector<Item> list;
    const auto read = json::parse(text, nullptr, false);
    if (!read.is_array()) return list;
    for (const auto& item : read) {
        if (auto made = make(item)) list.push_back(std::move(*made));
    }
    return list;
}

}  // namespace

std::string text_of(const std::vector<core::SubjectId>& subjects) {
    json list = json::array();
    for (const auto& subject : subjects) list.push_back(subject.value);
    return written(list);
}

std::string text_of(const std::vector<core::WallTime>& moments) {
    json list = json::array();
    for (const auto moment : moments) list.push_back(core::to_ms(moment));
    return written(list);
}

std::vector<core::SubjectId> subjects_of(std::string_view text) {
    return list_of<core::SubjectId>(text, [](const json& item) -> std::optional<core::SubjectId> {
        if (!item.is_string()) return std::nullopt;
        return core::SubjectId{item.get<std::string>()};
    });
}

std::vector<core::WallTime> moments_of(std::string_view text) {
    return list_of<core::WallTime>(text, [](const json& item) -> std::optional<core::WallTime> {
        if (!item.is_number_integer()) return std::nullopt;
        return core::from_ms(item.get<std::int64_t>());
    });
}

}  // namespace rounds::store
