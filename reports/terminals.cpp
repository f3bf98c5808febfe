// Section: PCs by department, and those nobody has seen for days.
#include <map>

#include "reports/content.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::Message;
using core::MessageId;
using core::Verdict;

namespace {

struct Counts {
    std::int64_t registered = 0, seen = 0, on = 0, off = 0, unreachable = 0, missed = 0, absent = 0;

    Counts& operator+=(const Counts& other) {
        registered += other.registered;
        seen += other.seen;
        on += other.on;
        off += other.off;
        unreachable += other.unreachable;
        missed += other.missed;
        absent += other.absent;
        return *this;
    }
};

bool absent(const DeviceResult& pc) {
    return pc.conclusion.verdict == Verdict::off && pc.absent_working_days >= absent_days;
}

Counts counts_of(const DeviceResult& pc, const Day& day) {
    Counts counts{.registered = 1};
    const Verdict verdict = pc.conclusion.verdict;
    const bool on = verdict == Verdict::ok || verdict == Verdict::warning;
    if (on) counts.on = 1;
    if (on || day.measured(subject_of(pc.id)).up > core::Duration{0}) counts.seen = 1;
    if (verdict == Verdict::off) counts.off = 1;
    if (verdict == Verdict::critical) counts.unreachable = 1;
    if (verdict == Verdict::missed || verdict == Verdict::unknown) counts.missed = 1;
    if (absent(pc)) counts.absent = 1;
    return counts;
}

Column column(const char* key, MessageId title) {
    return {.key = key, .title = {title}, .number = true};
}

Row row(Content department, const Counts& counts) {
    Row row;
    row.cells = {{.content = std::move(department), .strong = true},
                 {.content = number(counts.registered)},
                 {.content = number(counts.seen)},
                 {.content = number(counts.on)},
                 {.content = number(counts.off)},
                 {.content = number(counts.unreachable)},
                 {.content = number(counts.missed)},
                 {.content = number(counts.absent)}};
    return row;
}

Table departments(const std::vector<const DeviceResult*>& pcs, const Day& day) {
    Table table{.key = "departments",
                .columns = {{.key = "department", .title = {MessageId::report_department}},
                            column("registered", MessageId::report_registered),
                            column("seen", MessageId::report_seen),
                            column("on", MessageId::report_on_now),
                            column("off", MessageId::report_off_now),
                            column("unreachable", MessageId::report_unreachable_now),
                            column("missed", MessageId::report_not_inspected),
                            column("absent", MessageId::report_absent)}};
    std::vector<std::string> order;  // as in the archive
    std::map<std::string, Counts> by_department;
    Counts all;
    for (const DeviceResult* pc : pcs) {
        const auto [at, news] = by_department.try_emplace(pc->department);
        if (news) order.push_back(pc->department);
        const Counts counts = counts_of(*pc, day);
        at->second += counts;
        all += counts;
    }
    for (const std::string& department : order) {
        Content name = text(department);
        if (department.empty()) name = Labelled{std::string{}, {MessageId::report_no_department}};
        table.rows.push_back(row(std::move(name), by_department[department]));
    }
    if (order.size() > 1) {
        table.rows.push_back(row(Message{MessageId::report_total}, all));
        table.rows.back().total = true;
    }
    return table;
}

Table absentees(std::vector<const DeviceResult*> pcs) {
    Table table{
        .key = "absent",
        .title = Message{MessageId::report_absent_table, {{"days", std::int64_t{absent_days}}}},
        .columns = {device_column(),
                    {.key = "department", .title = {MessageId::report_department}},
                    {.key = "location", .title = {MessageId::report_location}},
                    {.key = "owner", .title = {MessageId::report_owner}},
                    column("working_days", MessageId::report_absent_days)}};
    std::erase_if(pcs, [](const DeviceResult* pc) { return !absent(*pc); });
    std::stable_sort(pcs.begin(), pcs.end(), [](const DeviceResult* a, const DeviceResult* b) {
        return a->absent_working_days > b->absent_working_days;
    });
    for (const DeviceResult* pc : pcs) {
        Row row;
        row.cells = {device_cell(*pc),
                     {.content = text(pc->department)},
                     {.content = text(pc->location)},
                     {.content = text(pc->owner)},
                     {.content = number(pc->absent_working_days)}};
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

std::optional<Section> terminals(const Day& day) {
    std::vector<const DeviceResult*> pcs;
    for (const DeviceResult& device : day.round().devices) {
        if (device.device_class == core::DeviceClass::pc) pcs.push_back(&device);
    }
    if (pcs.empty()) return std::nullopt;
    return Section{.key = "terminals",
                   .title = {MessageId::report_terminals},
                   .remark = Message{MessageId::report_terminals_remark,
                                     {{"days", std::int64_t{absent_days}}}},
                   .blocks = {departments(pcs, day), absentees(pcs)}};
}

}  // namespace rounds::reports
