#include "daemon/system/task_group.hpp"

#include <stdexcept>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include "daemon/system/event.hpp"
#include "daemon/system/uncancelled.hpp"

namespace rounds::daemon {
namespace {

class TaskGroupTest : public ::testing::Test {
 protected:
    /// Runs a coroutine to its end; what it throws comes out.
    void run(asio::awaitable<void> task) {
        std::exception_ptr failure;
        asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown) { failure = thrown; });
        loop.run();
        loop.restart();
        if (failure) std::rethrow_exception(failure);
    }

    asio::awaitable<void> wait_for_ever(int& ends) {
        try {
            co_await never.wait();
        } catch (const boost::system::system_error&) {
            ++ends;
            throw;
        }
    }

    asio::io_context loop{1};
    Event never{loop.get_executor()};
};

TEST_F(TaskGroupTest, JoinWaitsForAll) {
    int done = 0;
    const auto work = [&]() -> asio::awaitable<void> {
        co_await asio::steady_timer(loop, std::chrono::milliseconds(1))
            .async_wait(asio::use_awaitable);
        ++done;
    };
    const auto all = [&]() -> asio::awaitable<void> {
        TaskGroup group(loop.get_executor());
        for (int i = 0; i < 100; ++i) group.spawn(work());
        EXPECT_EQ(group.running(), 100U);
        co_await group.join();
        EXPECT_EQ(done, 100);
    };
    run(all());
    EXPECT_EQ(done, 100);
}

TEST_F(TaskGroupTest, CancelEndsEveryWait) {
    int ends = 0;
    const auto all = [&]() -> asio::awaitable<void> {
        TaskGroup group(loop.get_executor());
        for (int i = 0; i < 10; ++i) group.spawn(wait_for_ever(ends));
        co_await asio::steady_timer(loop, std::chrono::milliseconds(1))
            .async_wait(asio::use_awaitable);
        group.cancel();
        co_await group.join();
    };
    run(all());
    EXPECT_EQ(ends, 10);
}

TEST_F(TaskGroupTest, CancelledJoinTakesItsTasksWithIt) {
    int ends = 0;
    bool thrown = false;
    const auto inner = [&]() -> asio::awaitable<void> {
        TaskGroup group(loop.get_executor());
        for (int i = 0; i < 3; ++i) group.spawn(wait_for_ever(ends));
        try {
            co_await group.join();
        } catch (const boost::system::system_error& error) {
            thrown = error.code() == asio::error::operation_aborted;
            throw;
        }
    };
    const auto outer = [&]() -> asio::awaitable<void> {
        TaskGroup group(loop.get_executor());
        group.spawn(inner());
        co_await asio::steady_timer(loop, std::chrono::milliseconds(1))
            .async_wait(asio::use_awaitable);
        group.cancel();
        co_await group.join();
    };
    run(outer());
    EXPECT_TRUE(thrown);
    EXPECT_EQ(ends, 3);
}

TEST_F(TaskGroupTest, JoinRethrowsWhatATaskThrew) {
    const auto fail = []() -> asio::awaitable<void> {
        throw std::runtime_error("broken");
        co_return;
    };
    const auto all = [&]() -> asio::awaitable<void> {
        TaskGroup group(loop.get_executor());
        group.spawn(fail());
        co_await group.join();
    };
    EXPECT_THROW(run(all()), std::runtime_error);
}

TEST_F(TaskGroupTest, UncancelledWorkIsDoneToItsEnd) {
    bool finished = false;
    Event step(loop.get_executor());
    const auto work = [&]() -> asio::awaitable<void> {
        co_await step.wait();
        finished = true;
    };
    const auto shielded = [&]() -> asio::awaitable<void> { co_await uncancelled(work()); };
    const auto all = [&]() -> asio::awaitable<void> {
        TaskGroup group(loop.get_executor());
        group.spawn(shielded());
        co_await asio::steady_timer(loop, std::chrono::milliseconds(1))
            .async_wait(asio::use_awaitable);
        group.cancel();
        EXPECT_FALSE(finished);
        step.notify();
        co_await group.join();
    };
    run(all());
    EXPECT_TRUE(finished);
}

}  // namespace
}  // namespace rounds::daemon
