// Section: is the internet all right?
#include "reports/content.hpp"
#include "reports/over_time.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::Message;
using core::MessageId;

namespace {

std::vector<Column> columns() {
    return {
        {.key = "link.name",
         .title = {MessageId::report_link},
         .under_keys = {"link.device", "link.interface"}},
        {.key = "link.carrier", .title = {MessageId::report_carrier}, .yields = true},
        {.key = "link.bandwidth_bps",
         .title = {MessageId::report_bandwidth},
         .number = true,
         .yields = true},
        {.key = "in_p95_bps",
         .title = {MessageId::report_link_in},
         .number = true,
         .also_keys = {"in_max_bps"},
         .yields = true},
        {.key = "out_p95_bps",
         .title = {MessageId::report_link_out},
         .number = true,
         .also_keys = {"out_max_bps"},
         .yields = true},
        round_trip_column(),
        {.key = "rtt_avg_seconds", .title = {MessageId::report_line}},
        {.key = "loss_ratio", .title = {MessageId::report_loss}, .number = true},
        {.key = "outages",
         .title = {MessageId::report_outages},
         .number = true,
         .also_keys = {"outage_seconds"}},
        {.key = "dns_seconds", .title = {MessageId::report_dns}, .yields = true},
        {.key = "states", .title = {MessageId::report_states}},
        verdict_column(),
    };
}

Content bandwidth(const std::optional<std::int64_t>& bps) {
    return bps ? bits_per_second(*bps) : Absent{};
}

// Outages that touch the data period: how many, and how long within it.
Cell outages(const core::SubjectId& subject, const Day& day) {
    std::int64_t count = 0;
    for (const core::StateInterval* interval : day.intervals_of(subject)) {
        if (interval->state == core::State::down && day.in_period(*interval)) ++count;
    }
    Cell cell{.content = number(count)};
    if (count > 0) cell.also = {core::Value{day.measured(subject).down}};
    return cell;
}

Content dns(const core::LinkResult& link) {
    if (!link.dns_asked) return Absent{};
    if (!link.dns_took) return Message{MessageId::report_dns_failed};
    const core::Microseconds took = *link.dns_took;
    return Labelled{took, {MessageId::report_dns_ok, {{"took", took}}}};
}

Cell carrier(const core::LinkResult& link) {
    Cell cell{.content = text(link.carrier), .under = {}};
    if (!link.circuit.empty())
        cell.under.push_back(Message{MessageId::report_circuit, {{"circuit", link.circuit}}});
    if (!link.fault_phone.empty())
        cell.under.push_back(Message{MessageId::report_fault_phone, {{"phone", link.fault_phone}}});
    return cell;
}

Row row(const core::LinkResult& link, const Day& day) {
    const core::SubjectId subject = core::subject_of_link(link.name);
    const core::EchoSummary echo = day.echo(subject, link.echo);
    Row row;
    row.verdict = link.conclusion.verdict;
    row.cells = {
        {.content = text(link.name),
         .under = {text(link.device), text(link.interface)},
         .strong = true},
        carrier(link),
        {.content = bandwidth(link.bandwidth_bps)},
        utilisation(day, link, "link-in"),
        utilisation(day, link, "link-out"),
        round_trip_cell(echo),
        {.content = day.line(subject)},
        {.content = loss(echo)},
        outages(subject, day),
        {.content = dns(link)},
        {.content = day.strip(subject)},
        verdict_cell(day, subject, link.conclusion),
    };
    return row;
}

// A column that no link fills.
void drop_if_empty(Table& table, std::string_view key) {
    const auto column = std::ranges::find(table.columns, key, &Column::key);
    const auto at = column - table.columns.begin();
    const bool used = std::ranges::any_of(table.rows, [&](const Row& row) {
        return !empty(row.cells[static_cast<std::size_t>(at)]);
    });
    if (used) return;
    table.columns.erase(column);
    for (Row& row : table.rows) row.cells.erase(row.cells.begin() + at);
}

}  // namespace

std::optional<Section> links(const Day& day) {
    if (day.round().links.empty()) return std::nullopt;
    Table table{.key = "links", .columns = columns()};
    for (const core::LinkResult& link : day.round().links) table.rows.push_back(row(link, day));
    for (const std::string_view key : {"in_p95_bps", "out_p95_bps"}) drop_if_empty(table, key);
    const bool traffic = std::ranges::any_of(table.columns, [](const Column& column) {
        return column.key.ends_with("_bps") && !column.also_keys.empty();
    });
    return Section{.key = "links",
                   .title = {MessageId::report_links},
                   .remark = Message{traffic ? MessageId::report_links_remark_traffic
                                             : MessageId::report_links_remark},
                   .blocks = {std::move(table)}};
}

}  // namespace rounds::reports
