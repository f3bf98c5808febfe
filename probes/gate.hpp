// A door through which so many may be at a time; the others wait in line.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <optional>

#include "core/time.hpp"
#include "ports/asio.hpp"

namespace rounds::probes {

class Gate : public std::enable_shared_from_this<Gate> {
 public:
    /// A place inside; leaving is its end. Moves only.
    class Place {
     public:
        explicit Place(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}
        Place(Place&&) noexcept = default;
        Place& operator=(Place&& other) noexcept {
            gate_.swap(other.gate_);
            return *this;
        }
        ~Place() {
            if (gate_) gate_->leave();
        }

     private:
        std::shared_ptr<Gate> gate_;
    };

    Gate(asio::any_io_executor executor, std::size_t places)
        : executor_(std::move(executor)), free_(places) {}

    /// In the order of coming. Empty when the deadline came first; throws operation_aborted when cancelled.
    static asio::awaitable<std::optional<Place>> enter(std::shared_ptr<Gate> gate,
                                                       core::SteadyTime deadline);
    /// Empty when one would have to wait.
    [[nodiscard]] static std::optional<Place> enter_at_once(const std::shared_ptr<Gate>& gate);
    [[nodiscard]] std::size_t waiting() const { return line_.size(); }

 private:
    struct Waiter {
        asio::steady_timer called;
        bool in = false;
    };
    void leave();

    asio::any_io_executor executor_;
    std::size_t free_;
    std::list<std::shared_ptr<Waiter>> line_;  ///< Of most gates empty, and then without memory.
};

}  // namespace rounds::probes
