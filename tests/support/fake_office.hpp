// An office whose truth is known: which address is silent when.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "ports/clock.hpp"
#include "ports/echo_port.hpp"
#include "ports/resolver_port.hpp"

namespace rounds::tests {

/// Answers ping by a script on the wall clock's time line. Silence takes its timeout, answers their round-trip time.
class FakeOffice final : public ports::EchoPort, public ports::ResolverPort {
 public:
    explicit FakeOffice(ports::Clock& clock) : clock_(clock) {}

    /// From the beginning this address answers within `rtt`.
    void add(const std::string& address, core::Microseconds rtt = core::Microseconds{400});

    /// Silent in [from, until), and everything that hangs on it with it.
    void silence(const std::string& address, core::Period period);
    void hang(const std::string& address, const std::string& on) { upstream_[address] = on; }

    /// This share of packets (the first ones of each burst) gets lost in the period.
    void lose(const std::string& address, core::Period period, int packets);

    /// Nothing at all answers in the period: the cable of Rounds itself is out.
    void pull_the_cable(core::Period period) { cable_out_.push_back(period); }

    /// A name that resolves to an address.
    void name(const std::string& name, const std::string& address) { names_[name] = address; }
    void forget_name(const std::string& name) { names_.erase(name); }

    asio::awaitable<core::Result<core::EchoStats>> ask(asio::ip::address address,
                                                       core::EchoPlan plan) override;
    asio::awaitable<core::Result<asio::ip::address>> resolve(std::string name) override;

    [[nodiscard]] std::size_t asked() const { return asked_; }
    [[nodiscard]] bool answers(const std::string& address, core::WallTime at) const;

 private:
    struct Host {
        core::Microseconds rtt;
        std::vector<core::Period> silent;
        std::vector<std::pair<core::Period, int>> lossy;
    };
    [[nodiscard]] int lost_packets(const Host& host, core::WallTime at) const;

    ports::Clock& clock_;
    std::map<std::string, Host> hosts_;
    std::map<std::string, std::string> upstream_;
    std::map<std::string, std::string> names_;
    std::vector<core::Period> cable_out_;
    std::size_t asked_ = 0;
};

}  // namespace rounds::tests
