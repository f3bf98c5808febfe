#include "daemon/store/state_store.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "daemon/store/attempt.hpp"
#include "daemon/store/beliefs.hpp"
#include "daemon/store/folder_lock.hpp"
#include "daemon/store/gaps.hpp"
#include "daemon/store/incident_rows.hpp"
#include "daemon/store/intervals.hpp"
#include "daemon/store/items.hpp"
#include "daemon/store/rounds.hpp"
#include "daemon/store/schema.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

struct StateStore::Inside {
    std::optional<FolderLock> lock;  ///< Empty when only reading.
    Database database;
    Subjects subjects;
    std::optional<std::int64_t> run;  ///< The run begun here.
};

namespace {

using Kind = Transaction::Kind;

/// Runs the work in one transaction. Numbers given to subjects in one that failed are forgotten.
template <class Work>
core::Result<void> change(Database& database, Subjects& subjects, Work work) {
    auto done = in_one(database, std::move(work));
    if (done.has_error()) subjects.forget();
    return done;
}

Database open_for_writing(const std::filesystem::path& file) {
    auto database = Database::open(file, Database::Access::write);
    require_ours(database);
    database.check();
    database.make_durable();
    migrate(database);
    return database;
}

bool is_there(const std::filesystem::path& file) {
    std::error_code ignored;
    return std::filesystem::file_size(file, ignored) > 0 && !ignored;
}

/// Reading needs the -shm file beside a -wal, and makes it when it may. Where it may not, a
/// database without unfinished -wal is whole by itself.
Database open_for_reading(const std::filesystem::path& file) {
    const auto usable = [](Database database) {
        if (require_ours(database)) {
            throw Trouble(
                {core::Error::Kind::unavailable,
                 fmt::format(
                     "{} is still empty: the daemon is just making it, or ended while it did; try "
                     "again when it runs",
                     database.file().string())});
        }
        require_current(database);
        return database;
    };
    try {
        return usable(Database::open(file, Database::Access::read));
    } catch (const Trouble& trouble) {
        const bool refused = trouble.error().kind == core::Error::Kind::no_permission ||
                             trouble.error().kind == core::Error::Kind::unavailable;
        auto log = file;
        log += "-wal";
        if (!refused || is_there(log)) throw;
        return usable(Database::open(file, Database::Access::immutable));
    }
}

bool refused(const Trouble& trouble) {
    return trouble.error().kind == core::Error::Kind::internal;
}

/// A period that a clock step made run backwards is its end alone.
core::Period forwards(core::Period period) {
    return {std::min(period.from, period.until), period.until};
}

core::Error no_round(const core::RoundId& id) {
    return {core::Error::Kind::not_found, fmt::format("there is no round {}", id.value)};
}

}  // namespace

StateStore::StateStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
StateStore::StateStore(StateStore&&) noexcept = default;
StateStore& StateStore::operator=(StateStore&&) noexcept = default;
StateStore::~StateStore() = default;

core::Result<StateStore> StateStore::open(const std::filesystem::path& folder) {
    return attempt([&] {
        require_folder(folder);
        FolderLock lock(folder);
        auto database = open_for_writing(folder / "state.db");
        return StateStore(
            std::make_unique<Inside>(Inside{std::move(lock), std::move(database), {}, {}}));
    });
}

core::Result<StateStore> StateStore::open_read_only(const std::filesystem::path& folder) {
    return attempt([&] {
        const auto file = folder / "state.db";
        std::error_code error;
        if (!std::filesystem::exists(file, error) && !error) {
            throw Trouble(
                {core::Error::Kind::not_found,
                 fmt::format(
                     "nothing is recorded in {} yet: start the daemon (systemctl start rounds), or "
                     "name the right folder (storage.state)",
                     folder.string())});
        }
        auto database = open_for_reading(file);
        return StateStore(
            std::make_unique<Inside>(Inside{std::nullopt, std::move(database), {}, {}}));
    });
}

core::Result<Memory> StateStore::recall() {
    return attempt([&] {
        Transaction view(inside_->database, Kind::read);
        Memory memory;
        memory.beliefs = read_beliefs(inside_->database);
        memory.items = read_items(inside_->database);
        memory.last_run = read_last_run(inside_->database);
        memory.first_started = read_first_started(inside_->database);
        memory.blind_since = read_blind_since(inside_->database);
        memory.incidents = read_remembered(inside_->database);
        memory.incident_numbers = read_incident_numbers(inside_->database);
        return memory;
    });
}

core::Result<void> StateStore::begin_run(core::WallTime now) {
    std::int64_t run = 0;
    auto begun = change(inside_->database, inside_->subjects,
                        [&] { run = write_run(inside_->database, now); });
    if (begun.has_value()) inside_->run = run;
    return begun;
}

