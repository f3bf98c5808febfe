#include "config/load.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "config/archive.hpp"
#include "config/files.hpp"
#include "config/profiles.hpp"
#include "config/references.hpp"
#include "config/sections.hpp"
#include "config/values.hpp"
#include "core/check_item.hpp"

namespace rounds::config {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_yaml = std::uintmax_t{16} << 20;
constexpr std::size_t most_files = 1000;

/// What was written in YAML, all files as one map.
struct Tree {
    std::optional<Node> root;  ///< Empty when there is nothing to go on with.
    bool complete = true;      ///< Could every file be read to its end?
};

/// One file's tree; empty when there is nothing in it, and with a problem.
std::optional<Node> read_yaml(const fs::path& file, const Environment& environment,
                              Problems& problems, bool& complete) {
    const int number = problems.open(file);
    const auto text = read_file(file, largest_yaml);
    if (!text) {
        problems.add({number}, text.error().message);
        complete = false;
        return std::nullopt;
    }
    const std::size_t before = problems.count();
    auto tree = parse_yaml(*text, number, problems);
    if (!tree && problems.count() > before) complete = false;
    if (tree) expand(*tree, environment, problems);
    return tree;
}

/// conf.d/*.yaml beside the file, in name order. A name that would be passed over in silence is a problem.
std::vector<fs::path> additions(const fs::path& folder, Problems& problems) {
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const fs::path& file = entry->path();
        if (file.extension() == ".yaml" && !file.filename().string().starts_with('.'))
            files.push_back(file);
        if (file.extension() == ".yml")
            problems.add({problems.open(file)}, "is not read; rename it to end in .yaml");
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        problems.add({problems.open(folder)}, fmt::format("cannot be read: {}", error.message()));
    }
    if (files.size() > most_files) {
        problems.add({problems.open(folder)},
                     fmt::format("has more than {} files; join some", most_files));
        files.clear();
    }
    std::ranges::sort(files);
    return files;
}

Tree read_tree(const fs::path& file, const Environment& environment, Problems& problems) {
    Tree tree;
    tree.root = read_yaml(file, environment, problems, tree.complete);
    if (tree.complete && (!tree.root || tree.root->kind == Node::Kind::nothing)) {
        problems.add(
            {},
            "is empty; the least is a device: `devices: [{name: gateway, address: 192.168.1.1}]`");
        tree.root.reset();
    }
    for (const fs::path& addition : additions(file.parent_path() / "conf.d", problems)) {
        std::optional<Node> more = read_yaml(addition, environment, problems, tree.complete);
        if (tree.root && more) merge(*tree.root, std::move(*more), {}, problems);
    }
    return tree;
}

void read_archives(std::span<const Node> files, Problems& problems, Draft& draft) {
    for (const Node& node : files) {
        const auto name = path(node.text);
        if (node.kind != Node::Kind::scalar || !name) {
            problems.add(node.at, "archive: names a CSV file, such as devices.csv");
            continue;
        }
        const fs::path file = problems.file(node.at).parent_path() / *name;
        if (auto rows = read_archive(file, node.at, problems)) {
            for (const Node& row : *rows)
                draft.devices.push_back(read_device(row, draft.defaults, problems));
        } else {
            draft.complete = false;
        }
    }
}

/// Those of devices and those of links.
std::span<const std::string_view> items_of_a_site() {
    static const auto words = [] {
        const auto of_devices = core::limited_item_words();
        const auto of_links = core::link_item_words();
        std::vector<std::string_view> both(of_devices.begin(), of_devices.end());
        both.insert(both.end(), of_links.begin(), of_links.end());
        return both;
    }();
    return words;
}

/// The top of the configuration: its sections.
void read_sections(const Node& tree, Problems& problems, Draft& draft) {
    Section keys(tree, "the configuration", problems);
    if (const Node* site = keys.map("site")) read_site(*site, problems, draft);
    if (const Node* calendars = keys.map("calendars")) read_calendars(*calendars, problems, draft);
    if (const Node* polling = keys.map("polling")) read_polling(*polling, problems, draft);
    if (const Node* limits = keys.map("thresholds"))
        read_thresholds(*limits, items_of_a_site(), "thresholds", problems, draft.defaults.site);
    read_classes(keys.entries("classes"), problems, draft.defaults);
    read_people(keys.entries("people"), problems, draft);
    read_credentials(keys.entries("credentials"), problems, draft);
    for (const Node& device : keys.items("devices"))
        draft.devices.push_back(read_device(device, draft.defaults, problems));
    read_archives(keys.items("archive"), problems, draft);
    read_links(keys.items("links"), problems, draft);
    read_rounds(keys.items("rounds"), problems, draft);
    if (const Node* reports = keys.map("reports")) read_reports(*reports, problems, draft);
    if (const Node* incidents = keys.map("incidents")) read_incidents(*incidents, problems, draft);
    read_hooks(keys.items("hooks"), problems, draft);
    if (const Node* storage = keys.map("storage")) read_storage(*storage, problems, draft);
    if (const Node* api = keys.map("api")) read_api(*api, problems, draft);
    keys.not_yet({"duty", "profiles", "maintenance", "silences"});
    if (draft.devices.empty() && draft.links.empty() && draft.complete && problems.empty()) {
        problems.add({tree.at.file},
                     "there is nothing to inspect; list devices under devices, or name a CSV file "
                     "under archive");
    }
}

