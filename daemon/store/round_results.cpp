#include "daemon/store/round_results.hpp"

#include <fmt/format.h>

#include "daemon/store/facts_text.hpp"
#include "daemon/store/items.hpp"
#include "daemon/store/message_text.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

void bind_echo(Query& query, const std::optional<core::EchoStats>& echo) {
    if (!echo) {
        for (int column = 0; column < 9; ++column) query.bind(std::nullopt);
        return;
    }
    query.bind(echo->sent).bind(echo->received);
    if (echo->rtt) {
        query.bind(echo->rtt->min).bind(echo->rtt->avg).bind(echo->rtt->max);
    } else {
        query.bind(std::nullopt).bind(std::nullopt).bind(std::nullopt);
    }
    query.bind(echo->jitter).bind(echo->duplicates).bind(echo->late).bind(echo->foreign);
}

std::optional<core::EchoStats> next_echo(Query& query) {
    const auto sent = query.next<std::optional<int>>();
    const auto received = query.next<std::optional<int>>();
    const auto min = query.next<std::optional<core::Microseconds>>();
    const auto avg = query.next<std::optional<core::Microseconds>>();
    const auto max = query.next<std::optional<core::Microseconds>>();
    const auto jitter = query.next<std::optional<core::Microseconds>>();
    const auto duplicates = query.next<std::optional<int>>();
    const auto late = query.next<std::optional<int>>();
    const auto foreign = query.next<std::optional<int>>();
    if (!sent) return std::nullopt;

    core::EchoStats echo;
    echo.sent = *sent;
    echo.received = received.value_or(0);
    if (min && avg && max) echo.rtt = core::RoundTrip{*min, *avg, *max};
    echo.jitter = jitter;
    echo.duplicates = duplicates.value_or(0);
    echo.late = late.value_or(0);
    echo.foreign = foreign.value_or(0);
    return echo;
}

void bind_conclusion(Query& query, const core::Conclusion& conclusion) {
    query.bind(core::word(conclusion.verdict));
    bind_message(query, conclusion.reason);
}

core::Conclusion next_conclusion(Query& query, const Database& database) {
    const auto word = query.next<std::string>();
    const auto verdict = core::verdict_of(word);
    if (!verdict) throw Trouble(damage(database.file(), fmt::format("\"{}\" is no verdict", word)));
    return {*verdict, next_message(query)};
}

/// A word that this version does not have is a class without a home, not a reason to lose the
/// report.
core::DeviceClass next_class(Query& query) {
    return core::device_class_of(query.next<std::string>()).value_or(core::DeviceClass::other);
}

/// Where they belong.
template <class Result>
void put_items(Database& database, ResultKind kind, std::int64_t round,
               std::vector<Result>& results) {
    for (auto& [place, items] : read_items(database, kind, round)) {
        if (place >= results.size()) continue;
        results[place].findings = std::move(items.findings);
        results[place].limits = std::move(items.limits);
    }
}

}  // namespace

