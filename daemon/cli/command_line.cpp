#include "daemon/cli/command_line.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "core/text.hpp"
#include "daemon/cli/commands.hpp"

namespace rounds::daemon {

namespace {

constexpr const char* usual_config = "/etc/rounds/rounds.yaml";

/// The options of every command, and which one was chosen.
struct Words {
    DaemonOptions daemon{.config = usual_config};
    std::filesystem::path check = usual_config;
    InspectOptions inspect{.config = usual_config};
    StatusOptions status{.config = usual_config};
    TopologyOptions topology{.config = usual_config};
    ReportOptions report{.config = usual_config};
    IncidentOptions incident{.config = usual_config};
    HookOptions hook{.config = usual_config};
    ProfileOptions profile;
    std::function<int()> chosen;
};

CLI::Option* add_config(CLI::App* command, std::filesystem::path& config) {
    return command->add_option("-c,--config", config, "Configuration file")->capture_default_str();
}

void add_locale(CLI::App* command, std::optional<std::string>& locale) {
    command->add_option("--locale", locale, "Language of the output (the site's unless said)")
        ->check(CLI::IsMember({"en", "zh-CN"}));
}

void add_daemon(CLI::App& app, Words& words) {
    auto* command = app.add_subcommand("daemon", "Run in the foreground (systemd: Type=notify)");
    add_config(command, words.daemon.config);
    command->add_option("--log-level", words.daemon.log_level, "How much to log")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
        ->capture_default_str();
    command->add_flag("--round-now", words.daemon.round_now, "Make a round at once, then go on");
    command->add_flag("--once", words.daemon.once, "Make a round and its report, then end");
    command->callback([&words] { words.chosen = [&words] { return run_daemon(words.daemon); }; });
}

void add_check(CLI::App& app, Words& words) {
    auto* command = app.add_subcommand("check-config", "Exit 0, or 1 with every error");
    add_config(command, words.check);
    command->callback([&words] { words.chosen = [&words] { return check_config(words.check); }; });
}

void add_snmp(CLI::App* command, SnmpOptions& snmp) {
    const char* group = "SNMP, for addresses that the configuration does not have";
    auto* name =
        command->add_option("--credentials", snmp.credentials, "Of this name in the configuration");
    auto* community = command->add_option("--community", snmp.community, "v2c with this community");
    auto* user = command->add_option("--v3-user", snmp.user, "v3 with this user");
    name->excludes(community)->excludes(user)->group(group);
    community->excludes(user)->group(group);
    user->group(group);
    command->add_option("--v3-auth", snmp.auth, "MD5, SHA-1, SHA-224 … SHA-512")
        ->needs(user)
        ->group(group);
    command->add_option("--v3-auth-file", snmp.auth_file, "File with its password")
        ->needs(user)
        ->group(group);
    command->add_option("--v3-priv", snmp.priv, "DES, AES-128, AES-192, AES-256")
        ->needs(user)
        ->group(group);
    command->add_option("--v3-priv-file", snmp.priv_file, "File with its password")
        ->needs(user)
        ->group(group);
    command->add_option("--port", snmp.port, "UDP port")->check(CLI::Range(1, 65535))->group(group);
}

void add_inspect(CLI::App& app, Words& words) {
    auto* command = app.add_subcommand("inspect", "One round now, from here; needs no daemon");
    auto* config = add_config(command, words.inspect.config);
    command->add_option("subject", words.inspect.subjects,
                        "Devices or links by name, or addresses; all unless said");
    command->add_flag("--json", words.inspect.json, "One JSON object per device and line");
    command
        ->add_flag("--explain", words.inspect.explain,
                   "Why each is read by SNMP as it is: profile, rules, raw values")
        ->excludes("--json");
    add_locale(command, words.inspect.locale);
    add_snmp(command, words.inspect.snmp);
    command->callback([&words, config] {
        words.inspect.config_given = config->count() > 0;
        words.chosen = [&words] { return inspect(words.inspect); };
    });
}

void add_topology(CLI::App& app, Words& words) {
    auto* command = app.add_subcommand(
        "topology",
        "At which port of which switch each device hangs, beside what the archive says");
    add_config(command, words.topology.config);
    command->add_flag("--json", words.topology.json, "One JSON object per device and line");
    add_locale(command, words.topology.locale);
    command->callback([&words] { words.chosen = [&words] { return topology(words.topology); }; });
}

void add_status(CLI::App& app, Words& words) {
    auto* command = app.add_subcommand("status", "What is wrong now, on one screen");
    add_config(command, words.status.config);
    command->add_flag("--json", words.status.json, "As one JSON object");
    command->add_flag("--self", words.status.self,
                      "How Rounds itself keeps up: late looks, writing, what waits");
    add_locale(command, words.status.locale);
    command->callback([&words] { words.chosen = [&words] { return status(words.status); }; });
}

void add_report(CLI::App& app, Words& words) {
    auto* report = app.add_subcommand("report", "Reports of past days")->require_subcommand(1);
    auto* command = report->add_subcommand("daily", "The daily report of a round");
    add_config(command, words.report.config);
    command->add_option("--date", words.report.date,
                        "Day on which the round began, YYYY-MM-DD; the last round unless said");
    command->add_option("--format", words.report.format, "How to write it")
        ->check(CLI::IsMember({"html", "json", "text"}))
        ->capture_default_str();
    command->add_option("-o,--output", words.report.output,
                        "File to write; standard output unless said");
    add_locale(command, words.report.locale);
    command->callback([&words] { words.chosen = [&words] { return report_daily(words.report); }; });
}

void add_incident_action(CLI::App* incidents, Words& words, const char* name, const char* action,
                         const char* help) {
    auto& options = words.incident;
    auto* command = incidents->add_subcommand(name, help);
    add_config(command, options.config);
    command->add_option("id", options.id, "Its number, such as GZ-20261124-0007")->required();
    command->add_option("--by", options.by, "Who does it; you, by your login, unless said");
    auto* comment = command->add_option("--comment", options.comment, "What there is to say of it");
    if (std::string_view(action) == "comment") comment->required();
    command->add_flag("--json", options.json, "As JSON");
    add_locale(command, options.locale);
    command->callback([&words, action] {
        words.incident.action = action;
        words.chosen = [&words] { return act_on_incident(words.incident); };
    });
}

void add_incidents(CLI::App& app, Words& words) {
    auto& options = words.incident;
    auto* incidents = app.add_subcommand("incidents", "What is wrong, and what became of it")
                          ->require_subcommand(1);
    auto* list = incidents->add_subcommand("list", "Those that are unresolved, newest first");
    add_config(list, options.config);
    list->add_flag("--all", options.all, "Also those that are over");
    list->add_flag("--json", options.json, "As JSON");
    add_locale(list, options.locale);
    list->callback(
        [&words] { words.chosen = [&words] { return list_incidents(words.incident); }; });

    auto* show = incidents->add_subcommand("show", "One, with everything that happened to it");
    add_config(show, options.config);
    show->add_option("id", options.id, "Its number, such as GZ-20261124-0007")->required();
    show->add_flag("--json", options.json, "As JSON");
    add_locale(show, options.locale);
    show->callback([&words] { words.chosen = [&words] { return show_incident(words.incident); }; });

    auto* report = incidents->add_subcommand("report", "Something is wrong that Rounds cannot see");
    add_config(report, options.config);
    report
        ->add_option("subject", options.subject,
                     "Name, id or address of the device, or a link's name")
        ->required();
    report->add_option("text", options.text, "What is wrong, in one line")->required();
    report
        ->add_option("--severity", options.severity,
                     "1 (the whole office) to 4 (a notice); the device's unless said")
        ->check(CLI::Range(1, 4));
    report->add_option("--by", options.by, "Who reports it; you, by your login, unless said");
    report->add_flag("--json", options.json, "As JSON");
    add_locale(report, options.locale);
    report->callback(
        [&words] { words.chosen = [&words] { return report_incident(words.incident); }; });

    add_incident_action(incidents, words, "ack", "acknowledge", "Somebody works on it");
    add_incident_action(incidents, words, "comment", "comment", "Add a word to it");
    add_incident_action(incidents, words, "resolve", "resolve", "It is well again, a person says");
    add_incident_action(incidents, words, "close", "close", "Done with: it never opens again");
}

void add_hooks(CLI::App& app, Words& words) {
    auto& options = words.hook;
    auto* hooks = app.add_subcommand("hooks", "Where incidents are told, and what waits")
                      ->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, int (*run)(const HookOptions&)) {
        auto* command = hooks->add_subcommand(name, help);
        add_config(command, options.config);
        command->add_flag("--json", options.json, "As JSON");
        add_locale(command, options.locale);
        command->callback(
            [&words, run] { words.chosen = [&words, run] { return run(words.hook); }; });
        return command;
    };
    add("list", "Each, with how much it has not been told yet", list_hooks);
    auto* parked = add("parked", "What is not tried any more, and why", list_parked);
    parked->add_option("hook", options.hook, "Of this hook; of all unless said");
    auto* replay = add("replay", "Try again what is parked", replay_hooks);
    replay->add_option("hook", options.hook, "Of this hook; of all unless said");
    auto* test = add("test", "Tell it one test message, and what it answers", test_hook);
    test->add_option("hook", options.hook, "Its name")->required();
}

void add_profile(CLI::App& app, Words& words) {
    auto& options = words.profile;
    auto* profile = app.add_subcommand("profile", "Knowledge of devices, for those who write it")
                        ->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, int (*run)(const ProfileOptions&)) {
        auto* command = profile->add_subcommand(name, help);
        command->add_option("file", options.files, "Profiles, over those that are there already");
        auto* folder = command->add_option("--folder", options.folder,
                                           "Of your other profiles [/etc/rounds/profiles]");
        command->add_flag("--shipped", options.shipped, "Without your other profiles")
            ->excludes(folder);
        command->callback(
            [&words, run] { words.chosen = [&words, run] { return run(words.profile); }; });
        return command;
    };
    add("check", "Exit 0, or 1 with every mistake", check_profiles);
    add("list", "All that are there, by vendor and class", list_profiles)
        ->add_flag("--markdown", options.markdown, "As a table of Markdown");
    auto* attempt = add("try", "What is read from a recording of a device", try_profiles);
    attempt->add_option("--recording", options.recording, "What snmpwalk -On printed, or snmprec")
        ->required();
    auto* json = attempt->add_flag("--json", options.json, "As JSON");
    attempt->add_flag("--explain", options.explain, "Why: rules, raw values, what became of them")
        ->excludes(json);
    add_locale(attempt, options.locale);
}

