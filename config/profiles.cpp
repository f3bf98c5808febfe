#include "config/profiles.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <malloc.h>

#include "config/embedded.hpp"
#include "config/files.hpp"
#include "config/profile_file.hpp"
#include "config/profile_values.hpp"
#include "config/values.hpp"

namespace rounds::config {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_profile = std::uintmax_t{4} << 20;
constexpr std::size_t most_profiles = 2000;
constexpr std::string_view generic_name = "generic";

using Files = std::map<std::string, ProfileFile, std::less<>>;
using Modules = std::map<std::string, std::shared_ptr<const core::Module>, std::less<>>;

/// A file, then those that it uses, directly or not, each once: what stands first counts first.
class Closure {
 public:
    Closure(const Files& files, Problems& problems) : files_(files), problems_(problems) {}

    std::vector<const ProfileFile*> of(const ProfileFile& file) {
        visit(file);
        return std::move(order_);
    }

 private:
    void visit(const ProfileFile& file) {
        under_way_.insert(file.name);
        order_.push_back(&file);
        for (const auto& [name, at] : file.uses) {
            const auto used = files_.find(name);
            if (used == files_.end() || done_.contains(name)) continue;
            if (under_way_.contains(name)) {
                problems_.add(at, fmt::format("use: {} uses {} in a circle; take one of them out",
                                              name, file.name));
                continue;
            }
            visit(used->second);
        }
        under_way_.erase(file.name);
        done_.insert(file.name);
    }

    const Files& files_;
    Problems& problems_;
    std::set<std::string, std::less<>> under_way_, done_;
    std::vector<const ProfileFile*> order_;
};

void check_uses(const Files& files, Problems& problems) {
    std::vector<std::string_view> names;
    for (const auto& [name, file] : files) names.push_back(name);
    for (const auto& [owner, file] : files) {
        for (const auto& [name, at] : file.uses) {
            if (!files.contains(name))
                problems.add(at, fmt::format("use: there is no profile \"{}\"; {}", name,
                                             suggestion(name, names)));
        }
    }
}

core::Profile compose(const ProfileFile& file, const std::vector<const ProfileFile*>& parts,
                      const Modules& modules) {
    core::Profile profile{.name = file.name,
                          .title = file.title,
                          .recognisers = file.recognisers,
                          .has_own = false,
                          .modules = {}};
    for (const ProfileFile* part : parts) {
        profile.modules.push_back(modules.find(part->name)->second);
        profile.has_own |= std::ranges::any_of(
            profile.modules.back()->objects, [](const auto& one) { return core::is_own(one.oid); });
    }
    return profile;
}

core::Profiles compile(const Files& files, Problems& problems) {
    check_uses(files, problems);
    core::Profiles profiles;
    Modules modules;
    std::map<std::string_view, std::vector<const ProfileFile*>> parts;
    for (const auto& [name, file] : files) {
        auto& mine = parts[name] = Closure(files, problems).of(file);
        ProfileScope scope = file.declared;
        for (const ProfileFile* part : mine) {
            if (part != &file) scope.include(part->declared, {file.tree.at.file, 0, 0}, problems);
        }
        modules.emplace(
            name, std::make_shared<const core::Module>(compile_module(file, scope, problems)));
    }
    for (const bool shipped : {false, true}) {
        for (const auto& [name, file] : files) {
            if (file.shipped != shipped || (!file.recognises && name != generic_name)) continue;
            if (name == generic_name) profiles.generic = profiles.all.size();
            profiles.all.push_back(compose(file, parts[name], modules));
        }
    }
    return profiles;
}

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

LoadedProfiles compile_texts(const std::vector<ProfileText>& texts, Problems& problems) {
    std::map<std::string_view, const ProfileText*> last;
    for (const ProfileText& text : texts) last[text.name] = &text;
    Files files;
    for (const auto& [name, text] : last) {
        const int number = problems.open(text->file);
        const std::size_t before = problems.count();
        auto tree = parse_yaml(text->text, number, problems);
        if (tree) {
            auto& file = files[std::string(name)];
            file = read_profile_file(std::string(name), *std::move(tree), problems);
            file.shipped = text->shipped;
        } else if (problems.count() == before) {
            problems.add({number}, "is empty; the least is `title: …`");
        }
    }
    LoadedProfiles loaded;
    core::Profiles profiles = compile(files, problems);
    if (!files.contains(generic_name) && problems.empty())
        problems.add({problems.open("profiles")},
                     "there is no profile \"generic\" for devices that no other recognises");
    if (problems.empty())
        loaded.profiles = std::make_shared<const core::Profiles>(std::move(profiles));
    loaded.problems = problems.sorted();
    return loaded;
}

}  // namespace

std::vector<ProfileText> shipped_profiles() {
    std::vector<ProfileText> texts;
    for (const auto& [name, bytes] : embedded::all()) {
        const fs::path file(name);
        texts.push_back(
            {file.stem().string(), std::string(bytes), "shipped profiles" / file, true});
    }
    return texts;
}

LoadedProfiles compile_profiles(const std::vector<ProfileText>& files) {
    Problems problems;
    return compile_texts(files, problems);
}

LoadedProfiles load_profiles(const std::optional<fs::path>& folder,
                             const std::vector<fs::path>& files) {
    Problems problems;
    std::vector<ProfileText> texts = shipped_profiles();
    if (folder)
        for (const fs::path& file : files_in(*folder, problems))
            add_user_file(file, problems, texts);
    for (const fs::path& file : files) add_user_file(file, problems, texts);
    auto loaded = compile_texts(texts, problems);
    texts.clear();
    // Hundreds of trees were built and are gone: a daemon that runs for years gives their memory back.
    malloc_trim(0);
    return loaded;
}

}  // namespace rounds::config
