#include "daemon/system/atomic_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rounds::daemon {

namespace {

constexpr std::string_view prefix = ".rounds-";

core::Error error_of(int number, std::string_view doing, const std::filesystem::path& path) {
    using Kind = core::Error::Kind;
    const Kind kind = number == EACCES || number == EPERM || number == EROFS ? Kind::no_permission
                      : number == ENOENT || number == ENOTDIR                ? Kind::not_found
                                                                             : Kind::unavailable;
    return {kind, fmt::format("cannot {} {}: {}", doing, path.string(),
                              std::generic_category().message(number))};
}

bool write_all(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t count = ::write(fd, content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

/// A temporary file that is removed unless it was renamed.
class Draft {
 public:
    explicit Draft(const std::filesystem::path& folder)
        : name_((folder / (std::string(prefix) + "XXXXXX")).string()),
          fd_(::mkostemp(name_.data(), O_CLOEXEC)) {}
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft() {
        if (fd_ < 0) return;
        ::close(fd_);
        if (!kept_) ::unlink(name_.c_str());
    }

    [[nodiscard]] bool opened() const { return fd_ >= 0; }

    bool write(std::string_view content) {
        return write_all(fd_, content) && ::fchmod(fd_, 0640) == 0 && ::fsync(fd_) == 0;
    }

    bool rename_to(const std::filesystem::path& path) {
        kept_ = ::rename(name_.c_str(), path.c_str()) == 0;
        return kept_;
    }

 private:
    std::string name_;
    int fd_;
    bool kept_ = false;
};

bool sync_folder(const std::filesystem::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool synced = ::fsync(fd) == 0;
    ::close(fd);
    return synced;
}

}  // namespace

core::Result<void> write_atomically(const std::filesystem::path& path, std::string_view content) {
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    Draft draft(folder);
    if (!draft.opened()) return error_of(errno, "write into", folder);
    if (!draft.write(content)) return error_of(errno, "write", path);
    if (!draft.rename_to(path)) return error_of(errno, "put in place", path);
    if (!sync_folder(folder)) return error_of(errno, "sync", folder);
    return {};
}

namespace {

/// Where a chain of symbolic links leads, also when nothing is there yet.
std::filesystem::path behind_links(std::filesystem::path path) {
    std::error_code failed;
    for (int links = 0; links < 40 && std::filesystem::is_symlink(path, failed); ++links) {
        const auto target = std::filesystem::read_symlink(path, failed);
        path = path.parent_path() / target;  // An absolute target takes the place of all.
    }
    return path;
}

}  // namespace

core::Result<void> write_output(const std::filesystem::path& path, std::string_view content) {
    std::error_code failed;
    const auto status = std::filesystem::status(path, failed);
    if (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status))
        return write_atomically(behind_links(path), content);
    const int fd = ::open(path.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) return error_of(errno, "write", path);
    const bool written = write_all(fd, content);
    const int why = errno;
    ::close(fd);
    if (!written) return error_of(why, "write", path);
    return {};
}

void remove_leftovers(const std::filesystem::path& folder) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(prefix) && name.size() == prefix.size() + 6 &&
            entry.is_regular_file(ignored)) {
            std::filesystem::remove(entry.path(), ignored);
        }
    }
}

}  // namespace rounds::daemon
