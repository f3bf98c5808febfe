// One daemon on one state folder.
#pragma once

#include <filesystem>
#include <utility>

namespace rounds::store {

/// Makes sure that the folder exists (created with mode 0750 when only its last name is missing),
/// is a folder, and may be written. Throws Trouble with not_found, invalid_input or no_permission.
void require_folder(const std::filesystem::path& folder);

/// The lock on a folder (flock on `folder`/lock, which holds the owner's pid) for as long as this
/// lives; the kernel frees it when the process dies, however it dies.
class FolderLock {
 public:
    /// Throws Trouble: busy, naming the pid; no_permission; unavailable.
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }

 private:
    int descriptor_ = -1;
};

}  // namespace rounds::store
