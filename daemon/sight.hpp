// Can Rounds itself see?
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/echo.hpp"
#include "core/observation.hpp"
#include "daemon/system/event.hpp"
#include "probes/echo_probe.hpp"

namespace rounds::daemon {

/// Asks the gateway and the anchors when somebody is silent. Loop thread only.
class Sight {
 public:
    /// Addresses of the default gateways at this moment.
    using Gateways = std::function<std::vector<std::string>()>;

    Sight(std::vector<std::string> anchors, Gateways gateways, probes::Ports ports,
          asio::any_io_executor loop);

    /// Is Rounds blind, by looks begun at or after `since`? Calls at the same time share one check. `witness` is
    /// the address of a device that answered lately, asked when all else is silent; empty: none.
    asio::awaitable<bool> blind(core::SteadyTime since, std::string witness);

    /// Something answered: Rounds can see.
    void saw_an_answer() { blind_ = false; }

 private:
    asio::awaitable<bool> check(std::string witness);

    std::vector<std::string> anchors_;
    Gateways gateways_;
    probes::Ports ports_;
    Event checked_;
    std::optional<core::SteadyTime> begun_;
    bool checking_ = false;
    bool blind_ = false;
};

}  // namespace rounds::daemon
