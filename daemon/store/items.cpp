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

void write_findings(Database& database, std::int64_t round, std::size_t device,
                    const std::vector<core::ItemFinding>& findings) {
    std::size_t place = 0;
    for (const auto& finding : findings) {
        if (finding.verdict == core::Verdict::ok) continue;
        auto query = database.prepare(R"sql(
            INSERT INTO round_item (round, device, position, item, instance, verdict, value, unit, threshold,
                                    reason, reason_with, evidence_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
        query.bind(round).bind(device).bind(place++).bind(finding.item).bind(finding.instance);
        query.bind(core::word(finding.verdict)).bind(storable(finding.value)).bind(finding.unit);
        query.bind(storable(finding.threshold));
        bind_message(query, finding.message);
        query.bind(finding.evidence_at).run();
    }
}

std::map<std::size_t, std::vector<core::ItemFinding>> read_findings(Database& database,
                                                                    std::int64_t round) {
    auto query = database.prepare(R"sql(
        SELECT device, item, instance, verdict, value, unit, threshold, reason, reason_with, evidence_ms
        FROM round_item WHERE round = ? ORDER BY device, position)sql");
    query.bind(round);
    std::map<std::size_t, std::vector<core::ItemFinding>> found;
    while (query.step()) {
        auto& finding = found[query.next<std::size_t>()].emplace_back();
        finding.item = query.next<std::string>();
        finding.instance = query.next<std::string>();
        finding.verdict = next_verdict(query, database);
        finding.value = query.next<std::optional<double>>();
        finding.unit = query.next<std::string>();
        finding.threshold = query.next<std::optional<double>>();
        finding.message = next_message(query);
        finding.evidence_at = query.next<core::WallTime>();
    }
    return found;
}

void write_limits(Database& database, std::int64_t round, std::size_t place,
                  const core::ItemLimits& limits) {
    for (const auto& [item, both] : limits) {
        database
            .prepare(
                "INSERT INTO round_limit (round, device, item, warning, critical) VALUES (?, ?, ?, "
                "?, ?)")
            .bind(round)
            .bind(place)
            .bind(item)
            .bind(storable(both.warning))
            .bind(storable(both.critical))
            .run();
    }
}

void read_limits(Database& database, std::int64_t round, std::vector<core::DeviceResult>& results) {
    auto query =
        database.prepare("SELECT device, item, warning, critical FROM round_limit WHERE round = ?");
    query.bind(round);
    while (query.step()) {
        const auto place = query.next<std::size_t>();
        auto item = query.next<std::string>();
        core::Limits<double> both;
        both.warning = query.next<std::optional<double>>();
        both.critical = query.next<std::optional<double>>();
        if (place < results.size()) results[place].limits.emplace(std::move(item), both);
    }
}

}  // namespace rounds::store
