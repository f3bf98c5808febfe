#include "daemon/system/hand_over.hpp"

#include <future>
#include <thread>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include "daemon/system/task_group.hpp"

namespace rounds::daemon {
namespace {

struct HandOver : ::testing::Test {
    void run(asio::awaitable<void> task) {
        std::exception_ptr failure;
        asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown) { failure = thrown; });
        loop.run();
        if (failure) std::rethrow_exception(failure);
    }

    asio::io_context loop{1};
    asio::thread_pool elsewhere{1};
};

TEST_F(HandOver, WorksThereAndComesBack) {
    const auto here = std::this_thread::get_id();
    const auto task = [&]() -> asio::awaitable<void> {
        auto work = [] { return std::this_thread::get_id(); };
        const auto there = co_await hand_over(elsewhere.get_executor(), std::move(work));
        EXPECT_NE(there, here);
        EXPECT_EQ(std::this_thread::get_id(), here);
    };
    run(task());
}

TEST_F(HandOver, WhoIsCancelledGetsTheResultAndEndsAtTheNextWait) {
    int result = 0;
    bool went_on = false;
    std::promise<void> begun;
    std::promise<void> go_on;
    const auto task = [&]() -> asio::awaitable<void> {
        auto work = [&] {
            begun.set_value();
            go_on.get_future().wait();
            return 7;
        };
        result = co_await hand_over(elsewhere.get_executor(), std::move(work));
        co_await asio::post(asio::use_awaitable);
        went_on = true;
    };
    const auto all = [&]() -> asio::awaitable<void> {
        TaskGroup group(loop.get_executor());
        group.spawn(task());
        co_await asio::post(asio::use_awaitable);
        begun.get_future().wait();
        group.cancel();
        go_on.set_value();
        co_await group.join();
    };
    run(all());
    EXPECT_EQ(result, 7);
    EXPECT_FALSE(went_on);
}

// Cancelled in every phase of the work, the end of it included.
TEST_F(HandOver, ACancellationMayMeetTheEndOfTheWork) {
    int done = 0;
    const auto task = [&]() -> asio::awaitable<void> {
        auto work = [] { return 1; };
        done += co_await hand_over(elsewhere.get_executor(), std::move(work));
    };
    const auto all = [&]() -> asio::awaitable<void> {
        for (int pause = 0; pause < 2'000; ++pause) {
            TaskGroup group(loop.get_executor());
            group.spawn(task());
            co_await asio::post(asio::use_awaitable);
            for (int wait = 0; wait < pause / 40; ++wait) std::this_thread::yield();
            group.cancel();
            co_await group.join();
        }
    };
    run(all());
    EXPECT_EQ(done, 2'000);
}

}  // namespace
}  // namespace rounds::daemon
