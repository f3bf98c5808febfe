#include "config/secret.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "config/files.hpp"
#include "config/values.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::Error;
using core::Result;

constexpr std::uintmax_t largest = std::uintmax_t{64} << 10;

/// One line that can be sent as it is.
Result<std::string> one_line(std::string_view text) {
    if (text.empty()) return Error{Error::Kind::invalid_input, "is empty"};
    if (!core::is_utf8(text)) return Error{Error::Kind::invalid_input, "is not UTF-8"};
    if (text.find_first_of("\r\n") != std::string_view::npos)
        return Error{Error::Kind::invalid_input, "has more than one line; keep the secret alone"};
    if (core::printable(text, text.size() + 1) != text)
        return Error{Error::Kind::invalid_input, "has control characters"};
    return std::string(text);
}

}  // namespace

Result<std::string> read_secret_file(const std::filesystem::path& file) {
    auto text = read_file(file, largest);
    if (!text) return text.error();
    if (text->ends_with('\n')) text->pop_back();
    if (text->ends_with('\r')) text->pop_back();
    return one_line(*text);
}

bool read_secret(Section& keys, std::string_view key, std::string_view file_key,
                 const Problems& problems, std::string& target) {
    std::optional<std::string> written;
    std::filesystem::path file;
    keys.optional(key, written, one_line);
    const bool has_file = keys.optional(file_key, file, path);
    if (written && has_file) {
        keys.problem(file_key, keys.place(file_key),
                     fmt::format("{} is set as well; keep one of the two", key));
        return false;
    }
    if (has_file) {
        auto held = read_secret_file(problems.file(keys.place(file_key)).parent_path() / file);
        if (held) {
            written = *std::move(held);
        } else {
            keys.problem(
                file_key, keys.place(file_key),
                fmt::format("{}: {}", core::printable(file.string()), held.error().message));
        }
    }
    if (!written) return false;
    target = *std::move(written);
    return true;
}

}  // namespace rounds::config
