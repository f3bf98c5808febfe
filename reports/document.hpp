// A report as blocks, before it is HTML, JSON or text. All renderers get the same document, so
// their figures cannot disagree.
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

/// A strip of states over the data period, and the working hours behind it.
struct Strip {
    struct Part {
        core::State state = core::State::unknown;
        core::Period period;
        friend bool operator==(const Part&, const Part&) = default;
    };
    core::Period whole;
    std::vector<Part> parts;  ///< In order, within `whole`; where none is, nothing was measured.
    std::vector<core::Period> working_hours;
    friend bool operator==(const Strip&, const Strip&) = default;
};

/// Round-trip times over the data period, in seconds; an empty value is a gap.
struct Line {
    std::vector<std::optional<double>> values;  ///< Evenly spaced.
    friend bool operator==(const Line&, const Line&) = default;
};

/// Nothing to say: shown as —, absent in JSON.
struct Absent {
    friend bool operator==(const Absent&, const Absent&) = default;
};

/// A value that people read as a message: "switch" as 交换机, 200000000 as 200 Mb/s. JSON has the
/// value.
struct Labelled {
    core::Value value;
    core::Message label;
    friend bool operator==(const Labelled&, const Labelled&) = default;
};

/// What a cell or figure holds: typed, so that every renderer shows it its own way.
using Content = std::variant<Absent, core::Message, core::Value, core::Verdict, core::Severity,
                             Labelled, Strip, Line>;

struct Cell {
    Content content;
    std::vector<Content> also = {};   ///< Further values of the same kind, shown joined by " / ".
    std::vector<Content> under = {};  ///< Smaller, below; those absent are left out.
    bool strong = false;              ///< Names the row.
    friend bool operator==(const Cell&, const Cell&) = default;
};

struct Column {
    std::string key;  ///< The name in JSON: "loss_ratio"; a dot nests: "device.name".
    core::Message title;
    bool number = false;                      ///< Aligned to the right.
    std::vector<std::string> also_keys = {};  ///< JSON names of `also`; as many.
    std::vector<std::string> under_keys =
        {};  ///< JSON names of `under`, in order; empty: for people only.
    /// Where a table is too wide for its paper it stands below the row, with its title; from the right.
    bool yields = false;
    /// Where `under` stands away from its cell, the title stands before it.
    bool names_under = false;
    friend bool operator==(const Column&, const Column&) = default;
};

struct Row {
    std::optional<core::Verdict> verdict;  ///< Marks the row; empty: unmarked.
    std::vector<Cell> cells;               ///< One per column.
    bool total = false;                    ///< The sum of the others; "<table>_total" in JSON.
    friend bool operator==(const Row&, const Row&) = default;
};

struct Table {
    std::string key;                          ///< The array's name in JSON.
    std::optional<core::Message> title = {};  ///< When the section's title does not name it.
    std::vector<Column> columns = {};
    std::vector<Row> rows = {};
    core::Message empty = {
        core::MessageId::report_none};  ///< Said instead, when there are no rows.
    friend bool operator==(const Table&, const Table&) = default;
};

struct Figure {
    std::string key;
    core::Message title;
    std::vector<Content> values;          ///< Shown joined by " / ".
    std::vector<std::string> value_keys;  ///< JSON names of the values; as many.
    friend bool operator==(const Figure&, const Figure&) = default;
};
struct Figures {
    std::vector<Figure> figures;
    friend bool operator==(const Figures&, const Figures&) = default;
};

/// One thing to know at first glance.
struct Sentence {
    std::optional<core::Verdict> verdict = {};  ///< Its mark; empty: for information.
    std::string subject = {};                   ///< The device or link it is about; empty: none.
    std::string place = {};                     ///< Where that is; empty: not known.
    std::vector<core::Message> parts = {};      ///< Joined by commas.
    friend bool operator==(const Sentence&, const Sentence&) = default;
};

/// The overall verdict in large, and what there is to say about it.
struct Headline {
    core::Overall overall = core::Overall::normal;
    core::Message title;
    std::vector<Sentence> sentences;
    friend bool operator==(const Headline&, const Headline&) = default;
};

struct Note {
    std::string key;
    core::Message text;
    friend bool operator==(const Note&, const Note&) = default;
};

/// Lines for signatures; never filled in for a person.
struct SignOff {
    struct Line {
        core::Message title;
        std::optional<core::Message> remark = {};  ///< Printed beside the empty line.
        friend bool operator==(const Line&, const Line&) = default;
    };
    std::vector<Line> lines;
    friend bool operator==(const SignOff&, const SignOff&) = default;
};

/// Explains the strip's colours and shapes.
struct Legend {
    friend bool operator==(const Legend&, const Legend&) = default;
};

using Block = std::variant<Headline, Figures, Table, Note, SignOff, Legend>;

struct Section {
    std::string key;  ///< "network_devices"
    core::Message title;
    std::optional<core::Message> remark =
        {};  ///< How to read the figures; small, beside the title.
    std::vector<Block> blocks = {};
    bool numbered = true;  ///< The overview, the annex and the sign-off have no number.
    friend bool operator==(const Section&, const Section&) = default;
};

/// One line of the head: 报告编号, 数据时段 …
struct HeadLine {
    std::string key;
    core::Message title;
    core::Message text;
    friend bool operator==(const HeadLine&, const HeadLine&) = default;
};

struct Document {
    std::string key;  ///< "daily"
    core::Message title;
    std::vector<HeadLine> head;
    std::vector<std::pair<std::string, core::Value>> facts;  ///< The head's raw values, for JSON.
    std::vector<Section> sections;  ///< The overview first, the sign-off last.
    friend bool operator==(const Document&, const Document&) = default;
};

}  // namespace rounds::reports
