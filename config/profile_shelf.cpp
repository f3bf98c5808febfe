#include "config/profile_shelf.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "config/embedded.hpp"
#include "config/profile_values.hpp"
#include "config/values.hpp"

namespace rounds::config {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view generic_name = "generic";

/// Of shipped files alone: their keys stand at the beginning of a line.
bool has_recognisers(std::string_view text) {
    return text.find("\nrecognise:") != std::string_view::npos;
}

}  // namespace

/// A file, then those that it uses, directly or not, each once: what stands first counts first.
class ProfileShelf::Closure {
 public:
    explicit Closure(ProfileShelf& shelf) : shelf_(shelf) {}

    std::vector<const File*> of(const std::string& name) {
        visit(name);
        return std::move(order_);
    }

 private:
    void visit(const std::string& name) {
        const ProfileFile* file = shelf_.read(name);
        if (file == nullptr) return;
        under_way_.insert(name);
        order_.push_back(&shelf_.files_.at(name));
        for (const auto& [used, at] : file->uses) {
            if (done_.contains(used)) continue;
            if (under_way_.contains(used)) {
                shelf_.problems_.add(
                    at,
                    fmt::format("use: {} uses {} in a circle; take one of them out", used, name));
                continue;
            }
            visit(used);
        }
        under_way_.erase(name);
        done_.insert(name);
    }

    ProfileShelf& shelf_;
    std::set<std::string, std::less<>> under_way_, done_;
    std::vector<const File*> order_;
};

ProfileShelf::ProfileShelf(bool with_shipped, std::vector<ProfileText> files, Problems problems)
    : problems_(std::move(problems)) {
    std::map<std::string, fs::path> paths;
    if (with_shipped) {
        for (const auto& [file_name, bytes] : embedded::all()) {
            const fs::path path(file_name);
            File& file = files_[path.stem().string()];
            file.embedded = bytes;
            file.shipped = true;
            paths[path.stem().string()] = "shipped profiles" / path;
        }
    }
    for (ProfileText& text : files) {
        File& file = files_[text.name];
        replaces_ = replaces_ || file.shipped;
        file = File{};
        file.own_text = std::move(text.text);
        paths[text.name] = std::move(text.file);
    }
    for (const auto& [name, path] : paths) files_.at(name).number = problems_.open(path);
}

bool ProfileShelf::parse(File& file) {
    if (file.tree) return true;
    const std::size_t before = problems_.count();
    file.tree = parse_yaml(file.shipped ? file.embedded : file.own_text, file.number, problems_);
    if (!file.tree && problems_.count() == before)
        problems_.add({file.number}, "is empty; the least is `title: …`");
    return file.tree.has_value();
}

const ProfileFile* ProfileShelf::read(const std::string& name) {
    const auto found = files_.find(name);
    if (found == files_.end()) return nullptr;
    File& file = found->second;
    if (file.read || file.unreadable) return file.read ? &*file.read : nullptr;
    file.unreadable = !parse(file);
    if (file.unreadable) return nullptr;
    file.read = read_profile_file(name, *file.tree, problems_);
    for (const auto& [used, at] : file.read->uses) {
        if (files_.contains(used)) continue;
        std::vector<std::string_view> names;
        for (const auto& [known, other] : files_) names.push_back(known);
        problems_.add(
            at, fmt::format("use: there is no profile \"{}\"; {}", used, suggestion(used, names)));
    }
    return &*file.read;
}

const std::vector<const ProfileShelf::File*>& ProfileShelf::parts_of(const std::string& name) {
    File& file = files_.at(name);
    if (file.parts.empty()) file.parts = Closure(*this).of(name);
    return file.parts;
}

void ProfileShelf::compile(const std::string& name) {
    File& file = files_.at(name);
    if (file.module != nullptr || read(name) == nullptr || !parse(file)) return;
    ProfileScope scope = file.read->declared;
    for (const File* part : parts_of(name))
        if (part != &file) scope.include(part->read->declared, {file.number, 0, 0}, problems_);
    file.module = std::make_shared<const core::Module>(
        compile_module(*file.read, *file.tree, scope, problems_));
}

core::Modules::List ProfileShelf::open(const std::string& name) {
    const std::scoped_lock lock(one_at_a_time_);
    core::Modules::List modules;
    for (const File* part : parts_of(name)) {
        compile(part->read->name);
        modules.push_back(part->module);
    }
    for (auto& [other, file] : files_) file.tree.reset();
    return modules;
}

LoadedProfiles ProfileShelf::load(ProfileReading reading) {
    const bool everything = reading == ProfileReading::at_once || replaces_;
    for (const auto& [name, file] : files_)
        if (everything || !file.shipped) compile(name);
    if (!files_.contains(generic_name) && problems_.empty())
        problems_.add({problems_.open("profiles")},
                      "there is no profile \"generic\" for devices that no other recognises");
    auto profiles = std::make_shared<core::Profiles>();
    // The user's own before the shipped ones.
    for (const bool shipped : {false, true}) {
        for (const auto& [name, file] : files_) {
            if (file.shipped != shipped) continue;
            const bool generic = name == generic_name;
            if (shipped && !generic && !has_recognisers(file.embedded)) continue;
            const ProfileFile* head = read(name);
            if (head == nullptr || (!head->recognises && !generic)) continue;
            if (generic) profiles->generic = profiles->all.size();
            profiles->all.push_back(
                {.name = name,
                 .title = head->title,
                 .recognisers = head->recognisers,
                 .modules = core::Modules(
                     [shelf = shared_from_this(), own = name] { return shelf->open(own); })});
        }
    }
    for (auto& [name, file] : files_) file.tree.reset();
    if (problems_.empty()) return {std::move(profiles), {}};
    return {nullptr, problems_.sorted()};
}

}  // namespace rounds::config
