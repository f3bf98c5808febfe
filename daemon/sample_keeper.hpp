// The loop's way to samples.db: in batches, so that a crash costs the last ten seconds at most.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/store/sample_store.hpp"
#include "daemon/system/log.hpp"
#include "ports/asio.hpp"
#include "ports/clock.hpp"

namespace rounds::daemon {

/// How long what is measured is kept, and what it was summed up to; the figures of whole days are kept for ever.
struct SampleRetention {
    core::Duration samples, five_minutes, hours;
};

/// Used on the loop thread; owns the store, which is used on `store_thread` alone.
class SampleKeeper {
 public:
    /// `store` empty: samples.db could not be opened; nothing is kept, and whoever opened it has said so.
    SampleKeeper(std::optional<store::SampleStore> store, ports::Clock& clock,
                 asio::any_io_executor store_thread, Log log);

    void add(std::vector<store::Sample> samples);

    /// Writes what was added, every ten seconds, and once an hour forgets what is kept no longer, until cancelled.
    asio::awaitable<void> run(SampleRetention keep);
    /// Writes what was added so far. What could not be written is kept, up to a million samples.
    asio::awaitable<void> flush();

    /// The daemon ends: see StateStore::hurry.
    void hurry() noexcept;
    /// Samples that are not written yet.
    [[nodiscard]] std::size_t kept() const { return waiting_.size(); }
    /// Why the last batch was not written; empty when it was.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
    asio::awaitable<void> forget(SampleRetention keep);

    std::shared_ptr<store::SampleStore> store_;  ///< Null: there is none.
    ports::Clock& clock_;
    asio::any_io_executor store_thread_;
    Log log_;
    std::vector<store::Sample> waiting_;
    std::string trouble_;  ///< Said in the log; empty: none.
};

}  // namespace rounds::daemon
