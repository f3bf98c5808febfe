#include "config/profile_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "config/values.hpp"
#include "core/facts.hpp"
#include "core/words.hpp"

namespace rounds::config {

namespace {

using core::Fold;
using core::Result;

constexpr std::array<core::Word<Fold>, 6> folds{{{Fold::first, "first"},
                                                 {Fold::sum, "sum"},
                                                 {Fold::largest, "largest"},
                                                 {Fold::smallest, "smallest"},
                                                 {Fold::average, "average"},
                                                 {Fold::count, "count"}}};
constexpr std::array<core::Word<core::Verdict>, 4> severities{
    {{core::Verdict::ok, "ok"},
     {core::Verdict::warning, "warning"},
     {core::Verdict::critical, "critical"},
     {core::Verdict::unknown, "unknown"}}};
constexpr std::array<std::string_view, 3> level_words{"unrestricted", "unknown", "some-remaining"};

template <class Table>
std::vector<std::string_view> words_of(const Table& table) {
    std::vector<std::string_view> words;
    for (const auto& row : table) words.push_back(row.second);
    return words;
}

template <class Value, class Table>
Result<Value> value_of(std::string_view what, const Table& table, std::string_view text) {
    if (const auto value = core::value_in<Value>(table, text)) return *value;
    return refusal(text, what, suggestion(text, words_of(table)));
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number value{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Result<core::Oid> oid(std::string_view text) {
    auto parsed = core::Oid::parse(text);
    if (!parsed) return parsed.error();
    return *std::move(parsed);
}

Result<core::Pattern> pattern(std::string_view text) {
    return core::Pattern::parse(text);
}

Result<double> decimal_number(std::string_view text) {
    const auto value = number_in<double>(text);
    if (value && std::isfinite(*value)) return *value;
    return refusal(text, "a number", "write one such as 85 or 0.1");
}

Result<std::int64_t> whole_number(std::string_view text) {
    if (const auto value = number_in<std::int64_t>(text)) return *value;
    return refusal(text, "a whole number", "write one such as 3");
}

Result<Fold> fold(std::string_view text) {
    return value_of<Fold>("a way to join rows", folds, text);
}

Result<const core::Transform*> transform(std::string_view text) {
    if (const auto* found = core::find_transform(text)) return found;
    std::vector<std::string_view> names;
    for (const auto& one : core::transforms()) names.push_back(one.name);
    return refusal(text, "a transform", suggestion(text, names));
}

Result<core::Verdict> state_severity(std::string_view text) {
    return value_of<core::Verdict>("a severity of a state", severities, text);
}

Result<std::string> profile_name(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    if (!text.empty() && text.size() <= 60 && std::ranges::all_of(text, allowed))
        return std::string(text);
    return refusal(text, "a profile's name", "write it with a to z, 0 to 9 and -");
}

Result<std::string> field_word(const core::FactField& field, std::string_view text) {
    using Type = core::FactField::Type;
    const std::span<const std::string_view> words =
        field.type == Type::level ? std::span<const std::string_view>(level_words) : field.words;
    if (!words.empty() && std::ranges::find(words, text) == words.end())
        return refusal(text, "a word for " + std::string(field.name), suggestion(text, words));
    return std::string(text);
}

}  // namespace rounds::config
