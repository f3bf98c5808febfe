#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/encoding.hpp"
#include "config/files.hpp"
#include "config/profiles.hpp"
#include "core/explanation.hpp"
#include "core/reading.hpp"
#include "core/text.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/recorded_look.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/cli/table.hpp"

namespace rounds::daemon {

namespace {

constexpr std::uintmax_t largest_recording = std::uintmax_t{256} << 20;

config::LoadedProfiles profiles_of(
    const ProfileOptions& options,
    config::ProfileReading reading = config::ProfileReading::when_needed) {
    if (options.shipped) return config::load_profiles({}, options.files, reading);
    if (!options.folder) return config::load_profiles(usual_profiles(), options.files, reading);
    std::error_code error;
    if (std::filesystem::is_directory(*options.folder, error))
        return config::load_profiles(options.folder, options.files, reading);
    return {nullptr, {{options.folder->string(), 0, 0, "there is no such folder"}}};
}

/// What a profile says of the devices it recognises: its vendors and their classes.
struct Known {
    std::string vendor, classes, name, title;
    friend auto operator<=>(const Known&, const Known&) = default;
};

std::vector<Known> known_by(const core::Profile& profile) {
    std::map<std::string, std::set<std::string>> classes;
    for (const auto& recogniser : profile.recognisers) {
        auto& mine = classes[recogniser.vendor];
        if (recogniser.device_class) mine.insert(std::string(core::word(*recogniser.device_class)));
    }
    std::vector<Known> all;
    for (const auto& [vendor, words] : classes)
        all.push_back(
            {vendor, fmt::format("{}", fmt::join(words, ", ")), profile.name, profile.title});
    return all;
}

std::vector<Known> everything_known(const core::Profiles& profiles) {
    std::vector<Known> all;
    for (const auto& profile : profiles.all)
        std::ranges::move(known_by(profile), std::back_inserter(all));
    std::ranges::sort(all, {}, [](const Known& one) {
        std::string folded = one.vendor;
        for (char& c : folded) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return std::tuple(folded, one.name);
    });
    return all;
}

}  // namespace

int list_profiles(const ProfileOptions& options) {
    const auto loaded = profiles_of(options);
    if (!loaded.profiles) return complain(loaded.problems);
    std::vector<std::vector<std::string>> rows{{"vendor", "classes", "profile", "what it is"}};
    for (const Known& one : everything_known(*loaded.profiles))
        rows.push_back({core::printable(one.vendor, 40), one.classes, one.name,
                        core::printable(one.title, 120)});
    if (!options.markdown) return say(table(rows));
    std::string text;
    for (const auto& row : rows) {
        text += fmt::format("| {} |\n", fmt::join(row, " | "));
        if (&row == &rows.front()) text += "|---|---|---|---|\n";
    }
    return say(text);
}

int check_profiles(const ProfileOptions& options) {
    const auto loaded = profiles_of(options, config::ProfileReading::at_once);
    if (!loaded.profiles) return complain(loaded.problems);
    return say(fmt::format("{} profiles, no mistake\n", loaded.profiles->all.size()));
}

int try_profiles(const ProfileOptions& options) {
    const auto loaded = profiles_of(options);
    if (!loaded.profiles) return complain(loaded.problems);
    const auto text = config::read_file(options.recording, largest_recording);
    if (!text) return complain(text.error().within(options.recording.string()));
    auto recording = read_recording(*text);
    if (!recording) return complain(recording.error().within(options.recording.string()));
    const auto seen = look_at(*std::move(recording), loaded.profiles);
    core::Locale locale;
    if (options.locale)
        locale.language = core::language_of(*options.locale).value_or(locale.language);
    for (const auto& missing : seen.missing)
        complain({core::Error::Kind::invalid_input, core::render(missing, locale)});
    if (seen.facts() == nullptr)
        return complain({core::Error::Kind::not_found, core::render(*seen.why_not(), locale)});
    if (options.explain) {
        const auto by = core::recognise(*loaded.profiles, *seen.answers, config::from_gb18030);
        return say(core::explain(by, *seen.answers, config::from_gb18030));
    }
    return say(options.json ? recorded_json(seen, *loaded.profiles, locale)
                            : recorded_lines(seen, *loaded.profiles, locale));
}

}  // namespace rounds::daemon
