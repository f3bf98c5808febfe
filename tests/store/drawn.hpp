// Drawn at random, from a seed: what an office might make the store record.
#pragma once

#include <optional>
#include <random>
#include <string>

#include "daemon/store/state_store.hpp"

namespace rounds::store {

class Drawn {
 public:
    explicit Drawn(std::uint64_t seed) : random_(seed) {}

    /// 0 to below `bound`.
    int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
    bool once_in(int times) { return below(times) == 0; }

    std::string text();
    core::SubjectId subject();
    core::Message message();
    core::Reachability belief(core::WallTime now);
    core::Transition transition(core::WallTime now);
    core::ItemChange item_change(core::WallTime now);
    core::SelfReport self_report(core::WallTime now);
    core::EchoStats echo_stats();
    core::EchoSummary echo_summary(core::WallTime now);
    /// A round that finishes now and covers the time since `since`; `number` makes it unlike any
    /// other.
    core::RoundRecord round(core::WallTime since, core::WallTime now, int number);
    /// A step or two of incidents, as the rules make them; not for two Drawn of one store.
    std::vector<IncidentChange> incidents(core::WallTime now);
    /// Anything but incidents; rounds only when `round_number` is given.
    Changes changes(core::WallTime now, std::optional<int> round_number, core::WallTime since);

 private:
    core::Value value();
    core::Conclusion conclusion();
    std::vector<core::ItemFinding> findings(core::WallTime now);  ///< None that is ok.
    core::ItemLimits item_limits();
    core::DeviceResult device_result(int number, core::WallTime now);
    core::LinkResult link_result(int number, core::WallTime now);
    core::Duration a_while(int most_minutes) {
        return core::Duration{below(most_minutes * 60'000)};
    }
    template <class T>
    std::optional<T> maybe(T value) {
        return once_in(2) ? std::optional<T>{std::move(value)} : std::nullopt;
    }

    std::mt19937_64 random_;
    std::map<core::Condition, core::IncidentMemory> incidents_;
    int given_ = 0;
};

}  // namespace rounds::store