core::Result<void> StateStore::end_run(core::WallTime now) {
    if (!inside_->run)
        return core::Error{core::Error::Kind::internal, "no run was begun that could end"};
    return change(inside_->database, inside_->subjects,
                  [&] { write_run_end(inside_->database, *inside_->run, now); });
}

void StateStore::write(const Changes& changes) {
    auto& [lock, database, subjects, run] = *inside_;
    const std::int64_t known_after = last_round_number(database);
    if (changes.alive && !run) {
        throw Trouble({core::Error::Kind::internal, "a sign of life before a run was begun"});
    }
    for (const auto& [subject, belief] : changes.beliefs)
        write_belief(database, subjects, subject, belief);
    for (const auto& transition : changes.transitions)
        write_transition(database, subjects, transition, known_after);
    for (const auto& echo : changes.echoes) write_echo(database, subjects, echo, known_after);
    if (changes.alive) write_seen(database, *run, *changes.alive);
    if (changes.blind_from) write_blind_from(database, *changes.blind_from, known_after);
    if (changes.blind_until) write_blind_until(database, *changes.blind_until, known_after);
    for (const auto& incident : changes.incidents)
        write_incident(database, subjects, incident, known_after);
    for (const auto& [subject, change] : changes.item_changes)
        write_item(database, subjects, subject, change);
    for (const auto& round : changes.rounds) write_round(database, round);
}

core::Result<std::vector<std::optional<core::Error>>> StateStore::commit(
    std::span<const Changes> groups) {
    std::vector<std::optional<core::Error>> refusals(groups.size());
    if (std::ranges::all_of(groups, &Changes::empty)) return refusals;
    auto& [lock, database, subjects, run] = *inside_;
    const auto done = change(database, subjects, [&, &db = database, &known = subjects] {
        for (std::size_t place = 0; place < groups.size(); ++place) {
            try {
                Savepoint part(db);
                write(groups[place]);
                part.keep();
            } catch (const Trouble& trouble) {
                if (!refused(trouble)) throw;
                known.forget();
                refusals[place] = trouble.error();
            }
        }
    });
    if (done.has_error()) return done.error();
    return refusals;
}

core::Result<void> StateStore::commit(const Changes& changes) {
    auto refusals = commit(std::span(&changes, 1));
    if (!refusals) return refusals.error();
    if (refusals->front()) return *std::move(refusals->front());
    return {};
}

core::Result<std::vector<StateStore::RoundHead>> StateStore::rounds_begun(core::Period period) {
    return attempt([&] { return read_rounds_begun(inside_->database, period); });
}

core::Result<std::optional<StateStore::RoundHead>> StateStore::last_round(const std::string& name) {
    return attempt([&] { return read_last_round(inside_->database, name, Asked::anyhow); });
}

core::Result<std::optional<StateStore::RoundHead>> StateStore::last_scheduled_round(
    const std::string& name) {
    return attempt([&] { return read_last_round(inside_->database, name, Asked::by_calendar); });
}

core::Result<bool> StateStore::was_made(const std::string& name, core::WallTime scheduled) {
    return attempt([&] { return read_was_made(inside_->database, name, scheduled); });
}

core::Result<core::DayRecord> StateStore::record(const core::RoundId& id) {
    return attempt([&] {
        auto& database = inside_->database;
        Transaction view(database, Kind::read);
        auto found = read_round(database, id);
        if (!found) throw Trouble(no_round(id));

        core::DayRecord record;
        record.round = std::move(found->round);
        const Horizon horizon{found->number, record.round.finished};
        const core::Period covered = forwards(record.round.covered);
        record.intervals = read_intervals(database, covered, horizon);
        record.echoes = read_echoes(database, covered, horizon);
        record.gaps = read_gaps(database, covered, horizon);
        record.incidents = read_incidents_since(database, covered.from, horizon);
        return record;
    });
}

core::Result<std::vector<core::Gap>> StateStore::gaps(core::Period period) {
    return attempt([&] { return read_gaps(inside_->database, forwards(period), Horizon{}); });
}

Incidents StateStore::incidents() {
    return Incidents(inside_->database);
}

Outbox StateStore::outbox() {
    return Outbox(inside_->database);
}

void StateStore::hurry() noexcept {
    inside_->database.hurry();
}

core::Result<void> StateStore::forget(core::WallTime before) {
    auto& database = inside_->database;
    return change(database, inside_->subjects, [&] {
        forget_rounds(database, before);
        const Needed needed = read_needed(database);
        const auto cut = std::min(before, needed.from);
        forget_history(database, cut, needed.first);
        forget_gaps(database, cut, needed.first);
        forget_incidents(database, cut, needed.first);
    });
}

}  // namespace rounds::store
