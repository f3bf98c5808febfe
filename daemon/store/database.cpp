#include "daemon/store/database.hpp"

#include <cerrno>
#include <thread>
#include <unordered_map>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "daemon/store/patience.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

/// As SQLite wants a file name inside a URI.
std::string uri_of(const std::filesystem::path& file, std::string_view parameters) {
    std::string uri = "file:";
    for (const char c : file.string()) {
        if (c == '%' || c == '?' || c == '#') {
            uri += fmt::format("%{:02x}", static_cast<unsigned char>(c));
        } else {
            uri += c;
        }
    }
    return uri.append("?").append(parameters);
}

/// SQLite would create the file readable for everybody; its -wal and -shm follow the file's mode.
void create_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (descriptor < 0) throw Trouble(error_of(SQLITE_CANTOPEN, errno, "", file));
    ::close(descriptor);
}

/// SQLite's busy handler: 0 gives up.
int wait_for_others(void* patience, int tries) {
    const auto nap = static_cast<Patience*>(patience)->next(tries);
    if (!nap) return 0;
    std::this_thread::sleep_for(*nap);
    return 1;
}

/// SQLite keeps the system's errno for some calls only; errno itself was set to 0 before this one.
[[noreturn]] void fail(sqlite3* handle, const std::filesystem::path& file) {
    const int left = errno;
    const int kept = sqlite3_system_errno(handle);
    throw Trouble(error_of(sqlite3_extended_errcode(handle), kept != 0 ? kept : left,
                           sqlite3_errmsg(handle), file));
}

}  // namespace

struct Prepared {
    sqlite3_stmt* statement = nullptr;
    const std::filesystem::path* file = nullptr;

    Prepared(sqlite3* handle, const std::filesystem::path& of, std::string_view sql) : file(&of) {
        if (sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                               SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
            fail(handle, of);
        }
    }
    ~Prepared() { sqlite3_finalize(statement); }
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;

    void require(int code) const {
        if (code != SQLITE_OK) fail(sqlite3_db_handle(statement), *file);
    }
};

Query::Query(std::shared_ptr<Prepared> prepared) : prepared_(std::move(prepared)) {}

Query::~Query() {
    if (!prepared_) return;
    sqlite3_reset(prepared_->statement);
    sqlite3_clear_bindings(prepared_->statement);
}

Query& Query::bind(std::nullopt_t) {
    prepared_->require(sqlite3_bind_null(prepared_->statement, ++bound_));
    return *this;
}

