// Device knowledge: profiles/*.yaml, the shipped ones inside the program and the user's in a folder.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "core/profile.hpp"

namespace rounds::config {

/// What loading gave: the profiles, or at least one problem.
struct LoadedProfiles {
    std::shared_ptr<const core::Profiles> profiles;  ///< Null exactly when `problems` is not empty.
    std::vector<Problem> problems;                   ///< By file in order of reading, then line.
};

/// When shipped files are compiled whose devices nobody has met yet.
enum class ProfileReading {
    when_needed,  ///< Then; unless a user's file takes the place of a shipped one, for that may break others.
    at_once,  ///< For who wants to know all mistakes.
};

/// The shipped profiles, and over them `folder`/*.yaml in name order: a file of the same name takes the place of the
/// shipped one, others add to them. A folder that does not exist is an empty one; no folder: the shipped ones alone.
/// Over both, single `files`. A user's files are compiled at once.
[[nodiscard]] LoadedProfiles load_profiles(
    const std::optional<std::filesystem::path>& folder = std::nullopt,
    const std::vector<std::filesystem::path>& files = {},
    ProfileReading reading = ProfileReading::when_needed);

/// The names of the shipped files.
[[nodiscard]] std::vector<std::string> shipped_profiles();

/// One profile file, by its name without ".yaml".
struct ProfileText {
    std::string name;
    std::string text;
    std::filesystem::path file;  ///< For the places of mistakes.
};
/// Compiles files as one body of knowledge; of two with the same name the later counts. For tests.
[[nodiscard]] LoadedProfiles compile_profiles(std::vector<ProfileText> files);

}  // namespace rounds::config
