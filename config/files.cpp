#include "config/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::config {

namespace {

namespace fs = std::filesystem;
using core::Error;

constexpr std::string_view name_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

Error cannot_read(std::error_code why) {
    if (why == std::errc::no_such_file_or_directory || why == std::errc::not_a_directory) {
        return {Error::Kind::not_found, "there is no such file"};
    }
    if (why == std::errc::permission_denied) {
        return {Error::Kind::no_permission,
                "not permitted to read it; let the user that Rounds runs as read it"};
    }
    return {Error::Kind::unavailable, fmt::format("cannot be read: {}", why.message())};
}

/// The variable named at `at` ("${NAME}"), appended to `out`; `at` then lies behind it. False with a problem.
bool expand_one(const Node& node, std::size_t& at, const Environment& environment, std::string& out,
                Problems& problems) {
    const auto end = node.text.find('}', at);
    const std::string name =
        node.text.substr(at + 2, end == std::string::npos ? end : end - at - 2);
    if (end == std::string::npos || name.empty() ||
        name.find_first_not_of(name_characters) != std::string::npos) {
        problems.add(
            node.at,
            "${ begins an environment variable such as ${NAME}; write $${ for the characters ${");
        return false;
    }
    const auto value = environment(name);
    if (!value) {
        problems.add(node.at, fmt::format("the environment variable {} is not set",
                                          core::printable(name, 60)));
        return false;
    }
    if (core::printable(*value, value->size() + 1) != *value) {
        problems.add(
            node.at,
            fmt::format("the environment variable {} has control characters or is not UTF-8",
                        core::printable(name, 60)));
        return false;
    }
    out += *value;
    at = end + 1;
    return true;
}

void merge_maps(Node& base, Node addition, const std::string& key, Problems& problems) {
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < base.entries.size(); ++i) places.emplace(base.entries[i].key, i);
    for (Entry& entry : addition.entries) {
        const auto same = places.find(entry.key);
        if (same == places.end()) {
            base.entries.push_back(std::move(entry));
        } else {
            const std::string title = key.empty() ? entry.key : key + "." + entry.key;
            merge(base.entries[same->second].value, std::move(entry.value), title, problems);
        }
    }
}

void expand_text(Node& node, const Environment& environment, Problems& problems) {
    std::string out;
    std::size_t at = 0;
    while (at < node.text.size()) {
        const std::string_view rest = std::string_view(node.text).substr(at);
        if (rest.starts_with("$${")) {
            out += "${";
            at += 3;
        } else if (rest.starts_with("${")) {
            if (!expand_one(node, at, environment, out, problems)) return;
        } else {
            out += rest.front();
            ++at;
        }
    }
    node.text = std::move(out);
}

}  // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
}

core::Result<std::string> read_file(const fs::path& file, std::uintmax_t limit) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (error || !fs::exists(status)) {
        return cannot_read(error ? error
                                 : std::make_error_code(std::errc::no_such_file_or_directory));
    }
    if (fs::is_directory(status))
        return Error{Error::Kind::invalid_input, "is a directory; name the file within it"};
    if (!fs::is_regular_file(status))
        return Error{Error::Kind::invalid_input, "is not a regular file"};

    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) return cannot_read({errno, std::generic_category()});
    std::string text(std::min(fs::file_size(file, error), limit) + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) return cannot_read(std::make_error_code(std::errc::io_error));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit) {
        const auto kib = limit / 1024;
        return Error{Error::Kind::invalid_input,
                     kib < 1024 ? fmt::format("is larger than {} KiB", kib)
                                : fmt::format("is larger than {} MiB", kib / 1024)};
    }
    return text;
}

void expand(Node& node, const Environment& environment, Problems& problems) {
    if (node.text.find("${") != std::string::npos) expand_text(node, environment, problems);
    for (Node& item : node.items) expand(item, environment, problems);
    for (Entry& entry : node.entries) expand(entry.value, environment, problems);
}

void merge(Node& base, Node addition, const std::string& key, Problems& problems) {
    if (addition.kind == Node::Kind::nothing) return;
    if (base.kind == Node::Kind::nothing) {
        base = std::move(addition);
    } else if (base.kind == Node::Kind::map && addition.kind == Node::Kind::map) {
        merge_maps(base, std::move(addition), key, problems);
    } else if (base.kind == Node::Kind::list && addition.kind == Node::Kind::list) {
        std::ranges::move(addition.items, std::back_inserter(base.items));
    } else if (base.kind == addition.kind) {
        problems.add(addition.at, fmt::format("{} is already set at {}; keep one of the two",
                                              core::printable(key, 80), problems.show(base.at)));
    } else {
        problems.add(addition.at, fmt::format("{} is {} here and {} at {}; write both alike",
                                              core::printable(key, 80), describe(addition.kind),
                                              describe(base.kind), problems.show(base.at)));
    }
}

}  // namespace rounds::config