core::Calendar calendar(const Draft& draft) {
    core::TimeZone zone = draft.zone ? *draft.zone : local_time_zone();
    std::vector<core::HoursRule> rules = draft.calendar.rules;
    if (rules.empty()) {
        core::HoursRule usual;
        for (std::size_t day = 1; day <= 5; ++day) usual.weekdays.set(day);
        usual.times = {{.from = 9 * 60, .until = 18 * 60}};
        rules.push_back(std::move(usual));
    }
    return {std::move(zone), std::move(rules), draft.calendar.holidays,
            draft.calendar.make_up_days};
}

Setup finish(const Draft& draft, Problems& problems) {
    Setup setup{.language = draft.language,
                .calendar = calendar(draft),
                .office = link_up(draft, problems),
                .rounds = plan_rounds(draft, problems),
                .daily = {}};
    for (const auto& known : draft.credentials) setup.credentials.push_back(known.credentials);
    setup.daily = plan_daily(draft, setup.rounds, problems);
    setup.incidents = draft.incidents;
    setup.hooks = draft.hooks;
    setup.site = draft.site.value_or(setup.site);
    setup.reports = draft.reports.value_or(draft.state ? *draft.state / "reports" : setup.reports);
    setup.socket = draft.socket.value_or(setup.socket);
    setup.state = draft.state.value_or(setup.state);
    setup.keep_samples_days = draft.keep_samples_days.value_or(setup.keep_samples_days);
    setup.keep_days = draft.keep_days.value_or(setup.keep_days);
    return setup;
}

}  // namespace

Loaded load(const fs::path& file, const Environment& environment) {
    Problems problems;
    Loaded loaded;
    if (const Tree tree = read_tree(file, environment, problems); tree.root) {
        Draft draft;
        draft.complete = tree.complete;
        read_sections(*tree.root, problems, draft);
        Setup setup = finish(draft, problems);
        if (problems.empty()) loaded.setup = std::make_shared<const Setup>(std::move(setup));
    }
    loaded.problems = problems.sorted();
    return loaded;
}

Loaded load_all(const fs::path& file, const Environment& environment) {
    Loaded loaded = load(file, environment);
    auto [profiles, problems] = load_profiles(file.parent_path() / "profiles");
    loaded.problems.insert(loaded.problems.end(), problems.begin(), problems.end());
    if (!loaded.setup || !profiles) return {nullptr, std::move(loaded.problems)};
    Setup setup = *loaded.setup;
    setup.profiles = std::move(profiles);
    loaded.setup = std::make_shared<const Setup>(std::move(setup));
    return loaded;
}

Loaded without_file(const std::optional<fs::path>& profiles_folder) {
    auto [profiles, problems] = load_profiles(profiles_folder);
    if (!profiles) return {nullptr, std::move(problems)};
    Setup setup = *for_addresses({});
    setup.profiles = std::move(profiles);
    return {std::make_shared<const Setup>(std::move(setup)), std::move(problems)};
}

std::shared_ptr<const Setup> for_addresses(
    const std::vector<std::string>& addresses,
    const std::shared_ptr<const core::SnmpCredentials>& credentials) {
    Draft draft;
    std::unordered_set<std::string> seen;
    for (const std::string& address : addresses) {
        if (!seen.insert(address).second) continue;
        DeviceDraft device;
        device.device.id.value = device.device.name = device.device.address = address;
        draft.devices.push_back(std::move(device));
    }
    Problems problems;  // Nothing refers to anything: there can be none.
    Setup setup = finish(draft, problems);
    for (auto& device : setup.office.devices) device.credentials = credentials;
    return std::make_shared<const Setup>(std::move(setup));
}

}  // namespace rounds::config
