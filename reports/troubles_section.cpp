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
        {.key = "behind", .title = {MessageId::report_impact}, .yields = true},
        {.key = "measures", .title = {MessageId::report_measures}, .yields = true},
        {.key = "handler",
         .title = {MessageId::report_handler},
         .under_keys = {"owner"},
         .yields = true},
        {.key = "recovered_at", .title = {MessageId::report_recovered_at}, .yields = true},
        {.key = "duration_seconds", .title = {MessageId::report_lasted}, .number = true},
        {.key = "state", .title = {MessageId::report_state}, .under_keys = {"pattern", "incident"}},
    };
}

Message state_of(const core::Incident& incident) {
    using enum core::IncidentState;
    switch (incident.state) {
        case open:
        case acknowledged: break;
        case resolved:
            return {incident.recovered ? MessageId::report_state_recovered
                                       : MessageId::report_incident_resolved};
        case closed: return {MessageId::report_incident_closed};
    }
    if (incident.recovered) return {MessageId::report_incident_recovering};
    return {incident.state == open ? MessageId::report_incident_open
                                   : MessageId::report_incident_acknowledged};
}

Cell state(const Trouble& trouble) {
    if (trouble.history != nullptr) {
        const core::Incident& incident = trouble.history->incident;
        const std::string word{core::word(incident.state)};
        Cell cell{.content = Labelled{word, state_of(incident)}, .under = {Absent{}, Absent{}}};
        if (incident.flapping)
            cell.under[0] = Labelled{std::string{"flapping"}, {MessageId::report_state_flapping}};
        cell.under[1] = text(incident.id.value);
        return cell;
    }
    if (trouble.kind == Trouble::Kind::finding)
        return {.content = Labelled{std::string{"seen"}, {MessageId::report_state_seen}}};
    if (trouble.open())
        return {.content = Labelled{std::string{"open"}, {MessageId::report_state_open}}};
    if (trouble.kind == Trouble::Kind::flapping)
        return {.content = Labelled{std::string{"flapping"}, {MessageId::report_state_flapping}}};
    return {.content = Labelled{std::string{"recovered"}, {MessageId::report_state_recovered}}};
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
    Cell cell{
        .content = text(trouble.name), .under = {Absent{}, Absent{}, Absent{}}, .strong = true};
    if (trouble.subject.empty()) cell.content = Message{MessageId::report_rounds_itself};
    if (const auto* device = day.device(trouble.subject))
        cell.under = {text(device->address), text(device->location), text(device->department)};
    return cell;
}

// What people wrote, oldest first.
Content measures(const Trouble& trouble) {
    std::string all;
    if (trouble.history == nullptr) return Absent{};
    for (const core::IncidentEvent& event : trouble.history->events) {
        if (event.comment.empty()) continue;
        if (!all.empty()) all += " / ";
        all += event.comment;
    }
    return text(all);
}

Cell handler(const Trouble& trouble, const Day& day) {
    Cell cell{.content = Absent{}, .under = {Absent{}}};
    if (trouble.history != nullptr) cell.content = text(trouble.history->incident.acknowledged_by);
    const auto* device = day.device(trouble.subject);
    if (device != nullptr && !device->owner.empty())
        cell.under[0] =
            Labelled{device->owner, {MessageId::report_owner_is, {{"owner", device->owner}}}};
    return cell;
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
        {.content = measures(trouble)},
        handler(trouble, day),
        {.content = moment(trouble.recovered)},
        {.content = std::move(lasted)},
        state(trouble),
    };
    return row;
}

void leave_out_empty(Table& table, std::string_view key) {
    const auto column = std::ranges::find(table.columns, key, &Column::key);
    const auto at = column - table.columns.begin();
    const auto says_nothing = [&](const Row& row) { return empty(*(row.cells.begin() + at)); };
    if (!std::ranges::all_of(table.rows, says_nothing)) return;
    table.columns.erase(column);
    for (Row& row : table.rows) row.cells.erase(row.cells.begin() + at);
}

}  // namespace

Section troubles_section(const Day& day, const std::vector<Trouble>& troubles) {
    Table table{
        .key = "troubles", .columns = columns(), .empty = {MessageId::report_troubles_none}};
    for (const Trouble& trouble : troubles) table.rows.push_back(row(trouble, day));
    leave_out_empty(table, "measures");
    return {.key = "troubles",
            .title = {MessageId::report_troubles},
            .remark = Message{MessageId::report_troubles_remark},
            .blocks = {std::move(table)}};
}

}  // namespace rounds::reports
