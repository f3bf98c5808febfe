#include "daemon/store/outbox.hpp"

#include <algorithm>
#include <map>

#include "daemon/store/attempt.hpp"
#include "daemon/store/incident_rows.hpp"
#include "daemon/store/message_text.hpp"

namespace rounds::store {

namespace {

using Kind = Transaction::Kind;

constexpr core::Duration longest_wait{3'600'000};  ///< Nobody asks for a longer one.

/// The rest of a delivery, by the row its query stands on.
Delivery next_delivery(Query& query, Database& database) {
    Delivery delivery;
    delivery.number = query.next<std::int64_t>();
    delivery.hook = query.next<std::string>();
    const auto incident = query.next<std::int64_t>();
    const int event = query.next<int>();
    delivery.attempts = query.next<int>();
    delivery.first = query.next<std::optional<core::WallTime>>();
    delivery.due = query.next<core::WallTime>();
    delivery.done = query.next<std::optional<core::WallTime>>();
    delivery.why = next_message(query);
    delivery.incident = read_incident_after(database, incident, event);
    delivery.event = read_event(database, incident, event);
    return delivery;
}

std::vector<Delivery> all_of(Query query, Database& database) {
    std::vector<Delivery> found;
    while (query.step()) found.push_back(next_delivery(query, database));
    return found;
}

int changed(Database& database) {
    return static_cast<int>(database.number("SELECT changes()"));
}

}  // namespace

core::Result<std::vector<Delivery>> Outbox::due(const std::string& hook, core::WallTime now,
                                                std::size_t most) {
    return attempt([&] {
        Transaction view(*database_, Kind::read);
        auto query = database_->prepare(R"sql(
            SELECT number, hook, incident, event, attempts, first_ms, due_ms, done_ms, why, why_with
            FROM delivery AS this
            WHERE hook = ?1 AND state = 'pending' AND (due_ms <= ?2 OR due_ms > ?3)
              AND NOT EXISTS (SELECT 1 FROM delivery AS earlier
                              WHERE earlier.hook = ?1 AND earlier.incident = this.incident
                                AND earlier.event < this.event AND earlier.state = 'pending')
            ORDER BY number LIMIT ?4)sql");
        query.bind(hook).bind(now).bind(now + longest_wait).bind(most);
        return all_of(std::move(query), *database_);
    });
}

core::Result<std::optional<core::WallTime>> Outbox::next_due(const std::string& hook,
                                                             core::WallTime now) {
    return attempt([&] {
        auto query = database_->prepare(R"sql(
            SELECT min(due_ms) FROM delivery AS this
            WHERE hook = ?1 AND state = 'pending' AND due_ms > ?2 AND due_ms <= ?3
              AND NOT EXISTS (SELECT 1 FROM delivery AS earlier
                              WHERE earlier.hook = ?1 AND earlier.incident = this.incident
                                AND earlier.event < this.event AND earlier.state = 'pending'))sql");
        query.bind(hook).bind(now).bind(now + longest_wait).step();
        return query.next<std::optional<core::WallTime>>();
    });
}

core::Result<void> Outbox::delivered(std::int64_t number, core::WallTime at) {
    return in_one(*database_, [&] {
        database_
            ->prepare(R"sql(
            UPDATE delivery
            SET state = 'delivered', done_ms = ?2, attempts = attempts + 1, first_ms = ifnull(first_ms, ?2),
                why = NULL, why_with = NULL
            WHERE number = ?1 AND state = 'pending')sql")
            .bind(number)
            .bind(at)
            .run();
    });
}

core::Result<void> Outbox::again(std::int64_t number, core::WallTime at, core::WallTime due,
                                 const core::Message& why) {
    return in_one(*database_, [&] {
        auto query = database_->prepare(R"sql(
            UPDATE delivery
            SET attempts = attempts + 1, first_ms = ifnull(first_ms, ?2), due_ms = ?3, why = ?4, why_with = ?5
            WHERE number = ?1 AND state = 'pending')sql");
        query.bind(number).bind(at).bind(due);
        bind_message(query, why);
        query.run();
    });
}

core::Result<void> Outbox::parked(std::int64_t number, core::WallTime at,
                                  const core::Message& why) {
    return in_one(*database_, [&] {
        auto query = database_->prepare(R"sql(
            UPDATE delivery
            SET state = 'parked', done_ms = ?2, attempts = attempts + 1, first_ms = ifnull(first_ms, ?2),
                why = ?3, why_with = ?4
            WHERE number = ?1 AND state = 'pending')sql");
        query.bind(number).bind(at);
        bind_message(query, why);
        query.run();
    });
}

core::Result<std::vector<Backlog>> Outbox::park_others(const std::vector<std::string>& hooks,
                                                       core::WallTime at,
                                                       const core::Message& why) {
    return in_one(*database_, [&] {
        std::vector<Backlog> others;
        auto pending =
            database_->prepare("SELECT DISTINCT hook FROM delivery WHERE state = 'pending'");
        while (pending.step()) {
            const auto hook = pending.next<std::string>();
            if (std::ranges::find(hooks, hook) == hooks.end()) others.push_back({.hook = hook});
        }
        for (auto& other : others) {
            auto query = database_->prepare(R"sql(
                UPDATE delivery SET state = 'parked', done_ms = ?2, why = ?3, why_with = ?4
                WHERE hook = ?1 AND state = 'pending')sql");
            query.bind(other.hook).bind(at);
            bind_message(query, why);
            query.run();
            other.parked = changed(*database_);
        }
        return others;
    });
}

core::Result<void> Outbox::hasten(const std::string& hook, core::WallTime now) {
    return in_one(*database_, [&] {
        database_
            ->prepare(
                "UPDATE delivery SET due_ms = ?2 WHERE hook = ?1 AND state = 'pending' AND due_ms "
                "> ?2")
            .bind(hook)
            .bind(now)
            .run();
    });
}

core::Result<std::vector<Delivery>> Outbox::parked(const std::string& hook) {
    return attempt([&] {
        Transaction view(*database_, Kind::read);
        auto query = database_->prepare(R"sql(
            SELECT number, hook, incident, event, attempts, first_ms, due_ms, done_ms, why, why_with
            FROM delivery WHERE state = 'parked' AND (?1 = '' OR hook = ?1)
            ORDER BY hook, number)sql");
        query.bind(hook);
        return all_of(std::move(query), *database_);
    });
}

core::Result<std::optional<std::string>> Outbox::hook_of_parked(std::int64_t number) {
    return attempt([&]() -> std::optional<std::string> {
        auto query =
            database_->prepare("SELECT hook FROM delivery WHERE number = ? AND state = 'parked'");
        if (!query.bind(number).step()) return std::nullopt;
        return query.next<std::string>();
    });
}

core::Result<int> Outbox::replay(std::int64_t number) {
    return in_one(*database_, [&] {
        database_
            ->prepare(R"sql(
            UPDATE delivery SET state = 'pending', done_ms = NULL, attempts = 0, first_ms = NULL, due_ms = 0
            WHERE number = ? AND state = 'parked')sql")
            .bind(number)
            .run();
        return changed(*database_);
    });
}

core::Result<int> Outbox::replay_all(const std::string& hook) {
    return in_one(*database_, [&] {
        database_
            ->prepare(R"sql(
            UPDATE delivery SET state = 'pending', done_ms = NULL, attempts = 0, first_ms = NULL, due_ms = 0
            WHERE state = 'parked' AND hook = ?)sql")
            .bind(hook)
            .run();
        return changed(*database_);
    });
}

core::Result<std::vector<Backlog>> Outbox::backlog() {
    return attempt([&] {
        Transaction view(*database_, Kind::read);
        std::map<std::string, Backlog> hooks;
        auto pending = database_->prepare(
            "SELECT hook, count(*) FROM delivery WHERE state = 'pending' GROUP BY hook");
        while (pending.step()) {
            const auto hook = pending.next<std::string>();
            hooks[hook].pending = pending.next<int>();
        }
        auto parked = database_->prepare(
            "SELECT hook, count(*) FROM delivery WHERE state = 'parked' GROUP BY hook");
        while (parked.step()) {
            const auto hook = parked.next<std::string>();
            hooks[hook].parked = parked.next<int>();
        }
        std::vector<Backlog> found;
        for (auto& [hook, backlog] : hooks) {
            backlog.hook = hook;
            found.push_back(backlog);
        }
        return found;
    });
}

}  // namespace rounds::store
