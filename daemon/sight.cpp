#include "daemon/sight.hpp"

#include <utility>

#include "core/at_end.hpp"
#include "core/reachability.hpp"
#include "core/sight.hpp"

namespace rounds::daemon {

namespace {

constexpr core::EchoPlan quick{
    .packets = 2, .spacing = core::Duration{200}, .timeout = core::Duration{1000}};

}  // namespace

Sight::Sight(std::vector<std::string> anchors, Gateways gateways, probes::Ports ports,
             asio::any_io_executor loop)
    : anchors_(std::move(anchors)),
      gateways_(std::move(gateways)),
      ports_(ports),
      checked_(std::move(loop)) {}

asio::awaitable<bool> Sight::blind(core::SteadyTime since, std::string witness) {
    while (checking_) co_await checked_.wait();
    if (begun_ && *begun_ >= since) co_return blind_;
    checking_ = true;
    const core::AtEnd done([this] {
        checking_ = false;
        checked_.notify();
    });
    const auto begun = ports_.clock.now();
    blind_ = co_await check(std::move(witness));
    begun_ = begun;
    co_return blind_;
}

asio::awaitable<bool> Sight::check(std::string witness) {
    auto addresses = gateways_();
    addresses.insert(addresses.end(), anchors_.begin(), anchors_.end());
    if (addresses.empty()) co_return false;
    std::vector<core::Observation> looks;
    for (const auto& address : addresses) {
        auto look = co_await probes::look_at(address, quick, ports_);
        if (core::look_of(look) == core::Look::good) co_return false;
        looks.push_back(std::move(look));
    }
    if (!witness.empty()) {
        auto look = co_await probes::look_at(std::move(witness), quick, ports_);
        looks.push_back(std::move(look));
    }
    co_return core::blind(looks);
}

}  // namespace rounds::daemon