void write_device_result(Database& database, std::int64_t round, std::size_t place,
                         const core::DeviceResult& result) {
    auto query = database.prepare(R"sql(
        INSERT INTO round_device (round, position, device, name, address, class, model, department, location, owner,
                                  upstream, severity, verdict, reason, reason_with, through,
                                  echo_sent, echo_received, echo_rtt_min_us, echo_rtt_avg_us, echo_rtt_max_us,
                                  echo_jitter_us, echo_duplicates, echo_late, echo_foreign,
                                  evidence_ms, absent_working_days, facts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
    query.bind(round).bind(place).bind(result.id.value).bind(result.name).bind(result.address);
    query.bind(core::word(result.device_class))
        .bind(result.model)
        .bind(result.department)
        .bind(result.location);
    query.bind(result.owner).bind(result.upstream).bind(static_cast<int>(result.severity));
    bind_conclusion(query, result.conclusion);
    if (result.through) {
        query.bind(result.through->value);
    } else {
        query.bind(std::nullopt);
    }
    bind_echo(query, result.echo);
    query.bind(result.evidence_at).bind(result.absent_working_days);
    if (result.facts) {
        query.bind(facts_text(*result.facts)).run();
    } else {
        query.bind(std::nullopt).run();
    }
    write_items(database, ResultKind::device, round, place, result.findings, result.limits);
}

void write_link_result(Database& database, std::int64_t round, std::size_t place,
                       const core::LinkResult& result) {
    auto query = database.prepare(R"sql(
        INSERT INTO round_link (round, position, name, device, interface, carrier, circuit, fault_phone,
                                bandwidth_bps, severity, verdict, reason, reason_with,
                                echo_sent, echo_received, echo_rtt_min_us, echo_rtt_avg_us, echo_rtt_max_us,
                                echo_jitter_us, echo_duplicates, echo_late, echo_foreign,
                                targets, answered, dns_asked, dns_took_ms, evidence_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
    query.bind(round).bind(place).bind(result.name).bind(result.device).bind(result.interface);
    query.bind(result.carrier)
        .bind(result.circuit)
        .bind(result.fault_phone)
        .bind(result.bandwidth_bps);
    query.bind(static_cast<int>(result.severity));
    bind_conclusion(query, result.conclusion);
    bind_echo(query, result.echo);
    query.bind(result.targets).bind(result.answered).bind(result.dns_asked).bind(result.dns_took);
    query.bind(result.evidence_at).run();
    write_items(database, ResultKind::link, round, place, result.findings, result.limits);
}

std::vector<core::DeviceResult> read_device_results(Database& database, std::int64_t round) {
    auto query = database.prepare(R"sql(
        SELECT device, name, address, class, model, department, location, owner, upstream, severity,
               verdict, reason, reason_with, through,
               echo_sent, echo_received, echo_rtt_min_us, echo_rtt_avg_us, echo_rtt_max_us,
               echo_jitter_us, echo_duplicates, echo_late, echo_foreign, evidence_ms, absent_working_days, facts
        FROM round_device WHERE round = ? ORDER BY position)sql");
    query.bind(round);
    std::vector<core::DeviceResult> found;
    while (query.step()) {
        auto& result = found.emplace_back();
        result.id.value = query.next<std::string>();
        result.name = query.next<std::string>();
        result.address = query.next<std::string>();
        result.device_class = next_class(query);
        result.model = query.next<std::string>();
        result.department = query.next<std::string>();
        result.location = query.next<std::string>();
        result.owner = query.next<std::string>();
        result.upstream = query.next<std::string>();
        result.severity = static_cast<core::Severity>(query.next<int>());
        result.conclusion = next_conclusion(query, database);
        if (auto through = query.next<std::optional<std::string>>())
            result.through = core::SubjectId{*through};
        result.echo = next_echo(query);
        result.evidence_at = query.next<std::optional<core::WallTime>>();
        result.absent_working_days = query.next<int>();
        if (const auto facts = query.next<std::optional<std::string>>())
            result.facts = facts_of(*facts);
    }
    put_items(database, ResultKind::device, round, found);
    return found;
}

std::vector<core::LinkResult> read_link_results(Database& database, std::int64_t round) {
    auto query = database.prepare(R"sql(
        SELECT name, device, interface, carrier, circuit, fault_phone, bandwidth_bps, severity,
               verdict, reason, reason_with,
               echo_sent, echo_received, echo_rtt_min_us, echo_rtt_avg_us, echo_rtt_max_us,
               echo_jitter_us, echo_duplicates, echo_late, echo_foreign,
               targets, answered, dns_asked, dns_took_ms, evidence_ms
        FROM round_link WHERE round = ? ORDER BY position)sql");
    query.bind(round);
    std::vector<core::LinkResult> found;
    while (query.step()) {
        auto& result = found.emplace_back();
        result.name = query.next<std::string>();
        result.device = query.next<std::string>();
        result.interface = query.next<std::string>();
        result.carrier = query.next<std::string>();
        result.circuit = query.next<std::string>();
        result.fault_phone = query.next<std::string>();
        result.bandwidth_bps = query.next<std::optional<std::int64_t>>();
        result.severity = static_cast<core::Severity>(query.next<int>());
        result.conclusion = next_conclusion(query, database);
        result.echo = next_echo(query);
        result.targets = query.next<int>();
        result.answered = query.next<int>();
        result.dns_asked = query.next<bool>();
        result.dns_took = query.next<std::optional<core::Duration>>();
        result.evidence_at = query.next<std::optional<core::WallTime>>();
    }
    put_items(database, ResultKind::link, round, found);
    return found;
}

}  // namespace rounds::store
