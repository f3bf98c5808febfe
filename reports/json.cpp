// A report for machines: names as in the facts of a device, SI units, UTC.
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/time_format.hpp"
#include "reports/render.hpp"
#include "reports/words.hpp"

namespace rounds::reports {

using core::Locale;
using Json = nlohmann::ordered_json;

namespace {

// Puts a value at "device.name" as {"device": {"name": …}}.
void put(Json& object, const std::string& key, Json value) {
    Json* at = &object;
    std::size_t begin = 0;
    for (std::size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', begin)) {
        at = &(*at)[key.substr(begin, dot - begin)];
        begin = dot + 1;
    }
    (*at)[key.substr(begin)] = std::move(value);
}

struct Writer {
    const Locale& locale;

    Json operator()(const std::string& words) const { return words; }
    Json operator()(std::int64_t value) const { return value; }
    Json operator()(double value) const { return value; }
    Json operator()(const core::Ratio& ratio) const { return ratio.value; }
    Json operator()(core::Microseconds time) const {
        return static_cast<double>(time.count()) / 1e6;
    }
    Json operator()(core::Duration time) const { return static_cast<double>(time.count()) / 1e3; }
    Json operator()(core::WallTime time) const { return core::rfc3339(time); }

    Json operator()(const Absent&) const { return nullptr; }
    Json operator()(const core::Message& message) const { return render(message, locale); }
    Json operator()(const core::Value& value) const { return std::visit(*this, value); }
    Json operator()(core::Verdict verdict) const { return core::word(verdict); }
    Json operator()(core::Severity severity) const { return static_cast<int>(severity); }
    Json operator()(const Labelled& labelled) const { return std::visit(*this, labelled.value); }
    Json operator()(const Strip& strip) const {
        Json parts = Json::array();
        for (const Strip::Part& part : strip.parts)
            parts.push_back({{"state", core::word(part.state)},
                             {"from", core::rfc3339(part.period.from)},
                             {"until", core::rfc3339(part.period.until)}});
        return parts;
    }
    Json operator()(const Line& line) const {
        Json values = Json::array();
        for (const auto& value : line.values)
            values.push_back(value ? Json(std::round(*value * 1e6) / 1e6) : Json(nullptr));
        return values;
    }

    // What is absent has no name; a message also tells its id, which no language changes.
    void add(Json& object, const std::string& key, const Content& content) const {
        if (key.empty() || std::holds_alternative<Absent>(content)) return;
        put(object, key, std::visit(*this, content));
        if (const auto* message = std::get_if<core::Message>(&content))
            put(object, key + "_id", core::key(message->id));
    }

    Json row(const Table& table, const Row& row) const {
        Json object = Json::object();
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const Cell& cell = row.cells[i];
            const Column& column = table.columns[i];
            add(object, column.key, cell.content);
            for (std::size_t k = 0; k < cell.also.size() && k < column.also_keys.size(); ++k)
                add(object, column.also_keys[k], cell.also[k]);
            for (std::size_t k = 0; k < cell.under.size() && k < column.under_keys.size(); ++k)
                add(object, column.under_keys[k], cell.under[k]);
        }
        return object;
    }

    void block(Json& report, const Table& table) const {
        Json rows = Json::array();
        for (const Row& line : table.rows) {
            if (line.total)
                report[table.key + "_total"] = row(table, line);
            else
                rows.push_back(row(table, line));
        }
        report[table.key] = std::move(rows);
    }
    void block(Json& report, const Figures& figures) const {
        Json& object = report["figures"];
        object = Json::object();
        for (const Figure& figure : figures.figures) {
            for (std::size_t i = 0; i < figure.values.size(); ++i)
                add(object, figure.value_keys[i], figure.values[i]);
        }
    }
    void block(Json& report, const Headline& headline) const {
        report["overall"] = core::word(headline.overall);
        report["title"] = render(headline.title, locale);
        Json& said = report["sentences"];
        said = Json::array();
        for (const Sentence& sentence : headline.sentences) {
            Json one = Json::object();
            if (sentence.verdict) one["verdict"] = core::word(*sentence.verdict);
            if (!sentence.subject.empty()) one["subject"] = sentence.subject;
            if (!sentence.place.empty()) one["location"] = sentence.place;
            one["text"] = joined_parts(sentence, locale);
            for (const core::Message& part : sentence.parts)
                one["ids"].push_back(core::key(part.id));
            said.push_back(std::move(one));
        }
    }
    void block(Json& report, const Note& note) const {
        report["notes"][note.key] = render(note.text, locale);
    }
    void block(Json&, const SignOff&) const {}  // lines to be signed by hand
    void block(Json&, const Legend&) const {}
};

// Invisible controls and bidirectional marks as \uXXXX, so that a terminal shows the file as it is.
// They can only stand within strings.
std::string inert(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    const auto byte = [&](std::size_t i) {
        return i < json.size() ? static_cast<unsigned char>(json[i]) : 0U;
    };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const unsigned a = byte(i), b = byte(i + 1), c = byte(i + 2);
        unsigned point = 0;
        std::size_t length = 1;
        if (a == 0x7f) point = a;
        if ((a & 0xe0) == 0xc0) point = (a & 0x1f) << 6 | (b & 0x3f), length = 2;
        if ((a & 0xf0) == 0xe0) point = (a & 0x0f) << 12 | (b & 0x3f) << 6 | (c & 0x3f), length = 3;
        const bool control = (point >= 0x7f && point <= 0x9f) || point == 0x61c ||
                             (point >= 0x200b && point <= 0x200f) ||
                             (point >= 0x2028 && point <= 0x202e) ||
                             (point >= 0x2060 && point <= 0x206f) || point == 0xfeff;
        if (control)
            out += fmt::format("\\u{:04x}", point);
        else
            out.append(json, i, length);
        i += length - 1;
    }
    return out;
}

}  // namespace

std::string to_json(const Document& document, const Locale& locale) {
    const Writer writer{locale};
    Json report = {{"report", document.key}, {"locale", core::tag(locale.language)}};
    for (const auto& [key, value] : document.facts) put(report, key, writer(value));
    for (const Section& section : document.sections) {
        for (const Block& block : section.blocks)
            std::visit([&](const auto& one) { writer.block(report, one); }, block);
    }
    return inert(report.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace rounds::reports
