// A report as blocks, before it is HTML, JSON or text. All renderers get the same document, so their
// figures cannot disagree.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/message.hpp"
#include "core/round.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::reports {

/// A 24-hour (data period) strip of states, and the working hours behind it.
struct Strip {
    struct Part {
        core::State state = core::State::unknown;
        core::Period period;
        friend bool operator==(const Part&, const Part&) = default;
    };
    core::Period whole;
    std::vector<Part> parts;                    ///< In order; where none is, nothing was measured.
    std::vector<core::Period> working_hours;
    friend bool operator==(const Strip&, const Strip&) = default;
};

/// A line of values over the data period; an empty value is a gap.
struct Line {
    std::vector<std::optional<double>> values;   ///< Evenly spaced.
    friend bool operator==(const Line&, const Line&) = default;
};

/// Nothing to say: shown as —, absent in JSON.
struct Absent {
    friend bool operator==(const Absent&, const Absent&) = default;
};

/// What a cell or figure holds: typed, so that every renderer shows it its own way.
using Content = std::variant<Absent, core::Message, core::Value, core::Verdict, core::Severity, Strip, Line>;

struct Cell {
    Content content;
    std::vector<Content> under = {};   ///< Smaller lines below (address, reason).
    bool strong = false;
    friend bool operator==(const Cell&, const Cell&) = default;
};

struct Column {
    std::string key;        ///< The name in JSON: "round_trip_avg_seconds".
    core::Message title;
    bool number = false;    ///< Aligned to the right.
    friend bool operator==(const Column&, const Column&) = default;
};

struct Row {
    std::optional<core::Verdict> verdict;   ///< Marks the row; empty: unmarked.
    std::vector<Cell> cells;                ///< One per column.
    friend bool operator==(const Row&, const Row&) = default;
};

struct Table {
    std::string key;
    std::vector<Column> columns;
    std::vector<Row> rows;
    friend bool operator==(const Table&, const Table&) = default;
};

struct Figure {
    std::string key;
    core::Message title;
    std::vector<Content> values;   ///< Shown joined by " / ".
    std::vector<std::string> value_keys;   ///< JSON names of the values; as many.
    friend bool operator==(const Figure&, const Figure&) = default;
};
struct Figures {
    std::vector<Figure> figures;
    friend bool operator==(const Figures&, const Figures&) = default;
};

/// The overall verdict in large, and what there is to say about it.
struct Headline {
    core::Overall overall = core::Overall::normal;
    core::Message title;
    std::vector<core::Message> sentences;
    friend bool operator==(const Headline&, const Headline&) = default;
};

struct Note {
    std::string key;
    core::Message text;
    friend bool operator==(const Note&, const Note&) = default;
};

/// Lines for signatures; never filled in for a person.
struct SignOff {
    std::vector<std::pair<core::Message, std::optional<core::Message>>> lines;   ///< Title, and a printed remark.
    friend bool operator==(const SignOff&, const SignOff&) = default;
};

/// Explains the strip's colours and shapes.
struct Legend {
    friend bool operator==(const Legend&, const Legend&) = default;
};

using Block = std::variant<Headline, Figures, Table, Note, SignOff, Legend>;

struct Section {
    std::string key;                       ///< "network_devices"
    core::Message title;
    std::optional<core::Message> remark;   ///< How to read the figures; small, beside the title.
    std::vector<Block> blocks;
    friend bool operator==(const Section&, const Section&) = default;
};

struct Document {
    std::string key;                       ///< "daily"
    core::Message title;
    std::vector<std::pair<std::string, core::Message>> head;   ///< Number, date, round, period … by JSON key.
    std::vector<std::pair<std::string, core::Value>> facts;    ///< The head's raw values for JSON.
    std::vector<Section> sections;         ///< The first has no number; the annex comes last.
    friend bool operator==(const Document&, const Document&) = default;
};

}  // namespace rounds::reports
