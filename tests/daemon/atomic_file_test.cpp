#include "daemon/system/atomic_file.hpp"

#include <array>
#include <csignal>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/temp_folder.hpp"

namespace rounds::daemon {
namespace {

using tests::read_file;
using tests::TempFolder;

std::size_t files_in(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

TEST(AtomicFile, WritesAndReplaces) {
    const TempFolder folder;
    const auto path = folder / "report.html";
    ASSERT_TRUE(write_atomically(path, "first"));
    ASSERT_TRUE(write_atomically(path, "second"));
    EXPECT_EQ(read_file(path), "second");
    EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(AtomicFile, SaysWhereItCannotWrite) {
    const TempFolder folder;
    const auto written = write_atomically(folder / "missing" / "report.html", "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, core::Error::Kind::not_found);
    EXPECT_NE(written.error().message.find("missing"), std::string::npos)
        << written.error().message;
}

TEST(AtomicFile, OutputFollowsALinkAndLeavesItThere) {
    const TempFolder folder;
    std::filesystem::create_directory(folder / "elsewhere");
    std::filesystem::create_symlink(folder / "elsewhere" / "report.html", folder / "link");
    for (const char* content : {"first", "second"}) {  // The link leads nowhere at first.
        ASSERT_TRUE(write_output(folder / "link", content));
        EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
        EXPECT_EQ(read_file(folder / "elsewhere" / "report.html"), content);
    }
}

TEST(AtomicFile, OutputGoesIntoWhatIsNoFile) {
    const TempFolder folder;
    const auto pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    ASSERT_TRUE(write_output(pipe, "into the pipe"));
    std::array<char, 100> read{};
    EXPECT_EQ(::read(reader, read.data(), read.size()), 13);
    EXPECT_TRUE(std::filesystem::is_fifo(pipe));
    ::close(reader);

    const auto full = write_output("/dev/full", "x");
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().message, "cannot write /dev/full: No space left on device");
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
}

TEST(AtomicFile, ADiskThatIsFullLeavesTheOldFile) {
    const TempFolder folder;
    const auto path = folder / "report.html";
    ASSERT_TRUE(write_atomically(path, "old"));
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit small{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &small);
        ::signal(SIGXFSZ, SIG_IGN);
        const auto written = write_atomically(path, std::string(100'000, 'x'));
        ::_exit(!written && written.error().kind == core::Error::Kind::unavailable ? 0 : 1);
    }
    int state = 0;
    ASSERT_EQ(::waitpid(child, &state, 0), child);
    EXPECT_EQ(state, 0);
    EXPECT_EQ(read_file(path), "old");
    EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(AtomicFile, LeftoversGoAndOtherFilesStay) {
    const TempFolder folder;
    folder.write(".rounds-abc123", "half a report");
    folder.write(".rounds-notes.txt", "mine");
    folder.write("report.html", "whole");
    remove_leftovers(folder.path());
    EXPECT_FALSE(std::filesystem::exists(folder / ".rounds-abc123"));
    EXPECT_TRUE(std::filesystem::exists(folder / ".rounds-notes.txt"));
    EXPECT_TRUE(std::filesystem::exists(folder / "report.html"));
}

}  // namespace
}  // namespace rounds::daemon
