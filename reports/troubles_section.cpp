// Section: what is wrong, and what was.
#include "reports/content.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::Message;
using core::MessageId;

namespace {

std::vector<Column> columns() {
    return {
        {.key = "found_at", .title = {MessageId::report_found_at}},
        {.key = "device.name",
         .title = {MessageId::report_device},
         .under_keys = {"device.address", "location", "department"}},
        {.key = "phenomenon", .title = {MessageId::report_phenomenon}},
        {.key = "severity", .title = {MessageId::report_severity}},
        {.key = "behind", .title = {MessageId::report_impact}},
        {.key = "owner", .title = {MessageId::report_owner}},
        {.key = "recovered_at", .title = {MessageId::report_recovered_at}},
        {.key = "duration_seconds", .title = {MessageId::report_lasted}, .number = true},
        {.key = "state", .title = {MessageId::report_state}},
    };
}

Content state(const Trouble& trouble) {
    if (trouble.kind == Trouble::Kind::finding)
        return Labelled{std::string{"seen"}, {MessageId::report_state_seen}};
    if (trouble.open()) return Labelled{std::string{"open"}, {MessageId::report_state_open}};
    if (trouble.kind == Trouble::Kind::flapping)
        return Labelled{std::string{"flapping"}, {MessageId::report_state_flapping}};
    return Labelled{std::string{"recovered"}, {MessageId::report_state_recovered}};
}

// How many hang behind it, and below them their departments.
Cell impact(const Trouble& trouble) {
    if (trouble.behind.empty()) return {.content = Absent{}};
    const auto count = static_cast<std::int64_t>(trouble.behind.size());
    Cell cell{.content = Labelled{count, {MessageId::report_behind, {{"count", count}}}}};
    const auto departments = departments_behind(trouble);
    if (!departments.empty())
        cell.under.push_back(
            in_departments({MessageId::report_none}, departments,
                           {MessageId::report_behind_in_one, MessageId::report_behind_in_two,
                            MessageId::report_behind_in_many}));
    return cell;
}

Cell who_where(const Trouble& trouble, const Day& day) {
    Cell cell{.content = text(day.name_of(trouble.subject)),
              .under = {Absent{}, Absent{}, Absent{}},
              .strong = true};
    if (const auto* device = day.device(trouble.subject))
        cell.under = {text(device->address), text(device->location), text(device->department)};
    return cell;
}

Content owner(const Trouble& trouble, const Day& day) {
    if (const auto* device = day.device(trouble.subject)) return text(device->owner);
    return Absent{};
}

Row row(const Trouble& trouble, const Day& day) {
    Row row;
    if (trouble.open()) row.verdict = trouble.verdict;
    Content lasted = core::Value{trouble.lasted};
    if (trouble.kind == Trouble::Kind::finding) lasted = Absent{};
    row.cells = {
        {.content = core::Value{trouble.found}},
        who_where(trouble, day),
        {.content = trouble.phenomenon},
        {.content = trouble.severity},
        impact(trouble),
        {.content = owner(trouble, day)},
        {.content = moment(trouble.recovered)},
        {.content = std::move(lasted)},
        {.content = state(trouble)},
    };
    return row;
}

}  // namespace

Section troubles_section(const Day& day, const std::vector<Trouble>& troubles) {
    Table table{
        .key = "troubles", .columns = columns(), .empty = {MessageId::report_troubles_none}};
    for (const Trouble& trouble : troubles) table.rows.push_back(row(trouble, day));
    return {.key = "troubles",
            .title = {MessageId::report_troubles},
            .remark = Message{MessageId::report_troubles_remark},
            .blocks = {std::move(table)}};
}

}  // namespace rounds::reports
