#include "daemon/system/log.hpp"

#include <cstdlib>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace rounds::daemon {

namespace {

/// sd-daemon(3): "<4>" in front of a line is its priority in the journal.
class JournalPriority final : public spdlog::custom_flag_formatter {
 public:
    void format(const spdlog::details::log_msg& line, const std::tm&,
                spdlog::memory_buf_t& out) override {
        const char digit = line.level >= spdlog::level::critical ? '2'
                           : line.level == spdlog::level::err    ? '3'
                           : line.level == spdlog::level::warn   ? '4'
                           : line.level == spdlog::level::info   ? '6'
                                                                 : '7';
        out.push_back('<');
        out.push_back(digit);
        out.push_back('>');
    }
    [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<JournalPriority>();
    }
};

}  // namespace

Log make_log(const std::string& level, bool over_a_bar) {
    auto log = std::make_shared<spdlog::logger>("rounds",
                                                std::make_shared<spdlog::sinks::stdout_sink_st>());
    auto formatter = std::make_unique<spdlog::pattern_formatter>();
    if (std::getenv("JOURNAL_STREAM") != nullptr) {
        formatter->add_flag<JournalPriority>('J').set_pattern("%J%v");
    } else {
        formatter->set_pattern(std::string(over_a_bar ? "\r\033[K" : "") +
                               "%Y-%m-%d %H:%M:%S %l %v");
    }
    log->set_formatter(std::move(formatter));
    log->set_level(spdlog::level::from_str(level));
    log->flush_on(spdlog::level::info);
    return log;
}

Log silent_log() {
    return std::make_shared<spdlog::logger>("silent",
                                            std::make_shared<spdlog::sinks::null_sink_st>());
}

}  // namespace rounds::daemon
