#include "tests/store/child.hpp"

#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rounds::store {

Child::Child(const std::function<void(int descriptor)>& work) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("no child");
    if (pid_ == 0) {
        ::close(ends[0]);
        work(ends[1]);
        ::_exit(0);
    }
    ::close(ends[1]);
    reading_ = ends[0];
}

Child::~Child() {
    kill();
    ::close(reading_);
}

void Child::wait() {
    if (pid_ > 0 && ::waitpid(std::exchange(pid_, -1), &status_, 0) < 0) status_ = -1;
}

void Child::kill() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    wait();
}

void Child::wait_for(int bytes) {
    char one = 0;
    while (bytes-- > 0 && ::read(reading_, &one, 1) == 1) {
    }
}

std::string Child::rest() {
    std::string all;
    std::array<char, 4'096> some{};
    for (ssize_t size = 0; (size = ::read(reading_, some.data(), some.size())) > 0;) {
        all.append(some.data(), static_cast<std::size_t>(size));
    }
    wait();
    return all;
}

std::string in_child(const std::function<std::string()>& work) {
    Child child([&](int descriptor) {
        const std::string said = work() + "\n";
        [[maybe_unused]] const auto written = ::write(descriptor, said.data(), said.size());
    });
    std::string said = child.rest();
    if (said.empty()) return "died: status " + std::to_string(child.status());
    said.pop_back();
    return said;
}

namespace {

void write_file(const char* path, std::string_view text) {
    const int descriptor = ::open(path, O_WRONLY | O_CLOEXEC);
    [[maybe_unused]] const auto written = ::write(descriptor, text.data(), text.size());
    ::close(descriptor);
}

bool enter_mount_namespace() {
    if (::geteuid() == 0 && ::unshare(CLONE_NEWNS) == 0) return true;
    const std::string user = "0 " + std::to_string(::geteuid()) + " 1";
    const std::string group = "0 " + std::to_string(::getegid()) + " 1";
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    write_file("/proc/self/setgroups", "deny");
    write_file("/proc/self/uid_map", user);
    write_file("/proc/self/gid_map", group);
    return true;
}

}  // namespace

bool mount_small_disk(const std::filesystem::path& folder, int kib) {
    if (!enter_mount_namespace()) return false;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    const std::string options = "size=" + std::to_string(kib) + "k,mode=0700";
    return ::mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()) == 0;
}

bool remount_read_only(const std::filesystem::path& folder) {
    return ::mount("tmpfs", folder.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
}

bool drop_rights() {
    if (::geteuid() != 0) return true;
    return ::setgroups(0, nullptr) == 0 && ::setgid(65'534) == 0 && ::setuid(65'534) == 0;
}

}  // namespace rounds::store
