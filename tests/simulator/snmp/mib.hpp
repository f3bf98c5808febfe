// What an agent can be asked, computed when it is asked.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

#include "core/snmp.hpp"
#include "tests/simulator/snmp/subject.hpp"

namespace rounds::simulator {

/// What follows a column in a name. Scalars have the index {0}.
struct Index {
    Index() = default;
    Index(std::initializer_list<core::Oid::Part> all) {
        for (const auto part : all) parts[size++] = part;
    }
    [[nodiscard]] std::span<const core::Oid::Part> view() const {
        return std::span(parts).first(size);
    }
    std::array<core::Oid::Part, 8> parts{};
    std::size_t size = 0;
};

/// A table, or a group of scalars as a table of one row.
struct Table {
    core::Oid entry;                       ///< Columns stand below it, indices below columns.
    std::vector<core::Oid::Part> columns;  ///< Ascending.
    std::size_t (*rows)(const Subject&);
    Index (*index)(const Subject&, std::size_t row);  ///< Ascending with the row.
    /// Null: this row has no such column.
    core::SnmpValue (*value)(const Subject&, core::Oid::Part column, std::size_t row);
};

/// All tables of a kind of device. A group's scalars may stand above a table of it when they come before it.
class Mib {
 public:
    explicit Mib(std::vector<Table> tables);

    /// Where GETNEXT goes wrong on purpose.
    struct Manners {
        bool loop = false, endless = false;
        bool counters64 =
            true;  ///< v1 has no type for them: they are passed over (RFC 3584 §4.2.2.1).
    };

    /// The value of this name, or no_such_object, or no_such_instance.
    [[nodiscard]] core::SnmpValue get(const Subject& subject, const core::Oid& name) const;
    /// The first variable after this name; empty at the end.
    [[nodiscard]] std::optional<core::SnmpVariable> next(const Subject& subject,
                                                         const core::Oid& name,
                                                         Manners manners) const;

 private:
    [[nodiscard]] std::vector<Table>::const_iterator last_at(const core::Oid& name) const;
    static std::optional<core::SnmpVariable> next_in(const Table& table, const Subject& subject,
                                                     const core::Oid& name, Manners manners);
    std::vector<Table> tables_;  ///< By entry.
};

/// The one for devices of this kind.
[[nodiscard]] const Mib& mib_of(SnmpKind kind);

}  // namespace rounds::simulator
