// rounds-bench: one part of Rounds at work, and what it cost. tools/bench compares it with others.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "daemon/system/memory.hpp"
#include "tests/bench/floor_bench.hpp"
#include "tests/bench/ping_bench.hpp"
#include "tests/bench/samples_bench.hpp"
#include "tests/bench/snmp_bench.hpp"

int main(int count, char** words) {
    using namespace rounds::bench;
    rounds::daemon::keep_memory_between_rounds();  // as main() does
    CLI::App app{"One part of Rounds at work; prints what it cost as JSON"};
    app.require_subcommand(1);

    PingWork pings;
    auto* ping_command = app.add_subcommand("ping", "IcmpEngine over 127.1.0.1 and on");
    ping_command->add_option("--targets", pings.targets)->capture_default_str();
    ping_command->add_option("--packets", pings.packets)->capture_default_str();
    ping_command->add_option("--spacing", pings.spacing, "ms")->capture_default_str();
    ping_command->add_option("--at-once", pings.at_once)->capture_default_str();
    ping_command->add_option("--rate", pings.rate, "packets a second")->capture_default_str();
    ping_command->callback([&] { fmt::print("{}\n", ping(pings)); });

    SnmpWork asks;
    auto* snmp_command = app.add_subcommand("snmp", "SnmpEngine over the agents of rounds-office");
    snmp_command->add_option("what", asks.what, "values or table")
        ->transform(CLI::CheckedTransformer(std::map<std::string, SnmpWork::What>{
            {"values", SnmpWork::What::values}, {"table", SnmpWork::What::table}}))
        ->required();
    snmp_command->add_option("--agents", asks.agents)->capture_default_str();
    snmp_command->add_option("--first", asks.first)->capture_default_str();
    snmp_command->add_option("--times", asks.times)->capture_default_str();
    snmp_command->add_option("--at-once", asks.at_once)->capture_default_str();
    snmp_command->add_flag("--v3", asks.v3);
    snmp_command->callback([&] { fmt::print("{}\n", snmp(asks)); });

    FloorWork bare;
    auto* floor_command = app.add_subcommand("floor", "The same packets by system calls alone");
    floor_command->add_option("what", bare.what, "ping or values")
        ->transform(CLI::CheckedTransformer(std::map<std::string, FloorWork::What>{
            {"ping", FloorWork::What::ping}, {"values", FloorWork::What::values}}))
        ->required();
    floor_command->add_option("--targets", bare.targets)->capture_default_str();
    floor_command->add_option("--packets", bare.packets)->capture_default_str();
    floor_command->callback([&] { fmt::print("{}\n", floor(bare)); });

    SamplesWork stored;
    std::filesystem::path exported;
    auto* samples_command = app.add_subcommand("samples", "SampleStore");
    samples_command->add_option("what", stored.what, "standard, month or report")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, SamplesWork::What>{{"standard", SamplesWork::What::standard},
                                                     {"month", SamplesWork::What::month},
                                                     {"report", SamplesWork::What::report}}))
        ->required();
    samples_command->add_option("--folder", stored.folder)->capture_default_str();
    samples_command->callback([&] { fmt::print("{}\n", samples(stored)); });
    auto* export_command = app.add_subcommand("samples-set", "The standard set for other stores");
    export_command->add_option("file", exported)->required();
    export_command->callback([&] { export_standard_set(exported); });

    CLI11_PARSE(app, count, words);
    return 0;
}
