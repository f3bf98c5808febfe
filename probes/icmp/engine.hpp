// ICMP echo for many targets over one socket per family.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ports/asio.hpp"
#include "ports/echo_port.hpp"

namespace rounds::probes {

/// The EchoPort of production. One socket per family, SOCK_DGRAM first and SOCK_RAW else; requests
/// leave in small batches (sendmmsg), replies are read in batches with the kernel's receive time
/// stamp. Lives on `executor`'s thread.
class IcmpEngine final : public ports::EchoPort {
 public:
    struct Family {
        enum class Socket { none, datagram, raw };
        Socket socket = Socket::none;
        std::string trouble;  ///< Why there is none, and how to mend it; empty when there is one.
        int receive_buffer =
            0;  ///< Bytes the kernel granted (net.core.rmem_max without CAP_NET_ADMIN).
    };
    /// Since the start. Replies are read while any ask is under way; what arrives between asks is
    /// counted at the next one.
    struct Counters {
        std::uint64_t sent = 0, received = 0, duplicates = 0, late = 0, foreign = 0, nonsense = 0;
    };

    /// Half of a 100 Mbit/s port: a rush of bursts must not overflow a switch and be lost by our
    /// own doing.
    static constexpr int usual_rate = 50'000;

    /// Packets leave at most at `packets_per_second` (at least 1), and slower where the kernel
    /// grants a small receive buffer.
    explicit IcmpEngine(asio::any_io_executor executor, int packets_per_second = usual_rate);
    /// Asks under way end with unavailable.
    ~IcmpEngine() override;

    [[nodiscard]] const Family& ipv4() const;
    [[nodiscard]] const Family& ipv6() const;
    [[nodiscard]] const Counters& counters() const;

    asio::awaitable<core::Result<core::EchoStats>> ask(asio::ip::address address,
                                                       core::EchoPlan plan) override;

 private:
    class Inside;
    std::shared_ptr<Inside> inside_;  ///< Shared with the coroutines that wait.
};

}  // namespace rounds::probes
