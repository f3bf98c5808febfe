#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "config/encoding.hpp"
#include "core/explanation.hpp"
#include "core/reading.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/facts_json.hpp"
#include "daemon/cli/progress_bar.hpp"
#include "daemon/cli/snmp_options.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/cli/verdict_table.hpp"
#include "daemon/cli/walk.hpp"

namespace rounds::daemon {

namespace {

/// What is to be inspected, and everything it hangs on.
struct Task {
    std::shared_ptr<const config::Setup> setup;
    std::set<core::SubjectId> only;  ///< Empty: everything due.
};

/// The configuration's devices by name, and whatever it does not know as an address.
Task task_of(const InspectOptions& options, config::Setup setup,
             const std::shared_ptr<const core::SnmpCredentials>& credentials) {
    Task task;
    std::vector<std::string> addresses;
    for (const auto& word : options.subjects) {
        const auto subject = setup.office.called(word);
        if (subject.empty()) {
            addresses.push_back(word);
        } else {
            task.only.insert(subject);
        }
    }
    const auto by_address = config::for_addresses(addresses, credentials);
    for (const auto& device : by_address->office.devices) {
        setup.office.devices.push_back(device);
        task.only.insert(core::subject_of(device.id));
    }
    // A person waits: the silent are asked again at once.
    const core::Duration soon = std::chrono::seconds(1);
    for (auto& device : setup.office.devices)
        device.ping.retry_interval = std::min(device.ping.retry_interval, soon);
    for (auto& link : setup.office.links)
        link.ping.retry_interval = std::min(link.ping.retry_interval, soon);
    // Asked for by name, it is inspected even if it is not due.
    for (auto& device : setup.office.devices) {
        if (task.only.contains(core::subject_of(device.id))) {
            device.monitor = true;
            device.lifecycle = core::Lifecycle::in_use;
        }
    }
    task.setup = std::make_shared<const config::Setup>(std::move(setup));
    return task;
}

/// Of every device that was asked by SNMP.
std::string explanation_of(const Walk& walked, const core::Profiles& profiles,
                           const core::Locale& locale) {
    std::string text;
    for (const auto& [device, seen] : walked.seen) {
        text += (text.empty() ? "" : "\n") + device->name + "\n";
        if (seen.answers == nullptr) {
            text += core::render(*seen.why_not(), locale) + "\n";
            continue;
        }
        text += core::explain(core::recognise(profiles, *seen.answers, config::from_gb18030),
                              *seen.answers, config::from_gb18030);
        for (const auto& missing : seen.missing) text += core::render(missing, locale) + "\n";
    }
    return text;
}

/// The worst of all: critical, then unknown, then warning.
int worst_code(const core::RoundRecord& record) {
    constexpr auto rank = [](int code) { return code == 2 ? 3 : code == 3 ? 2 : code; };
    int worst = 0;
    const auto heed = [&](core::Verdict verdict) {
        worst = std::max(worst, core::exit_code(verdict),
                         [&](int a, int b) { return rank(a) < rank(b); });
    };
    for (const auto& device : record.devices) heed(device.conclusion.verdict);
    for (const auto& link : record.links) heed(link.conclusion.verdict);
    return worst;
}

}  // namespace

int inspect(const InspectOptions& options) {
    config::Loaded loaded;
    if (options.config_given || std::filesystem::exists(options.config)) {
        loaded = config::load_all(options.config);
    } else if (options.subjects.empty()) {
        return complain(core::Error{
            core::Error::Kind::not_found,
            fmt::format("there is no {}: name addresses to inspect, or a file with --config",
                        options.config.string())});
    } else {
        loaded = config::without_file(usual_profiles());
    }
    if (!loaded.setup) return complain(loaded.problems);
    const auto credentials = credentials_of(options.snmp, *loaded.setup);
    if (!credentials) return complain(credentials.error());
    const auto task = task_of(options, *loaded.setup, *credentials);
    const auto locale = locale_of(*task.setup, options.locale);
    const auto walked = walk(task.setup, task.only, progress_bar(locale), options.explain);
    const auto& record = walked.record;
    if (options.explain)
        return say(explanation_of(walked, *task.setup->profiles, locale), worst_code(record));
    if (!options.json)
        return say(verdict_table(record, locale, wants_colours(stdout)), worst_code(record));
    std::string lines;
    for (const auto& device : record.devices) {
        const auto* facts = device.facts ? &*device.facts : nullptr;
        lines += facts_json(device, facts, device.findings, locale) + "\n";
    }
    for (const auto& link : record.links) lines += facts_json(link, locale) + "\n";
    return say(lines, worst_code(record));
}

}  // namespace rounds::daemon
