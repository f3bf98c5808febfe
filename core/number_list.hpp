// A few numbers in a row, as the names of MIB objects and the indexes of tables are made of.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <utility>

namespace rounds::core {

/// Up to `at_hand` numbers are held without allocating: a look names and numbers thousands of values. In order as words
/// are in a dictionary: {} < {1} < {1, 3} < {2}.
template <std::size_t at_hand>
class NumberList {
 public:
    using Number = std::uint32_t;
    using value_type = Number;

    NumberList() = default;
    explicit NumberList(std::span<const Number> numbers) : NumberList(numbers, {}) {}
    explicit NumberList(std::initializer_list<Number> numbers) : NumberList(std::span(numbers)) {}
    /// One after the other.
    NumberList(std::span<const Number> head, std::span<const Number> tail)
        : NumberList(written(head.size() + tail.size(), [&](std::span<Number> to) {
              std::ranges::copy(tail, std::ranges::copy(head, to.begin()).out);
          })) {}
    NumberList(const NumberList& other) : held_(other.held_), size_(other.size_) {
        if (is_far()) hold(copy_of(other.numbers()));
    }
    NumberList(NumberList&& other) noexcept
        : held_(other.held_), size_(std::exchange(other.size_, 0)) {}
    NumberList& operator=(const NumberList& other) {
        if (this != &other) *this = NumberList(other);
        return *this;
    }
    NumberList& operator=(NumberList&& other) noexcept {
        if (this == &other) return *this;
        if (is_far()) delete[] data();
        held_ = other.held_;
        size_ = std::exchange(other.size_, 0);
        return *this;
    }
    ~NumberList() {
        if (is_far()) delete[] data();
    }

    /// Of `size` numbers, which `write` puts into the span that it is called with.
    template <class Write>
    static NumberList written(std::size_t size, Write write) {
        NumberList list;
        list.size_ = static_cast<std::uint32_t>(size);
        Number* const to = list.is_far() ? new Number[size] : list.held_.data();
        if (list.is_far()) list.hold(to);
        write(std::span<Number>(to, size));
        return list;
    }

    [[nodiscard]] std::span<const Number> numbers() const { return {data(), size_}; }
    [[nodiscard]] const Number* begin() const { return data(); }
    [[nodiscard]] const Number* end() const { return data() + size_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] Number operator[](std::size_t at) const { return data()[at]; }

    friend std::strong_ordering operator<=>(const NumberList& a, const NumberList& b) {
        const std::uint32_t both = std::min(a.size_, b.size_);
        for (std::uint32_t i = 0; i < both; ++i) {
            if (a.data()[i] != b.data()[i]) return a.data()[i] <=> b.data()[i];
        }
        return a.size_ <=> b.size_;
    }
    friend bool operator==(const NumberList& a, const NumberList& b) {
        return a.size_ == b.size_ && std::equal(a.begin(), a.end(), b.begin());
    }

 private:
    static_assert(sizeof(Number*) <= at_hand * sizeof(Number));

    [[nodiscard]] bool is_far() const { return size_ > at_hand; }
    [[nodiscard]] const Number* data() const {
        if (!is_far()) return held_.data();
        const Number* far = nullptr;
        std::memcpy(static_cast<void*>(&far), held_.data(), sizeof far);
        return far;
    }
    void hold(const Number* far) {
        std::memcpy(held_.data(), static_cast<const void*>(&far), sizeof far);
    }
    static Number* copy_of(std::span<const Number> numbers) {
        auto* const copy = new Number[numbers.size()];
        std::ranges::copy(numbers, copy);
        return copy;
    }

    std::array<Number, at_hand>
        held_{};  ///< The numbers, or of more the address of their own place.
    std::uint32_t size_ = 0;
};

}  // namespace rounds::core
