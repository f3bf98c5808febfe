// IcmpEngine over many addresses of 127.0.0.0/8, which the kernel answers itself.
#include "tests/bench/ping_bench.hpp"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include "probes/icmp/engine.hpp"
#include "tests/bench/measure.hpp"

namespace rounds::bench {

namespace {

struct Sum {
    std::uint64_t sent = 0, received = 0, failed = 0;
    std::vector<std::int64_t> round_trips;  ///< Of each target the average, in microseconds.
};

/// 127.1.0.1 and on.
asio::ip::address target(int number) {
    return asio::ip::address_v4((127U << 24 | 1U << 16) + 1 + static_cast<unsigned>(number));
}

/// Takes the next target as long as there is one.
asio::awaitable<void> ask_on(probes::IcmpEngine& engine, const PingWork& work, int& next,
                             Sum& sum) {
    const core::EchoPlan plan{.packets = work.packets, .spacing = core::Duration(work.spacing)};
    while (next < work.targets) {
        const auto stats = co_await engine.ask(target(next++), plan);
        if (!stats) {
            ++sum.failed;
            continue;
        }
        sum.sent += static_cast<std::uint64_t>(stats->sent);
        sum.received += static_cast<std::uint64_t>(stats->received);
        if (stats->rtt) sum.round_trips.push_back(stats->rtt->avg.count());
    }
}

}  // namespace

std::string ping(const PingWork& work) {
    asio::io_context loop(1);
    probes::IcmpEngine engine(loop.get_executor(), work.rate);
    Sum sum;
    int next = 0;
    const Stretch stretch;
    for (int i = 0; i < work.at_once; ++i)
        asio::co_spawn(loop, ask_on(engine, work, next, sum), asio::detached);
    loop.run();
    std::ranges::sort(sum.round_trips);
    const auto median = sum.round_trips.empty() ? 0 : sum.round_trips[sum.round_trips.size() / 2];
    return fmt::format(
        R"({{"sent": {}, "received": {}, "failed": {}, "wall": {:.3f}, "cpu": {:.3f}, "rtt_us": {}, "memory": {:.0f}}})",
        sum.sent, sum.received, sum.failed, stretch.wall(), stretch.cpu(), median, peak_memory());
}

}  // namespace rounds::bench
