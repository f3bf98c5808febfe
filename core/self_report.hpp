// How Rounds itself kept up over a time.
#pragma once

#include <cstdint>

#include "core/time.hpp"

namespace rounds::core {

struct SelfReport {
    /// Looks begin on time when they begin no later than this after they are due.
    static constexpr Duration punctual{1000};

    struct Looks {
        std::int64_t count = 0;
        std::int64_t late = 0;     ///< Begun later than `punctual`.
        std::int64_t overran = 0;  ///< Answered, and not over when the next was due.
        Duration latest{0};        ///< How late the latest of all began.

        void add(Duration lateness, bool too_long);
        void add(const Looks& others);
        friend bool operator==(const Looks&, const Looks&) = default;
    };
    WallTime since{};  ///< Counted from then on: a run knows nothing of the one before.
    Looks ping, snmp;
    std::int64_t writes = 0;  ///< Of state: each of all that waited for it.
    Duration writing{
        0};  ///< All together, each from being handed to the writing thread to its end.
    Duration longest_write{0};

    void add_write(Duration took);
    void add(const SelfReport& other);
    [[nodiscard]] Looks looks() const;  ///< Of both kinds.
    /// Does at most one look of a hundred begin late, and at most one of a hundred take too long? Two of few are chance.
    [[nodiscard]] bool keeps_up() const;
    friend bool operator==(const SelfReport&, const SelfReport&) = default;
};

}  // namespace rounds::core
