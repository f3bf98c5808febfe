// ICMP echo for many targets over one socket per family.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ports/asio.hpp"
#include "ports/echo_port.hpp"

namespace rounds::probes {

/// The EchoPort of production. One socket per family, SOCK_DGRAM first and SOCK_RAW else; requests leave in
/// small batches (sendmmsg), replies are read in batches with the kernel's receive time stamp. Lives on
/// `executor`'s thread.
class IcmpEngine final : public ports::EchoPort {
public:
    struct Family {
        enum class Socket { none, datagram, raw };
        Socket socket = Socket::none;
        std::string trouble;   ///< Why there is none, and how to mend it; empty when there is one.
    };
    struct Counters {
        std::uint64_t sent = 0, received = 0, duplicates = 0, late = 0, foreign = 0, nonsense = 0;
    };

    explicit IcmpEngine(asio::any_io_executor executor);
    ~IcmpEngine() override;

    [[nodiscard]] const Family& ipv4() const;
    [[nodiscard]] const Family& ipv6() const;
    [[nodiscard]] const Counters& counters() const;

    asio::awaitable<core::Result<core::EchoStats>> ask(asio::ip::address address, core::EchoPlan plan) override;

private:
    class Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace rounds::probes
