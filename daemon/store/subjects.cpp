#include "daemon/store/subjects.hpp"

namespace rounds::store {

std::int64_t Subjects::number_of(Database& database, const core::SubjectId& subject) {
    if (const auto known = numbers_.find(subject); known != numbers_.end()) return known->second;
    database.prepare("INSERT INTO subject (name) VALUES (?) ON CONFLICT (name) DO NOTHING")
        .bind(subject.value)
        .run();
    auto query = database.prepare("SELECT number FROM subject WHERE name = ?");
    query.bind(subject.value).step();
    return numbers_[subject] = query.next<std::int64_t>();
}

std::optional<std::int64_t> Subjects::number_of(Database& database,
                                                const std::optional<core::SubjectId>& subject) {
    if (!subject) return std::nullopt;
    return number_of(database, *subject);
}

std::int64_t last_round_number(Database& database) {
    return database.number("SELECT seq FROM sqlite_sequence WHERE name = 'round'");
}

}  // namespace rounds::store
