#include "probes/echo_probe.hpp"

#include <utility>

#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>

#include "probes/link_view.hpp"

namespace rounds::probes {

namespace {

using core::Error;
using core::Message;
using core::MessageId;

Message why_no_name(const Error& error, const std::string& name) {
    const auto id = error.kind == Error::Kind::not_found ? MessageId::reason_name_not_found
                                                         : MessageId::reason_name_server;
    return {id, {{"name", name}}};
}

Message why_not_asked(const Error& error, const std::string& address) {
    if (error.kind == Error::Kind::no_permission) return {MessageId::reason_no_permission};
    if (error.kind == Error::Kind::busy) return {MessageId::reason_queues_full};
    return {MessageId::reason_no_route, {{"address", address}}};
}

/// How long the name took; empty when it did not resolve.
asio::awaitable<std::optional<core::Duration>> time_name(std::string name, Ports ports) {
    const auto began = ports.clock.now();
    const auto address = co_await ports.resolver.resolve_afresh(std::move(name));
    if (!address) co_return std::nullopt;
    co_return std::chrono::duration_cast<core::Duration>(ports.clock.now() - began);
}

asio::awaitable<std::vector<core::Observation>> look_at_all(std::vector<std::string> targets,
                                                            core::EchoPlan plan, Ports ports) {
    const auto executor = co_await asio::this_coro::executor;
    using Look = decltype(asio::co_spawn(executor, look_at({}, {}, ports), asio::deferred));
    std::vector<Look> looks;
    for (const auto& target : targets) {
        looks.push_back(asio::co_spawn(executor, look_at(target, plan, ports), asio::deferred));
    }
    auto all = asio::experimental::make_parallel_group(std::move(looks));
    auto [order, failures, seen] =
        co_await all.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    for (const auto& failure : failures) {
        if (failure) std::rethrow_exception(failure);
    }
    co_return seen;
}

}  // namespace

asio::awaitable<core::Observation> look_at(std::string address, core::EchoPlan plan, Ports ports) {
    core::Observation seen;
    const auto where = co_await ports.resolver.resolve(address);
    if (!where) {
        seen.told = why_no_name(where.error(), address);
    } else {
        const auto stats = co_await ports.echo.ask(*where, plan);
        if (stats) {
            seen.told = *stats;
        } else {
            seen.told = why_not_asked(stats.error(), address);
        }
    }
    seen.at = ports.clock.wall();
    co_return seen;
}

asio::awaitable<core::LinkObservation> look_at_link(core::Link link, Ports ports) {
    const auto seen = co_await look_at_all(link.targets, link.ping.plan, ports);
    auto look = as_one(seen);
    look.dns_asked = !link.dns.empty();
    if (look.dns_asked) look.dns_took = co_await time_name(link.dns, ports);
    look.ping.at = ports.clock.wall();
    co_return look;
}

}  // namespace rounds::probes
