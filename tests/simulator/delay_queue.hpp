// Answers that wait for their time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/time.hpp"

namespace rounds::simulator {

/// A heap of values by due time; what is due at the same time leaves in the order in which it came.
template <class T>
class DelayQueue {
 public:
    void push(core::SteadyTime due, T value) {
        entries_.push_back({due, count_++, std::move(value)});
        std::push_heap(entries_.begin(), entries_.end(), later);
    }

    /// The next value due at `now` or before; empty when none is.
    std::optional<T> pop(core::SteadyTime now) {
        if (entries_.empty() || entries_.front().due > now) return std::nullopt;
        std::pop_heap(entries_.begin(), entries_.end(), later);
        T value = std::move(entries_.back().value);
        entries_.pop_back();
        return value;
    }

    /// When the next one is due; empty when nothing waits.
    [[nodiscard]] std::optional<core::SteadyTime> next() const {
        if (entries_.empty()) return std::nullopt;
        return entries_.front().due;
    }

    [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
    struct Entry {
        core::SteadyTime due;
        std::uint64_t order;
        T value;
    };
    static bool later(const Entry& one, const Entry& other) {
        return std::pair(one.due, one.order) > std::pair(other.due, other.order);
    }

    std::vector<Entry> entries_;
    std::uint64_t count_ = 0;
};

}  // namespace rounds::simulator
