// SnmpEngine over many agents of rounds-office.
#include "tests/bench/snmp_bench.hpp"

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include "daemon/system/real_clock.hpp"
#include "probes/snmp/engine.hpp"
#include "tests/bench/measure.hpp"

namespace rounds::bench {

namespace {

using core::Oid;

const Oid if_entry({1, 3, 6, 1, 2, 1, 2, 2, 1});

/// What of ifTable is read: ten columns as monitoring reads them.
std::vector<Oid> columns() {
    std::vector<Oid> all;
    for (const Oid::Part column : {2, 3, 5, 7, 8, 10, 13, 14, 16, 20})
        all.push_back(if_entry.with(column));
    return all;
}

/// The same of one interface.
std::vector<Oid> values() {
    std::vector<Oid> all;
    for (const Oid& column : columns()) all.push_back(column.with(Oid::Part{1}));
    return all;
}

struct Sum {
    std::uint64_t polls = 0, values = 0, failed = 0;
};

std::size_t present(const std::vector<core::SnmpVariable>& variables) {
    std::size_t count = 0;
    for (const auto& variable : variables) count += variable.value.present() ? 1 : 0;
    return count;
}

class Asker {
 public:
    explicit Asker(const SnmpWork& work)
        : work_(work), first_(asio::ip::make_address_v4(work.first).to_uint()) {
        auto credentials = std::make_shared<core::SnmpCredentials>();
        credentials->name = "bench";
        credentials->community = "public";
        if (work.v3) {
            credentials->version = core::SnmpVersion::v3;
            credentials->user = "rounds";
            credentials->auth = core::SnmpAuth::sha1;
            credentials->auth_password = "bench-password";
            credentials->priv = core::SnmpPriv::aes128;
            credentials->priv_password = "bench-password";
        }
        credentials_ = std::move(credentials);
    }

    /// Takes the next agent as long as there is one.
    asio::awaitable<void> ask_on(probes::SnmpEngine& engine) {
        while (next_ < work_.agents * work_.times) {
            const int number = next_++ % work_.agents;
            const asio::ip::address address =
                asio::ip::address_v4(first_ + static_cast<unsigned>(number));
            const ports::SnmpAgent agent{address, credentials_, {}};
            std::size_t read = 0;
            if (work_.what == SnmpWork::What::values)
                read = co_await get(engine, agent);
            else
                read = co_await walk(engine, agent);
            sum_.values += read;
            ++(read > 0 ? sum_.polls : sum_.failed);
        }
    }

    [[nodiscard]] const Sum& sum() const { return sum_; }

 private:
    asio::awaitable<std::size_t> get(probes::SnmpEngine& engine, const ports::SnmpAgent& agent) {
        const auto answer = co_await engine.get(agent, values_, core::SteadyTime::max());
        if (!answer || !std::holds_alternative<std::vector<core::SnmpVariable>>(*answer))
            co_return 0;
        co_return present(std::get<std::vector<core::SnmpVariable>>(*answer));
    }
    asio::awaitable<std::size_t> walk(probes::SnmpEngine& engine, const ports::SnmpAgent& agent) {
        const ports::SnmpBounds bounds;
        const auto table = co_await engine.walk(agent, columns_, bounds);
        std::size_t count = 0;
        if (table && table->end == ports::SnmpTable::End::whole)
            for (const auto& column : table->columns) count += present(column);
        co_return count;
    }

    const SnmpWork& work_;
    unsigned first_;
    std::shared_ptr<const core::SnmpCredentials> credentials_;
    const std::vector<Oid> columns_ = columns(), values_ = values();
    int next_ = 0;
    Sum sum_;
};

}  // namespace

std::string snmp(const SnmpWork& work) {
    asio::io_context loop(1);
    daemon::RealClock clock;
    probes::SnmpEngine engine(loop.get_executor(), clock);
    Asker asker(work);
    const Stretch stretch;
    for (int i = 0; i < work.at_once; ++i)
        asio::co_spawn(loop, asker.ask_on(engine), asio::detached);
    loop.run();
    const auto& [polls, values, failed] = asker.sum();
    return fmt::format(
        R"({{"polls": {}, "values": {}, "failed": {}, "sent": {}, "resent": {}, "wall": {:.3f}, "cpu": {:.3f}, "memory": {:.0f}}})",
        polls, values, failed, engine.counters().sent, engine.counters().resent, stretch.wall(),
        stretch.cpu(), peak_memory());
}

}  // namespace rounds::bench
