// Object identifiers: the names of everything an SNMP agent can be asked (RFC 2578 §7.1.3).
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.hpp"

namespace rounds::core {

/// A sequence of at most 128 numbers, in the order of a walk: 1.3 < 1.3.6 < 1.3.6.1 < 1.4. The usual ones are held
/// without allocating: a poll names every value it reads.
class Oid {
 public:
    using Part = std::uint32_t;
    static constexpr std::size_t longest = 128;  ///< RFC 3416 §4.1

    Oid() = default;
    /// More than `longest` numbers are a mistake of the caller's.
    explicit Oid(std::span<const Part> parts) : Oid(parts, {}) {}
    explicit Oid(std::initializer_list<Part> parts) : Oid(std::span(parts)) {}
    Oid(const Oid& other) : held_(other.held_), size_(other.size_) {
        if (is_far()) hold(copy_of(other.parts()));
    }
    Oid(Oid&& other) noexcept : held_(other.held_), size_(std::exchange(other.size_, 0)) {}
    Oid& operator=(const Oid& other) {
        if (this != &other) *this = Oid(other);
        return *this;
    }
    Oid& operator=(Oid&& other) noexcept {
        if (this == &other) return *this;
        if (is_far()) delete[] data();
        held_ = other.held_;
        size_ = std::exchange(other.size_, 0);
        return *this;
    }
    ~Oid() {
        if (is_far()) delete[] data();
    }

    /// Of `size` numbers, which `write` puts into the span that it is called with.
    template <class Write>
    static Oid written(std::size_t size, Write write) {
        Oid oid;
        oid.size_ = static_cast<std::uint32_t>(size);
        Part* const to = oid.is_far() ? new Part[size] : oid.held_.data();
        if (oid.is_far()) oid.hold(to);
        write(std::span<Part>(to, size));
        return oid;
    }

    /// "1.3.6.1.2.1.1.5.0", with or without a leading dot. Error invalid_input, in words, for anything else.
    static Result<Oid> parse(std::string_view text);

    [[nodiscard]] std::span<const Part> parts() const { return {data(), size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// Is it `root` itself or below it?
    [[nodiscard]] bool within(const Oid& root) const {
        return size_ >= root.size_ && std::equal(root.data(), root.data() + root.size_, data());
    }
    /// What follows a root it is within: the index of a table's row. Empty for the root itself.
    [[nodiscard]] std::span<const Part> below(const Oid& root) const;
    /// This one with more numbers behind it.
    [[nodiscard]] Oid with(std::span<const Part> more) const;
    [[nodiscard]] Oid with(Part one) const;

    /// "1.3.6.1.2.1.1.5.0"; "" when empty.
    [[nodiscard]] std::string text() const;

    friend std::strong_ordering operator<=>(const Oid& a, const Oid& b);
    friend bool operator==(const Oid& a, const Oid& b) {
        return a.size_ == b.size_ && std::equal(a.data(), a.data() + a.size_, b.data());
    }

 private:
    static constexpr std::size_t at_hand = 14;  ///< With them an Oid is 64 bytes.

    Oid(std::span<const Part> head, std::span<const Part> tail);
    [[nodiscard]] bool is_far() const { return size_ > at_hand; }
    [[nodiscard]] const Part* data() const {
        if (!is_far()) return held_.data();
        const Part* far = nullptr;
        std::memcpy(static_cast<void*>(&far), held_.data(), sizeof far);
        return far;
    }
    void hold(const Part* far) {
        std::memcpy(held_.data(), static_cast<const void*>(&far), sizeof far);
    }
    static Part* copy_of(std::span<const Part> parts);

    std::array<Part, at_hand> held_{};  ///< The numbers, or of more the address of its own.
    std::uint32_t size_ = 0;
};

/// Numbers with dots between them: "3.1.1", as instances of metrics are written.
[[nodiscard]] std::string dotted(std::span<const Oid::Part> parts);

}  // namespace rounds::core
