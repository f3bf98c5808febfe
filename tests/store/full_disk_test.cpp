// A full disk: said so, nothing lost, and on again when there is room.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "daemon/store/state_store.hpp"
#include "tests/store/child.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

const core::WallTime start = core::from_ms(1'764'000'000'000);

core::SubjectId subject(int number) {
    return {"device-" + std::to_string(number) + std::string(400, 'x')};
}

Changes changes_of(int number) {
    Changes changes;
    changes.beliefs[subject(number)].state = core::State::up;
    core::Transition transition;
    transition.subject = subject(number);
    transition.after = core::State::up;
    transition.at = start + core::Duration{number};
    changes.transitions.push_back(transition);
    return changes;
}

/// Commits until one is refused; how many were accepted. Refused must be "unavailable: no room".
struct Filled {
    int accepted = 0;
    core::Error refusal;
};
Filled fill(StateStore& store, int from) {
    for (int number = from; number < 20'000; ++number) {
        const auto done = store.commit(changes_of(number));
        if (done.has_error()) return {number, done.error()};
    }
    return {20'000, {}};
}

/// Empty when a store on a disk with this little room behaves; `make_room` frees some.
std::string full_and_on_again(const std::filesystem::path& folder,
                              const std::function<void()>& make_room) {
    auto store = StateStore::open(folder);
    if (store.has_error()) return "not opened: " + store.error().message;
    const Filled filled = fill(*store, 0);
    if (filled.accepted == 0 || filled.accepted == 20'000) return "it never was full";
    if (filled.refusal.kind != core::Error::Kind::unavailable)
        return "another kind: " + filled.refusal.message;
    if (filled.refusal.message.find("no room left") == std::string::npos)
        return filled.refusal.message;
    if (store->commit(changes_of(filled.accepted)).has_value()) return "accepted without room";
    const auto memory = store->recall();
    if (memory.has_error()) return "full, and not read: " + memory.error().message;
    if (memory->beliefs.size() != static_cast<std::size_t>(filled.accepted))
        return "not all there while full";

    make_room();
    const auto again = store->commit(changes_of(filled.accepted));
    if (again.has_error()) return "not again: " + again.error().message;
    *store = StateStore::open_read_only(folder).value();  // Lets go of the folder.
    const auto reopened = StateStore::open(folder).value().recall().value();
    const auto expected = static_cast<std::size_t>(filled.accepted) + 1;
    return reopened.beliefs.size() == expected ? "" : "not all there after opening again";
}

TEST(FullDisk, NothingIsLostAndItGoesOn) {
    TempFolder folder;
    const std::string said = in_child([&]() -> std::string {
        if (!mount_small_disk(folder.path(), 1'024)) return "skip";
        std::ofstream(folder / "ballast") << std::string(300'000, 'x');
        return full_and_on_again(folder.path(),
                                 [&] { std::filesystem::remove(folder / "ballast"); });
    });
    if (said == "skip") GTEST_SKIP() << "mounting is not allowed here";
    EXPECT_EQ(said, "");
}

TEST(FullDisk, AnOpeningThatHasNoRoomSaysSo) {
    TempFolder folder;
    const std::string said = in_child([&]() -> std::string {
        if (!mount_small_disk(folder.path(), 64)) return "skip";
        std::ofstream(folder / "ballast") << std::string(60'000, 'x');
        const auto store = StateStore::open(folder.path());
        if (store.has_value()) return "opened";
        return store.error().kind == core::Error::Kind::unavailable ? store.error().message
                                                                    : "another kind";
    });
    if (said == "skip") GTEST_SKIP() << "mounting is not allowed here";
    EXPECT_THAT(said, ::testing::HasSubstr("no room left"));
}

TEST(FullDisk, ALimitOnFileSizesIsNoRoomEither) {
    TempFolder folder;
    const std::string said = in_child([&]() -> std::string {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit little{600'000, RLIM_INFINITY};
        const rlimit plenty{RLIM_INFINITY, RLIM_INFINITY};
        if (::setrlimit(RLIMIT_FSIZE, &little) != 0) return "no limit to be set";
        return full_and_on_again(folder.path(), [&] { ::setrlimit(RLIMIT_FSIZE, &plenty); });
    });
    EXPECT_EQ(said, "");
}

}  // namespace
}  // namespace rounds::store
