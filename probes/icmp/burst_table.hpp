// Which burst a packet number belongs to.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <utility>

#include "core/time.hpp"
#include "probes/icmp/burst.hpp"

namespace rounds::probes {

/// Bursts by number: those under way, and for a while those that are over, so that late replies and
/// duplicates are known for what they are. Pure.
class BurstTable {
 public:
    static constexpr int packets_per_burst = 128;
    static constexpr std::size_t most_remembered = 16'384;
    static constexpr std::chrono::seconds remembered_for{30};

    /// A burst's number is unique for the table's life; its packet n has the packet number of
    /// number_of().
    std::uint64_t add(std::shared_ptr<Burst> burst) {
        bursts_.emplace(++last_, std::move(burst));
        return last_;
    }
    [[nodiscard]] static std::uint64_t number_of(std::uint64_t burst, int n) {
        return burst * packets_per_burst + static_cast<std::uint64_t>(n);
    }
    [[nodiscard]] static std::uint64_t burst_of(std::uint64_t number) {
        return number / packets_per_burst;
    }
    [[nodiscard]] static int packet_of(std::uint64_t number) {
        return static_cast<int>(number % packets_per_burst);
    }

    /// Null for one never added or forgotten.
    [[nodiscard]] Burst* find(std::uint64_t burst) const {
        const auto found = bursts_.find(burst);
        return found == bursts_.end() ? nullptr : found->second.get();
    }
    /// Was a burst of this number ever added?
    [[nodiscard]] bool existed(std::uint64_t burst) const { return burst >= 1 && burst <= last_; }

    /// The burst is over: closed, and forgotten after a while.
    void retire(std::uint64_t burst, core::SteadyTime now) {
        if (Burst* over = find(burst)) over->close();
        retired_.emplace_back(now, burst);
        forget(now);
    }
    [[nodiscard]] std::size_t remembered() const { return retired_.size(); }

 private:
    void forget(core::SteadyTime now) {
        while (!retired_.empty() && (retired_.size() > most_remembered ||
                                     now - retired_.front().first > remembered_for)) {
            bursts_.erase(retired_.front().second);
            retired_.pop_front();
        }
    }

    std::uint64_t last_ = 0;
    std::unordered_map<std::uint64_t, std::shared_ptr<Burst>> bursts_;
    std::deque<std::pair<core::SteadyTime, std::uint64_t>> retired_;
};

}  // namespace rounds::probes
