#include "daemon/store/schema.hpp"

#include <fmt/format.h>

#include "daemon/store/trouble.hpp"
#include "store/embedded.hpp"

namespace rounds::store {

namespace {

int version_of(Database& database) {
    return static_cast<int>(database.number("PRAGMA user_version"));
}

void apply(Database& database, int version) {
    const auto& migration = embedded::all()[static_cast<std::size_t>(version - 1)];
    Transaction transaction(database, Transaction::Kind::write);
    database.run(std::string(migration.bytes));
    database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                             application_id, version));
    transaction.commit();
}

}  // namespace

int schema_version() {
    return static_cast<int>(embedded::all().size());
}

bool require_ours(Database& database) {
    const auto owner = database.number("PRAGMA application_id");
    const int version = version_of(database);
    const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (owner == 0 && version == 0 && empty) return true;
    if (owner != application_id)
        throw Trouble(damage(database.file(), "it is a database of some other program"));
    if (version > schema_version()) {
        throw Trouble(
            {core::Error::Kind::newer,
             fmt::format(
                 "{} was written by a later Rounds (schema version {}; this one knows {}): install "
                 "that version again, or move the file away to begin a new history",
                 database.file().string(), version, schema_version())});
    }
    if (version < 1)
        throw Trouble(damage(database.file(), fmt::format("it says schema version {}", version)));
    return false;
}

void migrate(Database& database, int version) {
    for (int step = version_of(database) + 1; step <= version; ++step) apply(database, step);
}

void migrate(Database& database) {
    migrate(database, schema_version());
}

void require_current(Database& database) {
    const int version = version_of(database);
    if (version == schema_version()) return;
    throw Trouble(
        {core::Error::Kind::unavailable,
         fmt::format(
             "{} has schema version {}, this Rounds reads {}: the daemon brings it up to date when "
             "it starts (systemctl restart rounds)",
             database.file().string(), version, schema_version())});
}

}  // namespace rounds::store
