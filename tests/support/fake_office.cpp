#include "tests/support/fake_office.hpp"

#include <algorithm>

namespace rounds::tests {

namespace {

bool within(const std::vector<core::Period>& periods, core::WallTime at) {
    return std::ranges::any_of(periods,
                               [at](const core::Period& period) { return period.contains(at); });
}

core::EchoStats answered(const core::EchoPlan& plan, core::Microseconds rtt, int lost) {
    core::EchoStats stats{.sent = plan.packets, .received = plan.packets - lost};
    if (stats.received > 0) stats.rtt = core::RoundTrip{rtt, rtt, rtt};
    if (stats.received > 1) stats.jitter = core::Microseconds{0};
    return stats;
}

}  // namespace

void FakeOffice::add(const std::string& address, core::Microseconds rtt) {
    hosts_[address].rtt = rtt;
}

void FakeOffice::silence(const std::string& address, core::Period period) {
    hosts_.at(address).silent.push_back(period);
}

void FakeOffice::lose(const std::string& address, core::Period period, int packets) {
    hosts_.at(address).lossy.emplace_back(period, packets);
}

bool FakeOffice::answers(const std::string& address, core::WallTime at) const {
    if (within(cable_out_, at)) return false;
    const auto host = hosts_.find(address);
    if (host == hosts_.end() || within(host->second.silent, at)) return false;
    const auto on = upstream_.find(address);
    return on == upstream_.end() || answers(on->second, at);
}

int FakeOffice::lost_packets(const Host& host, core::WallTime at) const {
    for (const auto& [period, packets] : host.lossy) {
        if (period.contains(at)) return packets;
    }
    return 0;
}

asio::awaitable<core::Result<core::EchoStats>> FakeOffice::ask(asio::ip::address address,
                                                               core::EchoPlan plan) {
    ++asked_;
    const auto text = address.to_string();
    const auto begun = clock_.wall();
    const bool answer = answers(text, begun);
    const auto rtt = answer ? hosts_.at(text).rtt : core::Microseconds{0};
    const auto took = plan.spacing * (plan.packets - 1) +
                      (answer ? std::chrono::ceil<core::Duration>(rtt) : plan.timeout);
    co_await clock_.sleep_until(clock_.now() + took);
    const int lost =
        answer ? std::min(lost_packets(hosts_.at(text), begun), plan.packets) : plan.packets;
    co_return answered(plan, rtt, lost);
}

asio::awaitable<core::Result<asio::ip::address>> FakeOffice::resolve(std::string name) {
    boost::system::error_code not_literal;
    const auto literal = asio::ip::make_address(name, not_literal);
    if (!not_literal) co_return literal;
    const auto found = names_.find(name);
    if (found == names_.end()) {
        co_return core::Error{core::Error::Kind::not_found,
                              name + " does not resolve: no such name"};
    }
    co_return asio::ip::make_address(found->second);
}

}  // namespace rounds::tests
