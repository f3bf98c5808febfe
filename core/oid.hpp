// Object identifiers: the names of everything an SNMP agent can be asked (RFC 2578 §7.1.3).
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/number_list.hpp"
#include "core/result.hpp"

namespace rounds::core {

/// A sequence of at most 128 numbers, in the order of a walk: 1.3 < 1.3.6 < 1.3.6.1 < 1.4.
class Oid {
 public:
    using Part = std::uint32_t;
    static constexpr std::size_t longest = 128;  ///< RFC 3416 §4.1

    Oid() = default;
    /// More than `longest` numbers are a mistake of the caller's.
    explicit Oid(std::span<const Part> parts) : parts_(parts) {}
    explicit Oid(std::initializer_list<Part> parts) : parts_(parts) {}

    /// Of `size` numbers, which `write` puts into the span that it is called with.
    template <class Write>
    static Oid written(std::size_t size, Write write) {
        Oid oid;
        oid.parts_ = Parts::written(size, std::move(write));
        return oid;
    }

    /// "1.3.6.1.2.1.1.5.0", with or without a leading dot. Error invalid_input, in words, for anything else.
    static Result<Oid> parse(std::string_view text);

    [[nodiscard]] std::span<const Part> parts() const { return parts_.numbers(); }
    [[nodiscard]] std::size_t size() const { return parts_.size(); }
    [[nodiscard]] bool empty() const { return parts_.empty(); }
    /// Is it `root` itself or below it?
    [[nodiscard]] bool within(const Oid& root) const {
        return size() >= root.size() &&
               std::equal(root.parts_.begin(), root.parts_.end(), parts_.begin());
    }
    /// What follows a root it is within: the index of a table's row. Empty for the root itself.
    [[nodiscard]] std::span<const Part> below(const Oid& root) const;
    /// This one with more numbers behind it.
    [[nodiscard]] Oid with(std::span<const Part> more) const;
    [[nodiscard]] Oid with(Part one) const;

    /// "1.3.6.1.2.1.1.5.0"; "" when empty.
    [[nodiscard]] std::string text() const;

    friend std::strong_ordering operator<=>(const Oid&, const Oid&) = default;
    friend bool operator==(const Oid&, const Oid&) = default;

 private:
    using Parts = NumberList<14>;  ///< The names of nearly all MIB objects.

    Parts parts_;
};

/// The number of a table's row: what follows the column in a cell's name. Of nearly all tables it is at most seven
/// numbers long.
using RowIndex = NumberList<7>;

/// Numbers with dots between them: "3.1.1", as instances of metrics are written.
[[nodiscard]] std::string dotted(std::span<const Oid::Part> parts);

}  // namespace rounds::core
