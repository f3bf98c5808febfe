// All files of device knowledge, each compiled when it is first needed.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "config/profile_file.hpp"
#include "config/profiles.hpp"
#include "core/profile.hpp"

namespace rounds::config {

/// An office meets a few dozen of the hundreds of kinds that Rounds knows. So of the shipped files, each of which the
/// tests compile, only the recognisers are read at first, and the rest of a profile when a device of it is met. A
/// user's files are compiled at once, with all that they touch: their mistakes are wanted at the start.
class ProfileShelf : public std::enable_shared_from_this<ProfileShelf> {
 public:
    /// The shipped files, if wanted, and over them these; of two with the same name the later counts. `problems` are
    /// those of finding the files.
    ProfileShelf(bool with_shipped, std::vector<ProfileText> files, Problems problems);

    /// Reads what stands at ProfileReading, and tells all mistakes. The profiles keep the shelf. Once.
    [[nodiscard]] LoadedProfiles load(ProfileReading reading);

    /// The modules of a profile: its own first, then those that it uses, directly or not, each once. Any thread.
    [[nodiscard]] core::Modules::List open(const std::string& name);

 private:
    class Closure;
    struct File {
        std::string own_text;       ///< Of a user's; of a shipped one
        std::string_view embedded;  ///< … this.
        bool shipped = false;
        int number = 0;  ///< In Problems.
        bool unreadable = false;
        std::optional<Node> tree;         ///< Only while it is compiled.
        std::optional<ProfileFile> read;  ///< Its declarations.
        std::vector<const File*> parts;   ///< Itself, then what it uses.
        std::shared_ptr<const core::Module> module;
    };

    bool parse(File& file);
    /// Null when there is none, or it is unreadable.
    const ProfileFile* read(const std::string& name);
    const std::vector<const File*>& parts_of(const std::string& name);
    void compile(const std::string& name);

    std::map<std::string, File, std::less<>> files_;
    Problems problems_;
    bool replaces_ = false;  ///< Does a user's file take the place of a shipped one?
    std::mutex one_at_a_time_;
};

}  // namespace rounds::config
