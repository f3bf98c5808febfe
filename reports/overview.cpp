// Section: is everything all right?
#include "reports/content.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::Message;
using core::MessageId;
using core::Overall;

core::Tally tally(const Day& day) {
    core::Tally tally;
    for (const core::DeviceResult& device : day.round().devices)
        tally.add(device.conclusion.verdict);
    return tally;
}

namespace {

bool grave(const Trouble& trouble) {
    return trouble.severity <= core::Severity::second;
}

// Links are no devices and not in the tally people see, but a failing link is as wrong as a failing
// device.
Overall judge(const Day& day, const std::vector<Trouble>& troubles) {
    core::Tally all = tally(day);
    for (const core::LinkResult& link : day.round().links) all.add(link.conclusion.verdict);
    bool grave_open = false, light_open = false;
    for (const Trouble& trouble : troubles) {
        if (trouble.kind == Trouble::Kind::finding || !trouble.open()) continue;
        (grave(trouble) ? grave_open : light_open) = true;
    }
    return core::overall(all, grave_open, light_open);
}

Message title(Overall overall, const Day& day, const std::vector<Trouble>& troubles) {
    if (day.round().devices.empty() && day.round().links.empty())
        return {MessageId::report_overall_nothing};
    if (overall == Overall::normal) return {MessageId::report_overall_normal};
    if (overall == Overall::mostly_normal) return {MessageId::report_overall_mostly};
    std::int64_t wrong = 0;
    for (const Trouble& trouble : troubles) {
        const bool lasts = trouble.open() || trouble.wrong();
        if (lasts && trouble.verdict == core::Verdict::critical) ++wrong;
    }
    return {MessageId::report_overall_abnormal, {{"count", wrong}}};
}

Figure figure(std::string key, MessageId title,
              std::vector<std::pair<std::string, Content>> values) {
    Figure figure{.key = std::move(key), .title = {title}, .values = {}, .value_keys = {}};
    for (auto& [name, value] : values) {
        figure.value_keys.push_back(std::move(name));
        figure.values.push_back(std::move(value));
    }
    return figure;
}

std::optional<core::Ratio> network_availability(const Day& day) {
    Measured sum;
    for (const core::DeviceResult& device : day.round().devices) {
        if (is_network(device.device_class)) sum += day.measured_at_work(subject_of(device.id));
    }
    return sum.availability();
}

Figures figures(const Day& day, const std::vector<Trouble>& troubles) {
    const core::Tally devices = tally(day);
    const TroubleCounts counts = count(troubles, day);
    return {{
        figure("due", MessageId::report_figure_due,
               {{"due", number(devices.due)},
                {"done", number(devices.done)},
                {"missed", number(devices.missed)}}),
        figure("ok", MessageId::report_figure_ok, {{"ok", number(devices.ok)}}),
        figure("wrong", MessageId::report_figure_wrong,
               {{"critical", number(devices.critical)}, {"warning", number(devices.warning)}}),
        figure("off", MessageId::report_figure_off, {{"off", number(devices.off)}}),
        figure("maintenance", MessageId::report_figure_maintenance,
               {{"maintenance", number(devices.maintenance)}}),
        figure("availability", MessageId::report_figure_availability,
               {{"network_availability_ratio", share(network_availability(day))}}),
        figure("outages", MessageId::report_figure_troubles,
               {{"new", number(counts.fresh)},
                {"recovered", number(counts.recovered)},
                {"open", number(counts.open)}}),
    }};
}

}  // namespace

Section overview(const Day& day, const std::vector<Trouble>& troubles) {
    const Overall overall = judge(day, troubles);
    Headline headline{.overall = overall,
                      .title = title(overall, day, troubles),
                      .sentences = sentences(day, troubles)};
    return {.key = "overview",
            .title = {MessageId::report_overview},
            .blocks = {std::move(headline), figures(day, troubles)},
            .numbered = false};
}

}  // namespace rounds::reports
