#include "daemon/cli/walk.hpp"

#include "config/encoding.hpp"
#include "daemon/poller.hpp"
#include "daemon/system/real_clock.hpp"
#include "probes/gateway.hpp"
#include "probes/icmp/engine.hpp"
#include "probes/resolver.hpp"
#include "probes/snmp/engine.hpp"

namespace rounds::daemon {

Walk walk(const std::shared_ptr<const config::Setup>& setup, const std::set<core::SubjectId>& only,
          Progress progress, bool keep_answers) {
    asio::io_context loop(1);
    RealClock clock;
    probes::IcmpEngine engine(loop.get_executor());
    probes::SystemResolver resolver(loop.get_executor());
    probes::SnmpEngine agents(loop.get_executor(), clock);
    const probes::Ports ports{clock, engine, resolver};
    const RecordTo nowhere{
        .changes = [](store::Changes) -> asio::awaitable<core::Result<void>> {
            co_return core::Result<void>{};
        },
        .look = [](const core::SubjectId&, core::WallTime, const core::EchoStats&) {}};
    const Beliefs no_beliefs;
    const ItemMemory no_items;
    Poller poller(setup, {no_beliefs, no_items}, ports, probes::default_gateways, nowhere,
                  loop.get_executor(), silent_log());
    SnmpPoller snmp(
        setup, {}, {{agents, clock, setup->profiles, config::from_gb18030, keep_answers}, resolver},
        [&poller](const core::SubjectId& id) { return poller.answers(id); },
        {.changes = nowhere.changes, .samples = [](const std::vector<store::Sample>&) {}},
        loop.get_executor(), silent_log());
    poller.ask_by_snmp_too([&snmp](const core::Device& device) { return snmp.answers(device); });

    const auto now = clock.wall();
    const Occasion occasion{
        .name = setup->daily.after, .scheduled = now, .by_hand = true, .covered = {now, now}};
    Walk walked;
    auto on_end = [&](std::exception_ptr failure, core::RoundRecord made) {
        loop.stop();
        if (failure) std::rethrow_exception(failure);
        walked.record = std::move(made);
    };
    asio::co_spawn(loop, make_round(poller, snmp, occasion, clock, std::move(progress), only),
                   on_end);
    loop.run();
    for (const auto& device : setup->office.devices) {
        const SnmpSubject* subject = snmp.find(core::subject_of(device.id));
        if (subject != nullptr && subject->last) walked.seen.emplace_back(&device, *subject->last);
    }
    return walked;
}

}  // namespace rounds::daemon
