// How long a database is waited for that another program holds.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

namespace rounds::store {

/// Counts naps instead of reading a clock: a machine that was asleep has not waited.
class Patience {
 public:
    using Nap = std::chrono::milliseconds;
    static constexpr Nap for_each{5'000};    ///< For each thing that is to be done.
    static constexpr Nap at_the_end{1'000};  ///< For all together that comes after hurry().

    /// How long to nap before the next try; empty: give up. `tries`: those made in vain before this one, for the
    /// same thing.
    [[nodiscard]] std::optional<Nap> next(int tries);

    /// Any thread, also while another naps: from its next nap on it is the end.
    void hurry() noexcept { hurried_ = true; }

 private:
    std::atomic<bool> hurried_ = false;
    Nap left_ = for_each;
    Nap left_at_the_end_ = at_the_end;
};

}  // namespace rounds::store
