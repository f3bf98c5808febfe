// A process of its own for what a test must not do to itself: drop rights, mount, fill a disk, die.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include <sys/types.h>

namespace rounds::store {

/// A child process; killed when it goes.
class Child {
 public:
    /// Runs `work` with the writing end of a pipe, then ends at once.
    explicit Child(const std::function<void(int descriptor)>& work);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void kill();               ///< SIGKILL, and waits for the end.
    void wait_for(int bytes);  ///< Until it wrote so many, or has ended; rest() leaves them out.
    [[nodiscard]] std::string rest();  ///< Reads what it wrote, until it has ended.
    [[nodiscard]] int status() const {
        return status_;
    }  ///< As waitpid says, after kill() or rest().

 private:
    void wait();
    pid_t pid_ = -1;
    int reading_ = -1;
    int status_ = 0;
};

/// What `work` returned, from a child; "died: …" when it did not get that far.
[[nodiscard]] std::string in_child(const std::function<std::string()>& work);

/// Enters a mount namespace of this process's own (as root, or by a user namespace) and mounts a
/// tmpfs of this many KiB at `folder`. False where neither is allowed.
[[nodiscard]] bool mount_small_disk(const std::filesystem::path& folder, int kib);
[[nodiscard]] bool remount_read_only(const std::filesystem::path& folder);

/// Makes root an ordinary user, who may not write to a folder of root's. Nothing for others.
[[nodiscard]] bool drop_rights();

}  // namespace rounds::store
