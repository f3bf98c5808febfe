// Section: printers and copiers.
#include <algorithm>
#include <array>

#include "reports/content.hpp"
#include "reports/device_table.hpp"
#include "reports/over_time.hpp"
#include "reports/readings.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::MessageId;
using core::SupplyFacts;

namespace {

constexpr std::size_t most_trays = 6;  // more are drawers of a finisher

// The colours in the order of K / C / M / Y, by what a device may call them.
struct Colour {
    std::string_view key;
    std::array<std::string_view, 3> names;
};
constexpr std::array<Colour, 4> colours{{{"black", {"black", "黑", "黑"}},
                                         {"cyan", {"cyan", "青", "青"}},
                                         {"magenta", {"magenta", "品红", "洋红"}},
                                         {"yellow", {"yellow", "黄", "黄"}}}};

std::string lower(std::string words) {
    for (char& c : words) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return words;
}

bool prints(const SupplyFacts& supply) {
    return supply.type == "toner" || supply.type == "ink";
}

// The colour is told, or else the name says it.
bool has(const SupplyFacts& supply, const Colour& colour) {
    const std::string told = lower(supply.color);
    if (!told.empty() && told != "unknown" && told != "other") return told == colour.key;
    const std::string descr = lower(supply.descr);
    return std::ranges::any_of(
        colour.names, [&](std::string_view name) { return descr.find(name) != std::string::npos; });
}

// Of several of a colour the emptiest.
Content left_of(const std::vector<const SupplyFacts*>& supplies) {
    const SupplyFacts* least = nullptr;
    for (const SupplyFacts* supply : supplies) {
        const bool less = supply->percent && (least == nullptr || !least->percent ||
                                              *supply->percent < *least->percent);
        if (least == nullptr || less) least = supply;
    }
    return least == nullptr ? Absent{} : level(least->percent, least->state);
}

Cell supplies(const DeviceResult& device, const Day&) {
    Cell cell{.content = Absent{}};
    if (!device.facts) return cell;
    std::array<std::vector<const SupplyFacts*>, colours.size()> of_colour;
    std::vector<const SupplyFacts*> all;
    for (const SupplyFacts& supply : device.facts->supplies) {
        if (!prints(supply)) continue;
        all.push_back(&supply);
        const auto colour =
            std::ranges::find_if(colours, [&](const Colour& one) { return has(supply, one); });
        if (colour != colours.end())
            of_colour[static_cast<std::size_t>(colour - colours.begin())].push_back(&supply);
    }
    if (all.size() == 1) of_colour = {{all, {}, {}, {}}};  // one, whatever it calls itself
    cell.content = left_of(of_colour[0]);
    const bool colour_printer = std::any_of(of_colour.begin() + 1, of_colour.end(),
                                            [](const auto& some) { return !some.empty(); });
    if (colour_printer)
        for (std::size_t i = 1; i < colours.size(); ++i) cell.also.push_back(left_of(of_colour[i]));
    return cell;
}

Cell trays(const DeviceResult& device, const Day&) {
    Cell cell{.content = Absent{}};
    if (!device.facts) return cell;
    const auto& all = device.facts->trays;
    for (std::size_t i = 0; i < all.size() && i < most_trays; ++i) {
        Content content = level(all[i].percent, all[i].state);
        if (i == 0)
            cell.content = std::move(content);
        else
            cell.also.push_back(std::move(content));
    }
    return cell;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) {
        if (line.find_first_not_of(' ') == std::string::npos) continue;
        if (!all.empty()) all += " / ";
        all += line;
    }
    return all;
}

Cell panel(const DeviceResult& device, const Day&) {
    if (!device.facts) return {.content = Absent{}};
    std::vector<std::string> alerts;
    for (const core::AlertFacts& alert : device.facts->alerts) {
        if (alert.severity != core::Verdict::ok) alerts.push_back(alert.descr);
    }
    return {.content = text(joined(device.facts->console_text)), .under = {text(joined(alerts))}};
}

std::vector<DeviceColumn> columns() {
    Column left{.key = "supplies.black",
                .title = {MessageId::report_supplies_left},
                .also_keys = {"supplies.cyan", "supplies.magenta", "supplies.yellow"}};
    Column tray{.key = "trays.1", .title = {MessageId::report_trays}, .yields = true};
    for (std::size_t i = 2; i <= most_trays; ++i)
        tray.also_keys.push_back("trays." + std::to_string(i));
    return {
        {{.key = "printer_state", .title = {MessageId::report_state}},
         [](const DeviceResult& device, const Day&) {
             return device.facts ? states_of(*device.facts, {"printer"})
                                 : Cell{.content = Absent{}};
         }},
        {std::move(left), supplies},
        {std::move(tray), trays},
        {{.key = "supply_days_left",
          .title = {MessageId::report_days_left},
          .number = true,
          .under_keys = {"supply_first_empty"},
          .yields = true},
         [](const DeviceResult& device, const Day& day) {
             return days_left(day, subject_of(device.id), "supplies", core::RunsTo::empty);
         }},
        {{.key = "pages_in_period",
          .title = {MessageId::report_pages_in_period},
          .number = true,
          .yields = true},
         [](const DeviceResult& device, const Day& day) {
             return Cell{.content = pages(day, subject_of(device.id))};
         }},
        {{.key = "page_count", .title = {MessageId::report_pages}, .number = true, .yields = true},
         [](const DeviceResult& device, const Day&) {
             const bool counts = device.facts && device.facts->page_count;
             return Cell{.content = counts ? number(*device.facts->page_count) : Absent{}};
         }},
        {{.key = "console_text",
          .title = {MessageId::report_panel},
          .under_keys = {"alerts"},
          .yields = true},
         panel},
    };
}

}  // namespace

std::optional<Section> printers(const Day& day) {
    return device_section({.key = "printers",
                           .title = MessageId::report_printers,
                           .remark = MessageId::report_printers_remark,
                           .classes = {core::DeviceClass::printer},
                           .told = columns()},
                          day);
}

}  // namespace rounds::reports