/// What to say of a first word that is no command; empty when it is one. CLI11 only misses one.
std::string unknown_command(const CLI::App& app, int count, char** words) {
    if (count < 2 || words[1][0] == '-') return {};
    std::vector<std::string> names;
    for (const auto* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
    const std::vector<std::string_view> views(names.begin(), names.end());
    if (std::ranges::find(names, words[1]) != names.end()) return {};
    const auto near = core::nearest(words[1], views.data(), views.data() + views.size());
    return fmt::format("there is no command \"{}\"{} (see rounds --help)",
                       core::printable(words[1], 40),
                       near.empty() ? "" : fmt::format("; did you mean {}?", near));
}

}  // namespace

int command_line(int count, char** words_typed) {
    std::signal(SIGPIPE, SIG_IGN);  // who reads our output may go; a daemon stays
    CLI::App app("Rounds inspects an office's network every day, so that people need not.",
                 "rounds");
    app.set_version_flag("--version", "rounds " ROUNDS_VERSION);
    app.require_subcommand(1);
    app.failure_message([](const CLI::App*, const CLI::Error& error) {
        return fmt::format("rounds: {} (see rounds --help)\n", error.what());
    });
    Words words;
    add_daemon(app, words);
    add_check(app, words);
    add_inspect(app, words);
    add_status(app, words);
    add_topology(app, words);
    add_report(app, words);
    add_incidents(app, words);
    add_hooks(app, words);
    add_profile(app, words);
    if (const auto unknown = unknown_command(app, count, words_typed); !unknown.empty()) {
        fmt::print(stderr, "rounds: {}\n", unknown);
        return 1;
    }
    try {
        app.parse(count, words_typed);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 1;
    }
    try {
        return words.chosen();
    } catch (const std::exception& defect) {
        fmt::print(stderr, "rounds: unexpected: {}; please report this\n", defect.what());
        return 3;
    }
}

}  // namespace rounds::daemon
