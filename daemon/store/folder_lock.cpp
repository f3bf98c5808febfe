#include "daemon/store/folder_lock.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

using Kind = core::Error::Kind;

Kind kind_of(int error) {
    if (error == ENOENT) return Kind::not_found;
    if (error == ENOTDIR || error == EEXIST) return Kind::invalid_input;
    if (error == EACCES || error == EPERM || error == EROFS) return Kind::no_permission;
    return Kind::unavailable;
}

[[noreturn]] void fail(int error, std::string_view what, std::string_view mend) {
    throw Trouble({kind_of(error), fmt::format("{}: {}; {}", what, std::strerror(error), mend)});
}

/// The pid that the lock file names; empty when it names none.
std::string owner_of(int descriptor) {
    std::array<char, 16> text{};
    const auto size = ::pread(descriptor, text.data(), text.size(), 0);
    long pid = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + (size > 0 ? size : 0), pid);
    return error == std::errc{} && end != text.data() && pid > 0 ? fmt::format(" (pid {})", pid)
                                                                 : "";
}

}  // namespace

void require_folder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) {
        const int error = errno;
        if (error == ENOENT) {
            fail(error, fmt::format("cannot create the state folder {}", folder.string()),
                 fmt::format("create {} first, or set storage.state",
                             folder.parent_path().string()));
        }
        fail(error, fmt::format("cannot create the state folder {}", folder.string()),
             "create it for the daemon's user, or set storage.state");
    }
    struct stat status{};
    if (::stat(folder.c_str(), &status) != 0) {
        fail(errno, fmt::format("cannot use the state folder {}", folder.string()),
             "correct storage.state");
    }
    if (!S_ISDIR(status.st_mode)) {
        fail(ENOTDIR, fmt::format("cannot use the state folder {}", folder.string()),
             "correct storage.state");
    }
    if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
        fail(errno, fmt::format("cannot write to the state folder {}", folder.string()),
             "make it writable for the daemon's user (uid " + std::to_string(::geteuid()) + ")");
    }
}

FolderLock::FolderLock(const std::filesystem::path& folder) {
    const auto file = folder / "lock";
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (descriptor_ < 0) {
        fail(errno, fmt::format("cannot open {}", file.string()),
             "it must be a file that the daemon's user may write");
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const std::string owner = owner_of(descriptor_);
        ::close(std::exchange(descriptor_, -1));
        throw Trouble(
            {Kind::busy,
             fmt::format("another daemon{} works in {}: stop it (systemctl stop rounds), or give "
                         "this one a folder of its own (storage.state)",
                         owner, folder.string())});
    }
    // Only for people and for the message above; the lock holds without it (full disk).
    const std::string pid = fmt::format("{}\n", ::getpid());
    if (::ftruncate(descriptor_, 0) == 0) {
        [[maybe_unused]] const auto written = ::pwrite(descriptor_, pid.data(), pid.size(), 0);
    }
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace rounds::store
