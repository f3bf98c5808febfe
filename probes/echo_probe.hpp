// Looking at a device or a link by ping.
#pragma once

#include <string>
#include <vector>

#include "core/device.hpp"
#include "core/observation.hpp"
#include "ports/asio.hpp"
#include "ports/clock.hpp"
#include "ports/echo_port.hpp"
#include "ports/resolver_port.hpp"

namespace rounds::probes {

/// The ports a probe looks through; they outlive every coroutine.
struct Ports {
    ports::Clock& clock;
    ports::EchoPort& echo;
    ports::ResolverPort& resolver;
};

/// One look at one address or name. What kept us from asking becomes the observation's message.
asio::awaitable<core::Observation> look_at(std::string address, core::EchoPlan plan, Ports ports);

/// One look at a link: all targets at once, and its name resolved.
asio::awaitable<core::LinkObservation> look_at_link(core::Link link, Ports ports);

}  // namespace rounds::probes
