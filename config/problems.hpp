// Every mistake that reading finds, and where.
#pragma once

#include <compare>
#include <filesystem>
#include <string>
#include <vector>

#include "config/load.hpp"

namespace rounds::config {

/// Where something was written. `file` is its number in Problems; line and column count from 1, the
/// column in characters, and 0 means the whole line or file.
struct Place {
    int file = 0;
    int line = 0;
    int column = 0;
    friend auto operator<=>(const Place&, const Place&) = default;
};

/// Collects mistakes while reading goes on.
class Problems {
 public:
    /// The mistakes kept; of a file full of them the first are enough to begin with.
    static constexpr std::size_t most = 1000;

    /// A file that is read from now on; the number is for Place::file.
    int open(const std::filesystem::path& file);
    [[nodiscard]] const std::filesystem::path& file(Place place) const;

    void add(Place place, std::string what);
    [[nodiscard]] bool empty() const { return found_.empty(); }
    /// Further mistakes are only counted: no need to find good words for them.
    [[nodiscard]] bool full() const { return found_.size() == most; }
    [[nodiscard]] std::size_t count() const { return found_.size() + left_out_; }

    /// "conf.d/10-sites.yaml:3:9", for a sentence that names a second place.
    [[nodiscard]] std::string show(Place place) const;

    /// By file in order of reading, then line and column.
    [[nodiscard]] std::vector<Problem> sorted() const;

 private:
    struct Found {
        Place place;
        std::string what;
    };
    std::vector<std::filesystem::path> files_;
    std::vector<Found> found_;
    std::size_t left_out_ = 0;
};

}  // namespace rounds::config