Query& Query::bind(std::string_view text) {
    prepared_->require(sqlite3_bind_text64(prepared_->statement, ++bound_,
                                           text.empty() ? "" : text.data(), text.size(),
                                           SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Query& Query::bind(double real) {
    prepared_->require(sqlite3_bind_double(prepared_->statement, ++bound_, real));
    return *this;
}

Query& Query::bind_blob(std::string_view bytes) {
    prepared_->require(sqlite3_bind_blob64(prepared_->statement, ++bound_,
                                           bytes.empty() ? "" : bytes.data(), bytes.size(),
                                           SQLITE_STATIC));
    return *this;
}

Query& Query::bind_integer(std::int64_t number) {
    prepared_->require(sqlite3_bind_int64(prepared_->statement, ++bound_, number));
    return *this;
}

bool Query::step() {
    read_ = 0;
    errno = 0;
    const int code = sqlite3_step(prepared_->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        fail(sqlite3_db_handle(prepared_->statement), *prepared_->file);
    return code == SQLITE_ROW;
}

void Query::run() {
    while (step()) {
    }
    sqlite3_reset(prepared_->statement);
    bound_ = 0;
}

bool Query::next_is_null() const {
    return sqlite3_column_type(prepared_->statement, read_) == SQLITE_NULL;
}

std::int64_t Query::next_integer() {
    if (sqlite3_column_type(prepared_->statement, read_) != SQLITE_INTEGER) out_of_range();
    return sqlite3_column_int64(prepared_->statement, read_++);
}

double Query::next_real() {
    if (sqlite3_column_type(prepared_->statement, read_) != SQLITE_FLOAT) out_of_range();
    return sqlite3_column_double(prepared_->statement, read_++);
}

std::string Query::next_text() {
    if (sqlite3_column_type(prepared_->statement, read_) != SQLITE_TEXT) out_of_range();
    const auto* text =
        reinterpret_cast<const char*>(sqlite3_column_text(prepared_->statement, read_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_->statement, read_));
    ++read_;
    return {text, size};
}

std::string_view Query::next_blob() {
    if (sqlite3_column_type(prepared_->statement, read_) != SQLITE_BLOB) out_of_range();
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(prepared_->statement, read_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared_->statement, read_));
    ++read_;
    return size == 0 ? std::string_view() : std::string_view(bytes, size);
}

void Query::out_of_range() const {
    const char* column = sqlite3_column_name(prepared_->statement, read_);
    throw Trouble(damage(*prepared_->file,
                         fmt::format("{} holds what it cannot", column ? column : "a column")));
}

struct Database::Inside {
    std::filesystem::path file;
    sqlite3* handle = nullptr;
    Patience patience;
    std::unordered_map<std::string, std::shared_ptr<Prepared>> kept;

    ~Inside() {
        kept.clear();
        sqlite3_close_v2(handle);
    }
    void require(int code) const {
        if (code != SQLITE_OK) fail(handle, file);
    }
};

Database::Database(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::open(const std::filesystem::path& file, Access access) {
    auto inside = std::make_unique<Inside>();
    inside->file = file;
    if (access == Access::write) create_private(file);
    const int mode = access == Access::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    const std::string uri = uri_of(file, access == Access::immutable ? "immutable=1" : "");
    const int code = sqlite3_open_v2(
        uri.c_str(), &inside->handle,
        mode | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (inside->handle == nullptr) throw Trouble(error_of(code, 0, sqlite3_errstr(code), file));
    inside->require(code);
    inside->require(sqlite3_busy_handler(inside->handle, wait_for_others, &inside->patience));
    // A file from elsewhere gets no say, and one that fails the check must not be touched by
    // closing it.
    for (const auto& [option, on] : {std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                     {SQLITE_DBCONFIG_DEFENSIVE, 1},
                                     {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
                                     {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}}) {
        inside->require(sqlite3_db_config(inside->handle, option, on, nullptr));
    }
    Database opened(std::move(inside));
    opened.run("PRAGMA cell_size_check = ON");
    return opened;
}

Query Database::prepare(std::string_view sql) {
    auto& kept = inside_->kept[std::string(sql)];
    if (kept && kept.use_count() == 1) return Query(kept);
    auto fresh = std::make_shared<Prepared>(inside_->handle, inside_->file, sql);
    if (!kept) kept = fresh;
    return Query(std::move(fresh));
}

void Database::run(const std::string& script) {
    errno = 0;
    inside_->require(sqlite3_exec(inside_->handle, script.c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Database::number(std::string_view sql) {
    auto query = prepare(sql);
    return query.step() ? query.next<std::int64_t>() : 0;
}

void Database::check() {
    auto query = prepare("PRAGMA quick_check(1)");
    const std::string found =
        query.step() ? query.next<std::string>() : "no answer from quick_check";
    if (found != "ok") throw Trouble(damage(inside_->file, found));
}

void Database::make_durable() {
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;");
    inside_->require(
        sqlite3_db_config(inside_->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr));
}

void Database::undo() noexcept {
    // Committed already, or undone by SQLite itself (disk full)? If undoing fails, the file still has
    // nothing of it.
    if (in_transaction()) sqlite3_exec(inside_->handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::undo_to_savepoint() noexcept {
    // A full disk may have undone the whole transaction already; then there is no savepoint either.
    if (in_transaction())
        sqlite3_exec(inside_->handle, "ROLLBACK TO part; RELEASE part", nullptr, nullptr, nullptr);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(inside_->handle) == 0;
}
const std::filesystem::path& Database::file() const {
    return inside_->file;
}

void Database::hurry() noexcept {
    inside_->patience.hurry();
}

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
    database.prepare(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN").run();
}

Transaction::~Transaction() {
    database_.undo();
}

void Transaction::commit() {
    database_.prepare("COMMIT").run();
}

Savepoint::Savepoint(Database& database) : database_(database) {
    database.prepare("SAVEPOINT part").run();
}

Savepoint::~Savepoint() {
    if (!kept_) database_.undo_to_savepoint();
}

void Savepoint::keep() {
    database_.prepare("RELEASE part").run();
    kept_ = true;
}

}  // namespace rounds::store
