#include <algorithm>
#include <unordered_map>

#include "daemon/store/intervals.hpp"

namespace rounds::store {

namespace {

/// Subjects in the order of their names.
struct Named {
    std::vector<std::string> names;
    std::unordered_map<std::int64_t, std::size_t> place_of;
};

Named names_in_order(Database& database) {
    auto query = database.prepare("SELECT number, name FROM subject ORDER BY name");
    Named named;
    while (query.step()) {
        named.place_of.emplace(query.next<std::int64_t>(), named.names.size());
        named.names.push_back(query.next<std::string>());
    }
    return named;
}

core::EchoSummary next_summary(Query& query) {
    core::EchoSummary echo;
    echo.from = query.next<core::WallTime>();
    echo.sent = query.next<std::int64_t>();
    echo.received = query.next<std::int64_t>();
    echo.rtt_count = query.next<std::int64_t>();
    echo.rtt_sum_us = query.next<std::int64_t>();
    echo.rtt_min_us = query.next<std::int64_t>();
    echo.rtt_max_us = query.next<std::int64_t>();
    echo.jitter_count = query.next<std::int64_t>();
    echo.jitter_sum_us = query.next<std::int64_t>();
    return echo;
}

/// Adds the second row of a quarter (what came after a round) to the first.
void add(core::EchoSummary& sum, const core::EchoSummary& more) {
    if (more.rtt_count > 0) {
        sum.rtt_min_us =
            sum.rtt_count > 0 ? std::min(sum.rtt_min_us, more.rtt_min_us) : more.rtt_min_us;
        sum.rtt_max_us =
            sum.rtt_count > 0 ? std::max(sum.rtt_max_us, more.rtt_max_us) : more.rtt_max_us;
    }
    sum.sent += more.sent;
    sum.received += more.received;
    sum.rtt_count += more.rtt_count;
    sum.rtt_sum_us += more.rtt_sum_us;
    sum.jitter_count += more.jitter_count;
    sum.jitter_sum_us += more.jitter_sum_us;
}

}  // namespace

void write_echo(Database& database, Subjects& subjects, const core::EchoSummary& echo,
                std::int64_t known_after) {
    auto query = database.prepare(R"sql(
        INSERT INTO echo_quarter (from_ms, subject, known_after, sent, received, rtt_count, rtt_sum_us, rtt_min_us,
                                  rtt_max_us, jitter_count, jitter_sum_us)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
            rtt_min_us = CASE WHEN excluded.rtt_count = 0 THEN rtt_min_us
                              WHEN rtt_count = 0 THEN excluded.rtt_min_us
                              ELSE min(rtt_min_us, excluded.rtt_min_us) END,
            rtt_max_us = CASE WHEN excluded.rtt_count = 0 THEN rtt_max_us
                              WHEN rtt_count = 0 THEN excluded.rtt_max_us
                              ELSE max(rtt_max_us, excluded.rtt_max_us) END,
            sent = sent + excluded.sent, received = received + excluded.received,
            rtt_count = rtt_count + excluded.rtt_count, rtt_sum_us = rtt_sum_us + excluded.rtt_sum_us,
            jitter_count = jitter_count + excluded.jitter_count,
            jitter_sum_us = jitter_sum_us + excluded.jitter_sum_us)sql");
    query.bind(echo.from).bind(subjects.number_of(database, echo.subject)).bind(known_after);
    query.bind(echo.sent)
        .bind(echo.received)
        .bind(echo.rtt_count)
        .bind(echo.rtt_sum_us)
        .bind(echo.rtt_min_us);
    query.bind(echo.rtt_max_us).bind(echo.jitter_count).bind(echo.jitter_sum_us).run();
}

std::vector<core::EchoSummary> read_echoes(Database& database, core::Period period,
                                           const Horizon& horizon) {
    const Named named = names_in_order(database);
    auto query = database.prepare(R"sql(
        SELECT subject, from_ms, sent, received, rtt_count, rtt_sum_us, rtt_min_us, rtt_max_us,
               jitter_count, jitter_sum_us
        FROM echo_quarter
        WHERE from_ms > ? AND from_ms < ? AND known_after < ?
        ORDER BY from_ms, subject, known_after)sql");
    query.bind(period.from - quarter).bind(period.until).bind(horizon.number);

    // In the order of time as they lie; sorting a million of them by name in SQL takes ten times as
    // long.
    std::vector<std::vector<core::EchoSummary>> by_subject(named.names.size());
    std::size_t count = 0;
    while (query.step()) {
        auto& quarters = by_subject.at(named.place_of.at(query.next<std::int64_t>()));
        const core::EchoSummary echo = next_summary(query);
        if (!quarters.empty() && quarters.back().from == echo.from) {
            add(quarters.back(), echo);
        } else {
            quarters.push_back(echo);
            ++count;
        }
    }
    std::vector<core::EchoSummary> found;
    found.reserve(count);
    for (std::size_t place = 0; place < by_subject.size(); ++place) {
        for (auto& echo : by_subject[place]) {
            echo.subject.value = named.names[place];
            found.push_back(std::move(echo));
        }
    }
    return found;
}

}  // namespace rounds::store
