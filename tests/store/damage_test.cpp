// Damaged files: refused or read as far as they make sense, never a crash, never written over.
#include <fstream>

#include <gtest/gtest.h>

#include "daemon/store/database.hpp"
#include "daemon/store/state_store.hpp"
#include "tests/store/drawn.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

const core::WallTime start = core::from_ms(1'764'000'000'000);
constexpr int rounds = 12;

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

/// A week's state.db, as a file that nobody has open.
const std::string& whole_database() {
    static const std::string bytes = [] {
        TempFolder folder;
        {
            Drawn drawn(3);
            auto store = StateStore::open(folder.path()).value();
            store.begin_run(start).value();
            for (int number = 1; number <= rounds; ++number) {
                const auto now = start + core::Duration{number * 3'600'000};
                store.commit(drawn.changes(now, number, start)).value();
            }
            store.end_run(start).value();
        }
        return bytes_of(folder / "state.db");
    }();
    return bytes;
}

bool is_honest(const core::Error& error) {
    using Kind = core::Error::Kind;
    return (error.kind == Kind::damaged || error.kind == Kind::newer ||
            error.kind == Kind::internal || error.kind == Kind::unavailable ||
            error.kind == Kind::not_found) &&
           !error.message.empty();
}

template <class T>
void expect_answer(const core::Result<T>& result) {
    if (result.has_error()) {
        EXPECT_TRUE(is_honest(result.error())) << result.error().message;
    }
}

/// Asks for everything; any answer will do that is one.
void ask_everything(StateStore& store) {
    expect_answer(store.recall());
    expect_answer(store.gaps({start, start + core::Duration{1'000'000'000}}));
    expect_answer(store.rounds_begun({start, start + core::Duration{1'000'000'000}}));
    expect_answer(store.last_round("早巡"));
    expect_answer(store.was_made("早巡", start));
    for (int number = 1; number <= rounds; ++number) {
        expect_answer(store.record({"RX-" + std::to_string(number)}));
    }
}

class DamageTest : public ::testing::TestWithParam<int> {};

TEST_P(DamageTest, FlippedBytesAreRefusedOrReadNeverWrittenOver) {
    Drawn drawn(static_cast<std::uint64_t>(GetParam()));
    TempFolder folder;
    std::string bytes = whole_database();
    const int size = static_cast<int>(bytes.size());
    for (int flips = 1 + drawn.below(30); flips > 0; --flips) {
        const int place = drawn.once_in(4) ? drawn.below(200) : drawn.below(size);
        bytes[static_cast<std::size_t>(place)] = static_cast<char>(drawn.below(256));
    }
    write(folder / "state.db", bytes);
    {
        auto reader = StateStore::open_read_only(folder.path());
        if (reader.has_value()) ask_everything(*reader);
        expect_answer(reader);
    }
    ASSERT_EQ(bytes_of(folder / "state.db"), bytes);
    auto store = StateStore::open(folder.path());
    if (store.has_error()) {
        EXPECT_TRUE(is_honest(store.error())) << store.error().message;
        EXPECT_EQ(bytes_of(folder / "state.db"), bytes);
    } else {
        ask_everything(*store);
        expect_answer(store->commit(drawn.changes(start, 1'000, start)));
        expect_answer(store->forget(start + core::Duration{40'000'000}));
    }
}

INSTANTIATE_TEST_SUITE_P(Flips, DamageTest, ::testing::Range(1, 61));

class TruncationTest : public ::testing::TestWithParam<int> {};

TEST_P(TruncationTest, ACutFileIsDamagedAndLeftAlone) {
    TempFolder folder;
    const auto kept = whole_database().size() * static_cast<std::size_t>(GetParam()) / 100;
    const std::string bytes = whole_database().substr(0, kept);
    write(folder / "state.db", bytes);
    const auto store = StateStore::open(folder.path());
    ASSERT_TRUE(store.has_error());
    EXPECT_EQ(store.error().kind, core::Error::Kind::damaged) << store.error().message;
    EXPECT_NE(store.error().message.find("put a backup in their place"), std::string::npos);
    EXPECT_EQ(bytes_of(folder / "state.db"), bytes);
}

INSTANTIATE_TEST_SUITE_P(Percent, TruncationTest, ::testing::Values(1, 10, 33, 50, 75, 90, 99));

TEST(Damage, AWordThatIsNoStateIsDamageNotAGuess) {
    TempFolder folder;
    write(folder / "state.db", whole_database());
    Database::open(folder / "state.db", Database::Access::write)
        .run("PRAGMA ignore_check_constraints = ON; UPDATE belief SET state = 'fine'");
    auto reader = StateStore::open_read_only(folder.path());
    ASSERT_TRUE(reader.has_value());
    ASSERT_TRUE(reader->recall().has_error());
    EXPECT_EQ(reader->recall().error().kind, core::Error::Kind::damaged);
    EXPECT_NE(reader->recall().error().message.find("\"fine\" is no state"), std::string::npos);
    reader->gaps({start, start}).value();
}

}  // namespace
}  // namespace rounds::store
