#include "config/profiles.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <malloc.h>

#include "config/embedded.hpp"
#include "config/files.hpp"
#include "config/profile_shelf.hpp"
#include "config/profile_values.hpp"
#include "config/values.hpp"

namespace rounds::config {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_profile = std::uintmax_t{4} << 20;
constexpr std::size_t most_profiles = 2000;
/// folder/*.yaml in name order. A name that would be passed over in silence is a problem.
std::vector<fs::path> files_in(const fs::path& folder, Problems& problems) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const fs::path& file = entry->path();
        if (file.filename().string().starts_with('.')) continue;
        if (file.extension() == ".yaml") files.push_back(file);
        if (file.extension() == ".yml")
            problems.add({problems.open(file)}, "is not read; rename it to end in .yaml");
    }
    if (error && error != std::errc::no_such_file_or_directory)
        problems.add({problems.open(folder)}, fmt::format("cannot be read: {}", error.message()));
    if (files.size() > most_profiles) {
        problems.add({problems.open(folder)},
                     fmt::format("has more than {} files; join some", most_profiles));
        files.clear();
    }
    std::ranges::sort(files);
    return files;
}

void add_user_file(const fs::path& file, Problems& problems, std::vector<ProfileText>& texts) {
    const auto name = profile_name(file.stem().string());
    if (!name) {
        problems.add({problems.open(file)}, name.error().message);
        return;
    }
    auto text = read_file(file, largest_profile);
    if (text) {
        texts.push_back({*name, *std::move(text), file});
    } else {
        problems.add({problems.open(file)}, text.error().message);
    }
}

LoadedProfiles load(bool with_shipped, std::vector<ProfileText> texts, Problems problems,
                    ProfileReading reading) {
    return std::make_shared<ProfileShelf>(with_shipped, std::move(texts), std::move(problems))
        ->load(reading);
}

}  // namespace

std::vector<std::string> shipped_profiles() {
    std::vector<std::string> names;
    for (const auto& file : embedded::all()) names.push_back(fs::path(file.name).stem().string());
    return names;
}

LoadedProfiles compile_profiles(std::vector<ProfileText> files) {
    return load(false, std::move(files), {}, ProfileReading::at_once);
}

LoadedProfiles load_profiles(const std::optional<fs::path>& folder,
                             const std::vector<fs::path>& files, ProfileReading reading) {
    Problems problems;
    std::vector<ProfileText> texts;
    if (folder)
        for (const fs::path& file : files_in(*folder, problems))
            add_user_file(file, problems, texts);
    for (const fs::path& file : files) add_user_file(file, problems, texts);
    auto loaded = load(true, std::move(texts), std::move(problems), reading);
    // Hundreds of trees were built and are gone: a daemon that runs for years gives their memory back.
    malloc_trim(0);
    return loaded;
}

}  // namespace rounds::config
