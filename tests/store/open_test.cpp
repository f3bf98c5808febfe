// Opening: who may, where, and what each refusal says.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/store/database.hpp"
#include "daemon/store/schema.hpp"
#include "daemon/store/state_store.hpp"
#include "tests/store/child.hpp"
#include "tests/store/drawn.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using core::Error;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const core::WallTime now = core::from_ms(1'764'000'000'000);

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

mode_t mode_of(const std::filesystem::path& file) {
    struct stat status{};
    return ::stat(file.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

Changes one_belief() {
    Changes changes;
    changes.beliefs[core::SubjectId{"sw-1"}].state = core::State::up;
    return changes;
}

/// An Error of this kind whose sentence has this text.
template <class T>
void expect_refused(const core::Result<T>& result, Error::Kind kind, const std::string& text) {
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().kind, kind);
    EXPECT_THAT(result.error().message, HasSubstr(text));
}

TEST(Open, ANewFolderIsMadeForItsUserAndGroupAlone) {
    TempFolder folder;
    auto store = StateStore::open(folder / "state");
    ASSERT_TRUE(store.has_value());
    EXPECT_TRUE(store->commit(one_belief()).has_value());
    EXPECT_EQ(mode_of(folder / "state") & 0027, 0U);
    for (const char* file : {"state.db", "state.db-wal", "state.db-shm", "lock"}) {
        EXPECT_EQ(mode_of(folder / "state" / file) & 0137, 0U) << file;
        EXPECT_NE(mode_of(folder / "state" / file), 0U) << file;
    }
}

TEST(Open, ANewDatabaseRemembersNothing) {
    TempFolder folder;
    auto store = StateStore::open(folder.path()).value();
    const auto memory = store.recall().value();
    EXPECT_TRUE(memory.beliefs.empty());
    EXPECT_EQ(memory.last_run, std::nullopt);
    EXPECT_EQ(memory.first_started, std::nullopt);
    EXPECT_EQ(memory.blind_since, std::nullopt);
}

TEST(Open, OnlyTheLastNameOfTheFolderMayBeMissing) {
    TempFolder folder;
    expect_refused(StateStore::open(folder / "not" / "there"), Error::Kind::not_found,
                   "create " + (folder / "not").string() + " first");
}

TEST(Open, AFileIsNoFolder) {
    TempFolder folder;
    write(folder / "state", "text");
    expect_refused(StateStore::open(folder / "state"), Error::Kind::invalid_input, "storage.state");
    expect_refused(StateStore::open(folder / "state" / "deeper"), Error::Kind::invalid_input,
                   "Not a directory");
}

TEST(Open, ASecondDaemonIsToldTheFirstOnesPid) {
    TempFolder folder;
    auto first = StateStore::open(folder.path());
    ASSERT_TRUE(first.has_value());
    expect_refused(StateStore::open(folder.path()), Error::Kind::busy,
                   "(pid " + std::to_string(::getpid()) + ")");
}

TEST(Open, TheFolderIsFreeAgainWhenTheFirstHasGone) {
    TempFolder folder;
    {
        auto first = StateStore::open(folder.path()).value();
    }
    EXPECT_TRUE(StateStore::open(folder.path()).has_value());
}

TEST(Open, ARefusedSecondLeavesTheFirstItsPid) {
    TempFolder folder;
    auto first = StateStore::open(folder.path()).value();
    const std::string before = bytes_of(folder / "lock");
    EXPECT_TRUE(StateStore::open(folder.path()).has_error());
    EXPECT_EQ(bytes_of(folder / "lock"), before);
}

TEST(Open, ALaterVersionIsLeftAlone) {
    TempFolder folder;
    {
        auto store = StateStore::open(folder.path()).value();
    }
    Database::open(folder / "state.db", Database::Access::write).run("PRAGMA user_version = 99");
    const std::string before = bytes_of(folder / "state.db");
    expect_refused(StateStore::open(folder.path()), Error::Kind::newer, "schema version 99");
    expect_refused(StateStore::open(folder.path()), Error::Kind::newer,
                   "this one knows " + std::to_string(schema_version()));
    expect_refused(StateStore::open_read_only(folder.path()), Error::Kind::newer, "later Rounds");
    EXPECT_EQ(bytes_of(folder / "state.db"), before);
}

TEST(Open, SomebodyElsesDatabaseIsLeftAlone) {
    TempFolder folder;
    Database::open(folder / "state.db", Database::Access::write)
        .run("CREATE TABLE bookmark (url TEXT)");
    const std::string before = bytes_of(folder / "state.db");
    expect_refused(StateStore::open(folder.path()), Error::Kind::damaged, "some other program");
    EXPECT_EQ(bytes_of(folder / "state.db"), before);
}

TEST(Open, ATextFileIsLeftAlone) {
    TempFolder folder;
    const std::string text(5'000, 'x');
    write(folder / "state.db", text);
    expect_refused(StateStore::open(folder.path()), Error::Kind::damaged,
                   (folder / "state.db").string());
    expect_refused(StateStore::open_read_only(folder.path()), Error::Kind::damaged,
                   "no SQLite database");
    EXPECT_EQ(bytes_of(folder / "state.db"), text);
}

TEST(Open, AFolderInPlaceOfTheDatabaseIsRefused) {
    TempFolder folder;
    std::filesystem::create_directory(folder / "state.db");
    expect_refused(StateStore::open(folder.path()), Error::Kind::unavailable,
                   "state.db cannot be opened");
}

TEST(Open, AFileNameThatLooksLikeAnUriIsAFileName) {
    TempFolder folder;
    {
        auto store = StateStore::open(folder / "100%41?mode=memory#x").value();
    }
    EXPECT_GT(std::filesystem::file_size(folder / "100%41?mode=memory#x" / "state.db"), 0U);
    EXPECT_TRUE(StateStore::open_read_only(folder / "100%41?mode=memory#x").has_value());
}

TEST(Open, AFolderOfSomebodyElsesIsRefused) {
    TempFolder folder;
    ASSERT_EQ(::chmod(folder.path().c_str(), 0555), 0);
    const std::string said = in_child([&]() -> std::string {
        if (!drop_rights()) return "no other user";
        const auto store = StateStore::open(folder.path());
        if (store.has_value()) return "opened";
        return store.error().kind == Error::Kind::no_permission ? store.error().message
                                                                : "another kind";
    });
    EXPECT_THAT(said, AllOf(HasSubstr(folder.path().string()), HasSubstr("Permission denied"),
                            HasSubstr("uid")));
}

TEST(ReadOnly, WithoutADatabaseItSaysHowToGetOne) {
    TempFolder folder;
    expect_refused(StateStore::open_read_only(folder.path()), Error::Kind::not_found,
                   "start the daemon");
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ReadOnly, AnEmptyFileIsADatabaseBeingMade) {
    TempFolder folder;
    write(folder / "state.db", "");
    expect_refused(StateStore::open_read_only(folder.path()), Error::Kind::unavailable,
                   "try again");
}

TEST(ReadOnly, AnEarlierVersionWaitsForTheDaemon) {
    TempFolder folder;
    {
        auto database = Database::open(folder / "state.db", Database::Access::write);
        migrate(database, schema_version() - 1);
    }
    expect_refused(StateStore::open_read_only(folder.path()), Error::Kind::unavailable,
                   "brings it up to date");
}

TEST(ReadOnly, SeesWhatTheDaemonCommits) {
    TempFolder folder;
    auto daemon = StateStore::open(folder.path()).value();
    auto reader = StateStore::open_read_only(folder.path()).value();
    EXPECT_TRUE(reader.recall().value().beliefs.empty());
    ASSERT_TRUE(daemon.commit(one_belief()).has_value());
    EXPECT_EQ(reader.recall().value().beliefs.size(), 1U);
}

TEST(ReadOnly, ChangesNothing) {
    TempFolder folder;
    auto daemon = StateStore::open(folder.path()).value();
    auto reader = StateStore::open_read_only(folder.path()).value();
    expect_refused(reader.commit(one_belief()), Error::Kind::unavailable, "read-only");
    expect_refused(reader.forget(now), Error::Kind::unavailable, "read-only");
    EXPECT_TRUE(reader.recall().value().beliefs.empty());
}

/// A reader of another user, who may read the folder and nothing more.
std::string read_as_another(const std::filesystem::path& folder) {
    return in_child([&]() -> std::string {
        if (!drop_rights()) return "no other user";
        auto reader = StateStore::open_read_only(folder);
        if (reader.has_error()) return reader.error().message;
        const auto memory = reader->recall();
        if (memory.has_error()) return memory.error().message;
        return std::to_string(memory->beliefs.size()) + " beliefs";
    });
}

void let_others_read(const std::filesystem::path& folder) {
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        ASSERT_EQ(::chmod(file.path().c_str(), 0444), 0);
    }
    ASSERT_EQ(::chmod(folder.c_str(), 0555), 0);
}

TEST(ReadOnly, AnotherUserReadsWhereNothingMayBeWritten) {
    TempFolder folder;
    ASSERT_TRUE(StateStore::open(folder.path()).value().commit(one_belief()).has_value());
    let_others_read(folder.path());
    EXPECT_EQ(read_as_another(folder.path()), "1 beliefs");
}

TEST(ReadOnly, AnotherUserReadsBesideTheDaemon) {
    TempFolder folder;
    auto daemon = StateStore::open(folder.path()).value();
    ASSERT_TRUE(daemon.commit(one_belief()).has_value());
    let_others_read(folder.path());
    EXPECT_EQ(read_as_another(folder.path()), "1 beliefs");
}

TEST(ReadOnly, AReadOnlyDiskIsReadAndNotWritten) {
    TempFolder folder;
    const std::string said = in_child([&]() -> std::string {
        if (!mount_small_disk(folder.path(), 4'096)) return "skip";
        if (StateStore::open(folder.path()).value().commit(one_belief()).has_error())
            return "not written";
        if (!remount_read_only(folder.path())) return "skip";
        auto reader = StateStore::open_read_only(folder.path());
        if (reader.has_error()) return "not read: " + reader.error().message;
        if (reader->recall().value().beliefs.size() != 1) return "not all there";
        const auto writer = StateStore::open(folder.path());
        if (writer.has_value()) return "opened for writing";
        return writer.error().kind == Error::Kind::no_permission ? writer.error().message
                                                                 : "another kind";
    });
    if (said == "skip") GTEST_SKIP() << "mounting is not allowed here";
    EXPECT_THAT(said, AllOf(StartsWith("cannot write to the state folder"),
                            HasSubstr("Read-only file system")));
}

}  // namespace
}  // namespace rounds::store
