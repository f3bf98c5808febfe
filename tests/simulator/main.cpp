// rounds-office: an office of simulated devices in a network namespace.
#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <sys/signalfd.h>

#include "tests/simulator/network_namespace.hpp"
#include "tests/simulator/responder.hpp"
#include "tests/simulator/script_reader.hpp"

namespace rounds::simulator {
namespace {

constexpr std::string_view usage =
    R"(rounds-office [--step] SCRIPT     answers ping and SNMP for every device of the script, until SIGTERM or SIGINT
rounds-office --check SCRIPT      only reads the script; exit 0, or 1 with every mistake in it

Start it in a network namespace of its own, and what asks beside it:
  unshare -n  sh -c 'rounds-office office.yaml & rounds …'      as root
  unshare -Urn sh -c '…'                                        as an ordinary user
It says "ready" when it answers, then one line for each event as it happens. With --step an event
happens when a line comes in on standard input, not by the clock. How a script is written:
tests/simulator/script_reader.hpp; an example: tools/quickstart-office/script.yaml.
)";

struct Wish {
    bool help = false, check = false, step = false;
    bool wrong = false;  ///< An option that does not exist, or more than one script.
    std::string script;
};

Wish wish_of(int count, char** words) {
    Wish wish;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (word == "--help" || word == "-h") {
            wish.help = true;
        } else if (word == "--check") {
            wish.check = true;
        } else if (word == "--step") {
            wish.step = true;
        } else if (word.starts_with("-") || !wish.script.empty()) {
            wish.wrong = true;
        } else {
            wish.script = word;
        }
    }
    return wish;
}

int failed(const core::Error& error) {
    fmt::print(stderr, "rounds-office: {}\n", error.message);
    return 1;
}

/// A descriptor that can be read once SIGTERM or SIGINT has come.
Descriptor end_signals() {
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGINT);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    return Descriptor(::signalfd(-1, &signals, SFD_CLOEXEC));
}

int serve(Script script, bool step) {
    const auto networks = networks_of(script);
    const auto devices = script.devices.size();
    const auto events = script.events.size();
    if (const auto furnished = furnish(networks); !furnished) return failed(furnished.error());
    auto responder = Responder::open(std::move(script));
    if (!responder) return failed(responder.error());
    const Descriptor end = end_signals();
    fmt::print("ready: {} devices, {} events\n", devices, events);
    std::fflush(stdout);
    const auto tally =
        responder->run(end.number(), step ? std::optional{STDIN_FILENO} : std::nullopt,
                       [](core::Microseconds at, const std::string& what) {
                           fmt::print("{} {}\n", clock_face(at), what);
                           std::fflush(stdout);
                       });
    fmt::print("end: {} requests, {} answers\n", tally.requests, tally.answers);
    if (tally.inquiries > 0)
        fmt::print("by SNMP: {} requests, {} answers\n", tally.inquiries, tally.told);
    if (tally.crowded_out > 0) {
        fmt::print(stderr, "rounds-office: {} answers were dropped: more waited than it can hold\n",
                   tally.crowded_out);
    }
    return 0;
}

int run(const Wish& wish) {
    if (wish.help || wish.wrong || wish.script.empty()) {
        fmt::print(wish.help ? stdout : stderr, "{}", usage);
        return wish.help ? 0 : 2;
    }
    auto read = load_script(wish.script);
    for (const auto& problem : read.problems) fmt::print(stderr, "{}\n", problem);
    if (!read.problems.empty()) return 1;
    if (!wish.check) return serve(std::move(read.script), wish.step);
    fmt::print("{}: {} devices, {} events\n", wish.script, read.script.devices.size(),
               read.script.events.size());
    return 0;
}

}  // namespace
}  // namespace rounds::simulator

int main(int count, char** words) {
    return rounds::simulator::run(rounds::simulator::wish_of(count, words));
}
