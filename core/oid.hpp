// Object identifiers: the names of everything an SNMP agent can be asked (RFC 2578 §7.1.3).
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace rounds::core {

/// A sequence of at most 128 numbers, in the order of a walk: 1.3 < 1.3.6 < 1.3.6.1 < 1.4.
class Oid {
 public:
    using Part = std::uint32_t;
    static constexpr std::size_t longest = 128;  ///< RFC 3416 §4.1

    Oid() = default;
    explicit Oid(std::vector<Part> parts) : parts_(std::move(parts)) {}
    explicit Oid(std::span<const Part> parts) : parts_(parts.begin(), parts.end()) {}

    /// "1.3.6.1.2.1.1.5.0", with or without a leading dot. Error invalid_input, in words, for anything else.
    static Result<Oid> parse(std::string_view text);

    [[nodiscard]] std::span<const Part> parts() const { return parts_; }
    [[nodiscard]] std::size_t size() const { return parts_.size(); }
    [[nodiscard]] bool empty() const { return parts_.empty(); }
    /// Is it `root` itself or below it?
    [[nodiscard]] bool within(const Oid& root) const;
    /// What follows a root it is within: the index of a table's row. Empty for the root itself.
    [[nodiscard]] std::span<const Part> below(const Oid& root) const;
    /// This one with more numbers behind it.
    [[nodiscard]] Oid with(std::span<const Part> more) const;
    [[nodiscard]] Oid with(Part one) const;

    /// "1.3.6.1.2.1.1.5.0"; "" when empty.
    [[nodiscard]] std::string text() const;

    friend auto operator<=>(const Oid&, const Oid&) = default;

 private:
    std::vector<Part> parts_;
};

/// Numbers with dots between them: "3.1.1", as instances of metrics are written.
[[nodiscard]] std::string dotted(std::span<const Oid::Part> parts);

}  // namespace rounds::core
