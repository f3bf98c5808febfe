#include "daemon/store/items.hpp"

#include <fmt/format.h>

#include "daemon/store/message_text.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

core::Verdict next_verdict(Query& query, const Database& database) {
    const auto word = query.next<std::string>();
    const auto verdict = core::verdict_of(word);
    if (!verdict) throw Trouble(damage(database.file(), fmt::format("\"{}\" is no verdict", word)));
    return *verdict;
}

/// What SQLite has no REAL for is left out: it says nothing to a reader anyway.
std::optional<double> storable(const std::optional<double>& number) {
    return number && *number == *number ? number : std::nullopt;
}

/// Of results of one kind: whole statements, so that what SQLite makes of each is tested.
struct Statements {
    std::string_view write_finding, write_limits, read_findings, read_limits;
};
constexpr Statements of_devices{
    R"sql(
        INSERT INTO round_item (round, device, position, item, instance, verdict, value, unit, threshold,
                                reason, reason_with, evidence_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
    R"sql(INSERT INTO round_limit (round, device, item, warning, critical) VALUES (?, ?, ?, ?, ?))sql",
    R"sql(
        SELECT device, item, instance, verdict, value, unit, threshold, reason, reason_with, evidence_ms
        FROM round_item WHERE round = ? ORDER BY device, position)sql",
    R"sql(SELECT device, item, warning, critical FROM round_limit WHERE round = ?)sql",
};
constexpr Statements of_links{
    R"sql(
        INSERT INTO round_link_item (round, link, position, item, instance, verdict, value, unit, threshold,
                                reason, reason_with, evidence_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
    R"sql(INSERT INTO round_link_limit (round, link, item, warning, critical) VALUES (?, ?, ?, ?, ?))sql",
    R"sql(
        SELECT link, item, instance, verdict, value, unit, threshold, reason, reason_with, evidence_ms
        FROM round_link_item WHERE round = ? ORDER BY link, position)sql",
    R"sql(SELECT link, item, warning, critical FROM round_link_limit WHERE round = ?)sql",
};

const Statements& statements_of(ResultKind kind) {
    return kind == ResultKind::device ? of_devices : of_links;
}

}  // namespace

void write_item(Database& database, Subjects& subjects, const core::SubjectId& subject,
                const core::ItemChange& change) {
    const auto number = subjects.number_of(database, subject);
    const auto& [item, instance] = change.id;
    if (change.after == core::Verdict::ok) {
        database.prepare("DELETE FROM item_belief WHERE subject = ? AND item = ? AND instance = ?")
            .bind(number)
            .bind(item)
            .bind(instance)
            .run();
        return;
    }
    auto query = database.prepare(R"sql(
        INSERT OR REPLACE INTO item_belief (subject, item, instance, verdict, since_ms, reason, reason_with)
        VALUES (?, ?, ?, ?, ?, ?, ?))sql");
    query.bind(number).bind(item).bind(instance).bind(core::word(change.after)).bind(change.at);
    bind_message(query, change.message);
    query.run();
}

std::map<core::SubjectId, core::ItemBeliefs> read_items(Database& database) {
    auto query = database.prepare(R"sql(
        SELECT subject.name, item, instance, verdict, since_ms, reason, reason_with
        FROM item_belief JOIN subject ON subject.number = item_belief.subject)sql");
    std::map<core::SubjectId, core::ItemBeliefs> found;
    while (query.step()) {
        auto& beliefs = found[core::SubjectId{query.next<std::string>()}];
        core::ItemId id;
        id.item = query.next<std::string>();
        id.instance = query.next<std::string>();
        auto& belief = beliefs[std::move(id)];
        belief.verdict = next_verdict(query, database);
        belief.since = query.next<core::WallTime>();
        belief.message = next_message(query);
    }
    return found;
}

void write_items(Database& database, ResultKind kind, std::int64_t round, std::size_t place,
                 const std::vector<core::ItemFinding>& findings, const core::ItemLimits& limits) {
    const Statements& statements = statements_of(kind);
    std::size_t position = 0;
    for (const auto& finding : findings) {
        if (finding.verdict == core::Verdict::ok) continue;
        auto query = database.prepare(statements.write_finding);
        query.bind(round).bind(place).bind(position++).bind(finding.item).bind(finding.instance);
        query.bind(core::word(finding.verdict)).bind(storable(finding.value)).bind(finding.unit);
        query.bind(storable(finding.threshold));
        bind_message(query, finding.message);
        query.bind(finding.evidence_at).run();
    }
    for (const auto& [item, both] : limits) {
        database.prepare(statements.write_limits)
            .bind(round)
            .bind(place)
            .bind(item)
            .bind(storable(both.warning))
            .bind(storable(both.critical))
            .run();
    }
}

std::map<std::size_t, ResultItems> read_items(Database& database, ResultKind kind,
                                              std::int64_t round) {
    const Statements& statements = statements_of(kind);
    std::map<std::size_t, ResultItems> found;
    auto items = database.prepare(statements.read_findings);
    items.bind(round);
    while (items.step()) {
        auto& finding = found[items.next<std::size_t>()].findings.emplace_back();
        finding.item = items.next<std::string>();
        finding.instance = items.next<std::string>();
        finding.verdict = next_verdict(items, database);
        finding.value = items.next<std::optional<double>>();
        finding.unit = items.next<std::string>();
        finding.threshold = items.next<std::optional<double>>();
        finding.message = next_message(items);
        finding.evidence_at = items.next<core::WallTime>();
    }
    auto limits = database.prepare(statements.read_limits);
    limits.bind(round);
    while (limits.step()) {
        auto& all = found[limits.next<std::size_t>()].limits;
        auto& both = all[limits.next<std::string>()];
        both.warning = limits.next<std::optional<double>>();
        both.critical = limits.next<std::optional<double>>();
    }
    return found;
}

}  // namespace rounds::store
