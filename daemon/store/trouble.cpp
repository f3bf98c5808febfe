#include "daemon/store/trouble.hpp"

#include <cerrno>
#include <cstring>
#include <string>

#include <fmt/format.h>
#include <sqlite3.h>

namespace rounds::store {

namespace {

using Kind = core::Error::Kind;

core::Error full(const std::filesystem::path& file) {
    return {Kind::unavailable,
            fmt::format("no room left to record in {}: free some space on that disk (df -h {})",
                        file.string(), file.parent_path().string())};
}

core::Error read_only(const std::filesystem::path& file) {
    return {
        Kind::unavailable,
        fmt::format(
            "{} cannot be written: its folder, the file or the file system is read-only; make it "
            "writable for the daemon's user",
            file.string())};
}

core::Error not_opened(int system_errno, std::string_view said, const std::filesystem::path& file) {
    const bool refused = system_errno == EACCES || system_errno == EPERM || system_errno == EROFS;
    const std::string why = system_errno != 0 ? std::strerror(system_errno) : std::string(said);
    return {refused ? Kind::no_permission : Kind::unavailable,
            fmt::format("{} cannot be opened: {}; the daemon's user must be able to write to {}",
                        file.string(), why, file.parent_path().string())};
}

core::Error failing(int system_errno, std::string_view said, const std::filesystem::path& file) {
    const std::string why = system_errno != 0 ? std::strerror(system_errno) : std::string(said);
    return {Kind::unavailable,
            fmt::format("reading or writing {} failed: {}; look after the disk (dmesg) and the "
                        "limits of the process",
                        file.string(), why)};
}

bool out_of_room(int system_errno) {
    return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

}  // namespace

core::Error damage(const std::filesystem::path& file, std::string_view how) {
    return {
        Kind::damaged,
        fmt::format("{} is damaged ({}); it is left as it is: move it and its -wal file away and "
                    "put a backup in their place, or start with none and a new history begins",
                    file.string(), how)};
}

core::Error error_of(int code, int system_errno, std::string_view said,
                     const std::filesystem::path& file) {
    switch (code & 0xff) {
        case SQLITE_FULL: return full(file);
        case SQLITE_READONLY: return read_only(file);
        case SQLITE_CORRUPT: return damage(file, said);
        case SQLITE_NOTADB: return damage(file, "it is no SQLite database");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {
                Kind::busy,
                fmt::format("{} is in use by another program that does not let go of it; end that "
                            "program (fuser -v {})",
                            file.string(), file.string())};
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH: return not_opened(system_errno, said, file);
        case SQLITE_IOERR:
            return out_of_room(system_errno) ? full(file) : failing(system_errno, said, file);
        default: return {Kind::internal, fmt::format("{}: {}", file.string(), said)};
    }
}

}  // namespace rounds::store
