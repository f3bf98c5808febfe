// The outbox's contract, the plainest way.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "daemon/deliverer.hpp"

namespace rounds::daemon {

/// Outlives the Deliverers of a test, as a database outlives the daemon.
class OutboxInMemory final : public Outbox {
 public:
    enum class State { waiting, delivered, parked };
    struct Row {
        std::string hook;
        Delivery delivery;
        core::WallTime due;
        State state = State::waiting;
        std::optional<core::Message> why;
    };

    void add(std::string hook, std::string event, std::string incident, core::WallTime due) {
        Row row;
        row.hook = std::move(hook);
        row.delivery.body = "{\"event\":\"" + event + "\"}";
        row.delivery.event = {std::move(event)};
        row.delivery.incident = {std::move(incident)};
        row.due = due;
        rows.push_back(std::move(row));
    }

    asio::awaitable<core::Result<DueDeliveries>> due(std::string hook, core::WallTime now,
                                                     std::size_t limit) override {
        ++looks;
        if (unreadable) {
            core::Error error{core::Error::Kind::unavailable, "the disk is gone"};
            co_return error;
        }
        DueDeliveries found;
        std::vector<const Row*> heads = heads_of(hook);
        std::ranges::stable_sort(heads, {}, &Row::due);
        for (const Row* row : heads) {
            const bool is_due = row->due <= now || row->due > now + std::chrono::hours{2};
            if (is_due && found.deliveries.size() < limit) {
                found.deliveries.push_back(row->delivery);
            } else if (!found.next || row->due < *found.next) {
                found.next = row->due;
            }
        }
        most_fetched = std::max(most_fetched, found.deliveries.size());
        co_return found;
    }

    asio::awaitable<bool> settle(std::string hook, core::EventId event, hooks::Attempt attempt,
                                 hooks::Next next) override {
        if (unwritable) co_return false;
        const auto row = std::ranges::find_if(
            rows, [&](const Row& one) { return one.hook == hook && one.delivery.event == event; });
        row->delivery.attempts = attempt.number;
        row->delivery.first = attempt.first;
        if (std::holds_alternative<hooks::Delivered>(next)) row->state = State::delivered;
        if (const auto* again = std::get_if<hooks::Again>(&next)) {
            row->due = again->at;
            row->why = again->why;
        }
        if (const auto* parked = std::get_if<hooks::Parked>(&next)) {
            row->state = State::parked;
            row->why = parked->why;
        }
        co_return true;
    }

    asio::awaitable<bool> hasten(std::string hook, core::WallTime now) override {
        for (Row& row : rows)
            if (row.hook == hook && row.state == State::waiting) row.due = std::min(row.due, now);
        co_return true;
    }

    [[nodiscard]] std::size_t count(State state) const {
        return static_cast<std::size_t>(std::ranges::count(rows, state, &Row::state));
    }

    std::vector<Row> rows;
    bool unreadable = false, unwritable = false;
    int looks = 0;
    std::size_t most_fetched = 0;

 private:
    [[nodiscard]] std::vector<const Row*> heads_of(const std::string& hook) const {
        std::set<core::IncidentId> seen;
        std::vector<const Row*> heads;
        for (const Row& row : rows) {
            if (row.hook != hook || row.state != State::waiting) continue;
            if (seen.insert(row.delivery.incident).second) heads.push_back(&row);
        }
        return heads;
    }
};

}  // namespace rounds::daemon
