// Looking things up in a document.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "reports/day_report.hpp"
#include "reports/words.hpp"
#include "tests/reports/story.hpp"

namespace rounds::reports {

inline Document document_of(const Story& story) {
    return day_report(story.record(), story.zone());
}

inline const Section* find_section(const Document& document, const std::string& key) {
    for (const Section& section : document.sections) {
        if (section.key == key) return &section;
    }
    return nullptr;
}

/// The first block of a kind anywhere in the document, for which `is` holds.
template <class Kind, class Is>
const Kind& block(const Document& document, Is is) {
    for (const Section& section : document.sections) {
        for (const Block& one : section.blocks) {
            const auto* found = std::get_if<Kind>(&one);
            if (found != nullptr && is(*found)) return *found;
        }
    }
    throw std::out_of_range("no such block");
}

inline const Table& table(const Document& document, const std::string& key) {
    return block<Table>(document, [&](const Table& one) { return one.key == key; });
}

inline const Headline& headline(const Document& document) {
    return block<Headline>(document, [](const Headline&) { return true; });
}

inline std::size_t column(const Table& table, const std::string& key) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].key == key) return i;
    }
    throw std::out_of_range("no column " + key);
}

inline const Cell& cell(const Table& table, std::size_t row, const std::string& key) {
    return table.rows.at(row).cells.at(column(table, key));
}

/// The row that a device, link or department names.
inline const Row& row(const Table& table, const std::string& name) {
    for (const Row& one : table.rows) {
        for (const Cell& cell : one.cells) {
            if (cell.strong && cell.content == Content{core::Value{name}}) return one;
        }
    }
    throw std::out_of_range("no row " + name);
}

inline const Content& content(const Table& table, const std::string& name, const std::string& key) {
    return row(table, name).cells.at(column(table, key)).content;
}

/// One value of the figures, by its JSON name.
inline const Content& figure(const Document& document, const std::string& key) {
    const auto& figures = block<Figures>(document, [](const Figures&) { return true; });
    for (const Figure& one : figures.figures) {
        for (std::size_t i = 0; i < one.values.size(); ++i) {
            if (one.value_keys.at(i) == key) return one.values[i];
        }
    }
    throw std::out_of_range("no figure " + key);
}

inline std::int64_t count_of(const Content& content) {
    return std::get<std::int64_t>(std::get<core::Value>(content));
}
inline double ratio_of(const Content& content) {
    return std::get<core::Ratio>(std::get<core::Value>(content)).value;
}

/// The headline's sentences as an English reader sees them, subject first.
inline std::vector<std::string> said(const Document& document, const Story& story,
                                     core::Language language = core::Language::english) {
    const core::Locale locale{language, &story.zone()};
    std::vector<std::string> sentences;
    for (const Sentence& one : headline(document).sentences) {
        const std::string subject = one.subject.empty() ? "" : one.subject + aside(one, locale);
        sentences.push_back(subject + joined_parts(one, locale));
    }
    return sentences;
}

}  // namespace rounds::reports
