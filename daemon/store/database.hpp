// SQLite, small and typed: a database, its queries, its transactions. Every function throws
// Trouble.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/time.hpp"

namespace rounds::store {

struct Prepared;  ///< A statement of SQLite's, kept for the next time.

/// One use of a prepared statement: bind the parameters in order, step through the rows, read each
/// row's columns in order. Resets the statement when it goes.
class Query {
 public:
    explicit Query(std::shared_ptr<Prepared> prepared);
    ~Query();
    Query(Query&&) noexcept = default;
    Query& operator=(Query&&) = delete;

    Query& bind(std::nullopt_t);
    Query& bind(std::string_view text);
    Query& bind(std::integral auto number) {
        return bind_integer(static_cast<std::int64_t>(number));
    }
    Query& bind(double real);
    /// Bytes, not text; they stay where they are until the statement has run.
    Query& bind_blob(std::string_view bytes);
    Query& bind(core::WallTime time) { return bind_integer(core::to_ms(time)); }
    template <class Rep, class Unit>
    Query& bind(
        std::chrono::duration<Rep, Unit> duration) {  ///< The count, in the duration's own unit.
        return bind_integer(duration.count());
    }
    template <class T>
    Query& bind(const std::optional<T>& value) {
        return value ? bind(*value) : bind(std::nullopt);
    }

    /// Goes to the next row; false after the last.
    bool step();
    /// Runs a statement that has no rows, and makes it ready for other parameters.
    void run();

    /// The next column of the row, as integer, real, bool, text, moment, duration, or optional of these.
    /// A value of another type than asked for is damage.
    template <class T>
    [[nodiscard]] T next();
    /// The next column, which holds bytes; they are good until the next step.
    [[nodiscard]] std::string_view next_blob();

 private:
    Query& bind_integer(std::int64_t number);
    [[nodiscard]] bool next_is_null() const;
    std::int64_t next_integer();
    std::string next_text();
    double next_real();
    [[noreturn]] void out_of_range() const;

    template <class T>
    struct is_optional : std::false_type {};
    template <class T>
    struct is_optional<std::optional<T>> : std::true_type {};

    std::shared_ptr<Prepared> prepared_;
    int bound_ = 0;
    int read_ = 0;
};

/// An open database file. Belongs to one thread at a time.
class Database {
 public:
    enum class Access {
        write,      ///< Create it when there is none, with mode 0640.
        read,       ///< Beside a writer; sees each of its commits whole.
        immutable,  ///< Nobody writes, and nothing may be written (read-only medium).
    };
    static Database open(const std::filesystem::path& file, Access access);

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// The statement, from those kept or new. `sql` is one statement.
    [[nodiscard]] Query prepare(std::string_view sql);
    /// Runs statements without parameters, one after the other.
    void run(const std::string& script);
    /// The first column of the first row.
    [[nodiscard]] std::int64_t number(std::string_view sql);

    /// PRAGMA quick_check; throws damage.
    void check();
    /// Write-ahead log, and every commit on the disk before it counts (synchronous=FULL).
    void make_durable();

    /// Undoes the transaction under way, if there is one.
    void undo() noexcept;
    /// Undoes what was done since the savepoint, and lets it go.
    void undo_to_savepoint() noexcept;
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] const std::filesystem::path& file() const;

    /// Any thread: from now on another program that holds the file is hardly waited for (see Patience).
    void hurry() noexcept;

 private:
    struct Inside;
    explicit Database(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// All or nothing: undone when it goes without commit().
class Transaction {
 public:
    enum class Kind { write, read };  ///< Reading: one view of the database for all queries.
    Transaction(Database& database, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void commit();

 private:
    Database& database_;
};

/// A part of a transaction that can fail alone: undone when it goes without keep().
class Savepoint {
 public:
    explicit Savepoint(Database& database);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void keep();

 private:
    Database& database_;
    bool kept_ = false;
};

template <class T>
T Query::next() {
    if constexpr (is_optional<T>::value) {
        if (next_is_null()) {
            ++read_;
            return std::nullopt;
        }
        return next<typename T::value_type>();
    } else if constexpr (std::same_as<T, std::string>) {
        return next_text();
    } else if constexpr (std::same_as<T, double>) {
        return next_real();
    } else if constexpr (std::same_as<T, bool>) {
        return next_integer() != 0;
    } else if constexpr (std::integral<T>) {
        const std::int64_t number = next_integer();
        if (!std::in_range<T>(number)) out_of_range();
        return static_cast<T>(number);
    } else if constexpr (std::same_as<T, core::WallTime>) {
        return core::from_ms(next_integer());
    } else {
        return T{next_integer()};
    }
}

}  // namespace rounds::store
