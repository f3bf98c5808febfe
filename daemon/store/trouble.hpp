// What the rooms' own functions throw when the database refuses; StateStore turns it into an Error.
#pragma once

#include <exception>
#include <filesystem>
#include <string_view>
#include <utility>

#include "core/result.hpp"

namespace rounds::store {

/// An Error on its way up. Never leaves this room.
class Trouble : public std::exception {
 public:
    explicit Trouble(core::Error error) : error_(std::move(error)) {}
    [[nodiscard]] const core::Error& error() const { return error_; }
    [[nodiscard]] const char* what() const noexcept override { return error_.message.c_str(); }

 private:
    core::Error error_;
};

/// A sentence about the file for an (extended) SQLite result code; `said` is SQLite's own text,
/// `system_errno` what the system call behind it returned, or 0.
[[nodiscard]] core::Error error_of(int code, int system_errno, std::string_view said,
                                   const std::filesystem::path& file);

/// "<file> is damaged (<how>): …" with the way out.
[[nodiscard]] core::Error damage(const std::filesystem::path& file, std::string_view how);

}  // namespace rounds::store
