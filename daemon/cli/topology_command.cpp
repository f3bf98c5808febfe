#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/progress_bar.hpp"
#include "daemon/cli/sightings.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/cli/table.hpp"
#include "daemon/cli/walk.hpp"
#include "daemon/system/real_clock.hpp"
#include "probes/gate.hpp"
#include "probes/gateway.hpp"
#include "probes/resolver.hpp"
#include "probes/snmp/engine.hpp"

namespace rounds::daemon {

namespace {

using core::Attachment;
using core::MessageId;
using Json = nlohmann::ordered_json;

/// A table of 10,000 addresses takes a slow switch a minute; nobody waits longer for one.
constexpr core::Duration longest_reading = std::chrono::minutes(2);
constexpr std::size_t most_at_once = 50;

/// Resolves every device's name and reads the tables of those that answered by SNMP.
void read_tables(std::vector<ToldDevice>& told) {
    asio::io_context loop(1);
    RealClock clock;
    probes::SystemResolver resolver(loop.get_executor());
    probes::SnmpEngine engine(loop.get_executor(), clock);
    const auto places = std::make_shared<probes::Gate>(loop.get_executor(), most_at_once);
    const auto read = [&](ToldDevice& one) -> asio::awaitable<void> {
        const auto place = co_await probes::Gate::enter(places, core::SteadyTime::max());
        const auto address = co_await resolver.resolve(one.device->address);
        if (!address) co_return;
        one.address = address->to_string();
        if (one.facts == nullptr) co_return;
        const ports::SnmpAgent agent{*address, one.device->credentials, one.device->snmp.plan};
        const auto deadline = clock.now() + longest_reading;
        one.tables = co_await probes::read_forwarding(agent, engine, deadline);
    };
    std::exception_ptr failure;
    for (ToldDevice& one : told) {
        asio::co_spawn(loop, read(one), [&failure](std::exception_ptr thrown) {
            if (thrown) failure = thrown;
        });
    }
    loop.run();
    if (failure) std::rethrow_exception(failure);
}

/// The archive, and what was found beside it.
struct Finding {
    std::map<core::DeviceId, const core::Device*> devices;
    std::set<core::DeviceId> read;  ///< Whose tables were.
    std::vector<Attachment> places;

    [[nodiscard]] const core::Device* find(const core::DeviceId& id) const {
        const auto found = devices.find(id);
        return found == devices.end() ? nullptr : found->second;
    }
};

/// The archive may know more: what hangs on something that nobody can read, and that on this one, hangs on this one.
bool agrees(const Finding& found, const core::Device& device, const Attachment& place) {
    const core::Device* above = found.find(device.upstream);
    for (std::size_t steps = 0; above != nullptr && steps < found.devices.size(); ++steps) {
        if (above->id == place.upstream) return true;
        above = found.read.contains(above->id) ? nullptr : found.find(above->upstream);
    }
    return false;
}

MessageId word_of(Attachment::By by) {
    switch (by) {
        case Attachment::By::neighbor: return MessageId::cli_by_neighbor;
        case Attachment::By::table: return MessageId::cli_by_table;
        case Attachment::By::beyond: return MessageId::cli_by_beyond;
    }
    return MessageId::cli_by_table;
}

std::string remark(const Finding& found, const core::Device& device, const Attachment& place,
                   const core::Locale& locale) {
    if (device.upstream.empty()) return core::render({MessageId::cli_archive_silent}, locale);
    if (agrees(found, device, place)) return {};
    const std::string name = core::printable(found.find(device.upstream)->name, 40);
    return core::render({MessageId::cli_archive_differs, {{"name", name}}}, locale);
}

std::string as_table(const Finding& found, const core::Locale& locale) {
    const auto say = [&](MessageId id) { return core::render({id}, locale); };
    std::vector<std::vector<std::string>> rows{
        {say(MessageId::cli_device), say(MessageId::cli_hangs_on), say(MessageId::cli_port),
         say(MessageId::cli_known_by), say(MessageId::cli_remark)}};
    for (const Attachment& place : found.places) {
        const core::Device& device = *found.find(place.device);
        rows.push_back({core::printable(device.name, 40),
                        core::printable(found.find(place.upstream)->name, 40),
                        core::printable(place.port, 40), say(word_of(place.by)),
                        remark(found, device, place, locale)});
    }
    if (rows.size() == 1) return say(MessageId::cli_nothing_hangs) + "\n";
    return table(rows);
}

std::string as_json(const Finding& found) {
    std::string lines;
    for (const Attachment& place : found.places) {
        const core::Device& device = *found.find(place.device);
        Json line{{"device", device.name},
                  {"upstream", found.find(place.upstream)->name},
                  {"port", place.port},
                  {"by", core::word(place.by)}};
        if (const core::Device* declared = found.find(device.upstream)) {
            line["archive_upstream"] = declared->name;
            line["agrees"] = agrees(found, device, place);
        }
        lines += line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return lines;
}

/// What of a device's tables is not there: of switches that say nothing this is the reason.
void tell_missing(const std::vector<ToldDevice>& told, const core::Locale& locale) {
    for (const ToldDevice& one : told) {
        if (one.tables.missing.empty()) continue;
        fmt::print(stderr, "rounds: {}: {}\n", core::printable(one.device->name, 40),
                   core::render(one.tables.missing.front(), locale));
    }
}

std::vector<ToldDevice> told_in(const config::Setup& setup, const Walk& walked) {
    std::vector<ToldDevice> told;
    auto seen = walked.seen.begin();  // in the order of the archive
    for (const auto& device : setup.office.devices) {
        ToldDevice one{.device = &device, .address = {}, .facts = nullptr, .tables = {}};
        if (seen != walked.seen.end() && seen->first == &device)
            one.facts = (seen++)->second.facts();
        if (!device.address.empty()) told.push_back(std::move(one));
    }
    return told;
}

}  // namespace

int topology(const TopologyOptions& options) {
    auto loaded = config::load_all(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto setup = std::make_shared<const config::Setup>(*std::move(loaded.setup));
    const auto locale = locale_of(*setup, options.locale);
    const Walk walked = walk(setup, {}, progress_bar(locale));
    auto told = told_in(*setup, walked);
    read_tables(told);
    tell_missing(told, locale);
    const auto gateways = probes::default_gateways();
    Finding found;
    for (const auto& device : setup->office.devices) found.devices.emplace(device.id, &device);
    const auto sightings = sightings_of(told, probes::own_addresses(), gateways);
    for (const auto& view : sightings.views) found.read.insert(view.device);
    found.places = core::attachments(sightings);
    const bool all_agree = std::ranges::all_of(found.places, [&](const Attachment& place) {
        const core::Device& device = *found.find(place.device);
        return device.upstream.empty() || agrees(found, device, place);
    });
    return say(options.json ? as_json(found) : as_table(found, locale), all_agree ? 0 : 1);
}

}  // namespace rounds::daemon
