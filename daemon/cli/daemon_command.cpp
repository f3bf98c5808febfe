#include <csignal>
#include <cstdio>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <fmt/format.h>
#include <sys/prctl.h>

#include "daemon/app.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/progress_bar.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/cli/verdict_table.hpp"
#include "daemon/hooks/curl_port.hpp"
#include "daemon/system/real_clock.hpp"
#include "probes/gateway.hpp"
#include "probes/icmp/engine.hpp"
#include "probes/resolver.hpp"
#include "probes/snmp/engine.hpp"

namespace rounds::daemon {

namespace {

/// SIGHUP reloads, SIGTERM and SIGINT end, until the app has ended.
asio::awaitable<void> heed(asio::signal_set& signals, App& app) {
    for (;;) {
        const int number = co_await signals.async_wait(asio::use_awaitable);
        number == SIGHUP ? app.reload() : app.end();
    }
}

/// What the terminal shows of a round made at once.
void show_round(const MadeRound& made, const core::Locale& locale) {
    std::string text = verdict_table(made.record.round, locale, wants_colours(stdout));
    for (const auto& path : made.reports) {
        text += core::render({core::MessageId::cli_report_at, {{"path", path.string()}}}, locale);
        text += '\n';
    }
    (void)say(text);  // the round is made, whether or not somebody reads of it here
}

void tell_about_ping(const probes::IcmpEngine& engine, const Log& log) {
    const auto tell = [&](const char* name, const probes::IcmpEngine::Family& family) {
        using Socket = probes::IcmpEngine::Family::Socket;
        if (family.socket == Socket::none) {
            log->error("no ping over {}: {}", name, family.trouble);
        } else {
            log->info("ping: family={} socket={}", name,
                      family.socket == Socket::raw ? "raw" : "datagram");
        }
    };
    tell("IPv4", engine.ipv4());
    tell("IPv6", engine.ipv6());
}

}  // namespace

int run_daemon(const DaemonOptions& options) {
    const auto loaded = config::load_all(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto setup = loaded.setup;
    auto opened = store::StateStore::open(setup->state);
    if (!opened) return complain(opened.error(), 2);

    auto samples = store::SampleStore::open(setup->state);

    ::prctl(PR_SET_DUMPABLE, 0);  // no secrets in core dumps
    const bool round_now = options.round_now || options.once;
    const Log log = make_log(options.log_level, round_now && shows_progress());
    asio::io_context loop(1);
    asio::thread_pool store_thread(1);
    asio::thread_pool render_thread(1);
    RealClock clock;
    probes::IcmpEngine engine(loop.get_executor());
    probes::SystemResolver resolver(loop.get_executor());
    probes::SnmpEngine snmp(loop.get_executor(), clock);
    hooks::CurlPort hooks(loop.get_executor());
    tell_about_ping(engine, log);
    if (!samples) log->error("going on without samples: {}", samples.error().message);

    AppOptions app_options{
        .round_now = round_now,
        .once = options.once,
        .progress = round_now ? progress_bar(setup->locale()) : Progress{},
        .on_round = [setup](const MadeRound& made) { show_round(made, setup->locale()); },
        .reload = [path = options.config] { return config::load_all(path); },
        .socket = options.once ? std::filesystem::path() : setup->socket};
    App app(setup, std::move(*opened), samples ? std::optional(std::move(*samples)) : std::nullopt,
            {clock, engine, resolver, snmp, hooks, probes::default_gateways},
            {loop.get_executor(), store_thread.get_executor(), render_thread.get_executor()}, log,
            std::move(app_options));

    asio::signal_set signals(loop, SIGHUP, SIGTERM, SIGINT);
    asio::co_spawn(loop, heed(signals, app), asio::detached);
    int code = 0;
    auto on_end = [&](std::exception_ptr failure, const core::Result<void>& ended) {
        loop.stop();
        if (failure) std::rethrow_exception(failure);
        if (!ended) code = complain(ended.error(), 2);
    };
    asio::co_spawn(loop, app.live(), on_end);
    loop.run();
    store_thread.join();
    render_thread.join();
    return code;
}

}  // namespace rounds::daemon
