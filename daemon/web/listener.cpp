#include "daemon/web/listener.hpp"

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/web/server.hpp"

namespace rounds::web {

namespace {

using Kind = core::Error::Kind;

class Descriptor {
 public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }

 private:
    int number_;
};

Descriptor new_socket() {
    return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

core::Error trouble(const std::filesystem::path& path, std::string_view what, int error) {
    if (error == ENOENT) {
        return {Kind::not_found,
                fmt::format("the socket {} cannot be {}: make its folder, or name another path "
                            "(api.socket)",
                            path.string(), what)};
    }
    const auto kind = error == EACCES || error == EPERM ? Kind::no_permission : Kind::unavailable;
    return {kind, fmt::format("the socket {} cannot be {}: {}", path.string(), what,
                              std::generic_category().message(error))};
}

::sockaddr_un address_of(const std::filesystem::path& path) {
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(static_cast<char*>(address.sun_path), longest_path);
    return address;
}

const ::sockaddr* generic(const ::sockaddr_un& address) {
    return reinterpret_cast<const ::sockaddr*>(&address);  // NOLINT: so does every user of bind(2)
}

/// Takes away what a process left that ended; anything else there is somebody's.
std::optional<core::Error> clear(const std::filesystem::path& path, const ::sockaddr_un& address) {
    struct ::stat there{};
    if (::lstat(path.c_str(), &there) != 0) {
        if (errno == ENOENT) return std::nullopt;
        return trouble(path, "made", errno);
    }
    if (!S_ISSOCK(there.st_mode)) {
        return core::Error{
            Kind::invalid_input,
            fmt::format("{} is there and is no socket: move it away, or name another "
                        "path (api.socket)",
                        path.string())};
    }
    const auto asked = new_socket();
    if (asked.get() < 0) return trouble(path, "asked", errno);
    const bool answers = ::connect(asked.get(), generic(address), sizeof address) == 0;
    if (!answers && errno == ECONNREFUSED) {
        if (::unlink(path.c_str()) == 0 || errno == ENOENT) return std::nullopt;
        return trouble(path, "replaced", errno);
    }
    if (answers || errno == EAGAIN) {  // EAGAIN: so many wait to be accepted
        return core::Error{Kind::busy,
                           fmt::format("another process answers on the socket {}", path.string())};
    }
    return trouble(path, "replaced", errno);
}

/// The group `rounds` may use it; where that cannot be, the daemon's own group may.
void give_to_group(const std::filesystem::path& path) {
    std::array<char, 16384> buffer{};
    ::group entry{};
    ::group* found = nullptr;
    if (::getgrnam_r("rounds", &entry, buffer.data(), buffer.size(), &found) != 0 ||
        found == nullptr)
        return;
    (void)!::chown(path.c_str(), static_cast<::uid_t>(-1), found->gr_gid);
}

}  // namespace

core::Result<Listener> listen_at(const std::filesystem::path& path) {
    if (path.native().size() > longest_path) {
        return core::Error{
            Kind::invalid_input,
            fmt::format("the socket {} cannot be made: its path has {} bytes, and at most {} are "
                        "possible; name a shorter one (api.socket)",
                        path.string(), path.native().size(), longest_path)};
    }
    const auto address = address_of(path);
    if (auto taken = clear(path, address)) return *taken;
    auto made = new_socket();
    if (made.get() < 0 || ::bind(made.get(), generic(address), sizeof address) != 0)
        return trouble(path, "made", errno);
    Listener listener{.path = path};
    // Nobody can connect before listen(): by then the mode is right.
    give_to_group(path);
    struct ::stat bound{};
    if (::chmod(path.c_str(), 0660) != 0 || ::lstat(path.c_str(), &bound) != 0 ||
        ::listen(made.get(), 16) != 0) {
        const int error = errno;
        ::unlink(path.c_str());
        return trouble(path, "made", error);
    }
    listener.device = bound.st_dev;
    listener.inode = bound.st_ino;
    listener.descriptor = made.release();
    return listener;
}

void remove(const Listener& listener) {
    struct ::stat there{};
    if (::lstat(listener.path.c_str(), &there) == 0 && there.st_dev == listener.device &&
        there.st_ino == listener.inode)
        ::unlink(listener.path.c_str());
}

}  // namespace rounds::web
