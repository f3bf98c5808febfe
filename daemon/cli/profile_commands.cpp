#include <fmt/format.h>

#include "config/encoding.hpp"
#include "config/files.hpp"
#include "config/profiles.hpp"
#include "core/explanation.hpp"
#include "core/reading.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/recorded_look.hpp"
#include "daemon/cli/speak.hpp"

namespace rounds::daemon {

namespace {

constexpr std::uintmax_t largest_recording = std::uintmax_t{256} << 20;

config::LoadedProfiles profiles_of(const ProfileOptions& options) {
    std::optional<std::filesystem::path> folder;
    if (std::filesystem::is_directory(options.folder)) folder = options.folder;
    return config::load_profiles(folder, options.files);
}

}  // namespace

int check_profiles(const ProfileOptions& options) {
    const auto loaded = profiles_of(options);
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
