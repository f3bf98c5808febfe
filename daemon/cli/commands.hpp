// The commands, each in a file of its own. All return the exit code.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace rounds::daemon {

struct DaemonOptions {
    std::filesystem::path config;
    std::string log_level = "info";
    bool round_now = false;
    bool once = false;
};
/// 0: ended as asked · 1: configuration error · 2: could not begin or go on.
int run_daemon(const DaemonOptions& options);

/// 0, or 1 with every error on stderr.
int check_config(const std::filesystem::path& config);

/// How addresses named by hand are asked by SNMP; all empty: not at all.
struct SnmpOptions {
    std::optional<std::string> credentials;       ///< A name under `credentials`.
    std::optional<std::string> community;         ///< v2c.
    std::optional<std::string> user, auth, priv;  ///< v3; protocols as in the configuration.
    std::optional<std::filesystem::path> auth_file, priv_file;
    int port = 161;
};

struct InspectOptions {
    std::filesystem::path config;
    bool config_given = false;
    std::vector<std::string>
        subjects;  ///< Names or ids of devices and links, or addresses; empty: everything due.
    bool json = false;
    bool explain = false;  ///< Why each device is read by SNMP as it is, in place of the table.
    std::optional<std::string> locale;
    SnmpOptions snmp;
};
/// Exit code of the worst verdict in Nagios order; 1 for a usage or configuration error.
int inspect(const InspectOptions& options);

struct TopologyOptions {
    std::filesystem::path config;
    bool json = false;
    std::optional<std::string> locale;
};
/// Where each device hangs, by neighbours and forwarding tables, beside what the archive says. Looks at everything,
/// records nothing. 0 · 1 something hangs elsewhere than the archive says, or a configuration error.
int topology(const TopologyOptions& options);

struct StatusOptions {
    std::filesystem::path config;
    bool self = false;  ///< How Rounds itself keeps up, in place of how the office is.
    bool json = false;
    std::optional<std::string> locale;
};
/// Reads from the running daemon, else from its database.
/// 0 all well · 1 an incident is unresolved, or a configuration error · 2 something is down · 3 not known (the daemon
/// does not run, is blind). With `self`: 0 it keeps up · 1 it does not · 3 the daemon does not run.
int status(const StatusOptions& options);

struct IncidentOptions {
    std::filesystem::path config;
    bool all = false;  ///< List those that are over too.
    bool json = false;
    std::optional<std::string> locale;
    std::string id;      ///< "GZ-20261124-0007"
    std::string action;  ///< As in the API: "acknowledge", "comment", "resolve", "close".
    std::optional<std::string> by;  ///< Who acts; the person at the terminal unless said.
    std::string comment;
    std::string subject;  ///< Of a report: name, id or address.
    std::string text;     ///< Of a report: what is wrong.
    std::optional<int> severity;
};
// 0, or 1 with the reason. Reading works without a daemon, acting does not.
int list_incidents(const IncidentOptions& options);
int show_incident(const IncidentOptions& options);
int act_on_incident(const IncidentOptions& options);
int report_incident(const IncidentOptions& options);

struct HookOptions {
    std::filesystem::path config;
    bool json = false;
    std::optional<std::string> locale;
    std::string hook;  ///< Its name; empty: all.
};
// As of incidents.
int list_hooks(const HookOptions& options);
int list_parked(const HookOptions& options);
int replay_hooks(const HookOptions& options);
/// 0: the receiver took it · 1: it did not, or another error. Needs the daemon.
int test_hook(const HookOptions& options);

struct ReportOptions {
    std::filesystem::path config;
    std::optional<std::string>
        date;  ///< YYYY-MM-DD, the day the round began; the last round unless said.
    std::string format = "text";
    std::optional<std::filesystem::path> output;  ///< stdout unless said.
    std::optional<std::string> locale;
};
/// 0 the report is written · 1 no such round, or another error.
int report_daily(const ReportOptions& options);

struct ProfileOptions {
    std::vector<std::filesystem::path> files;     ///< Over the shipped ones and the folder's.
    std::optional<std::filesystem::path> folder;  ///< Empty: /etc/rounds/profiles, if there.
    bool shipped = false;                         ///< Neither: the shipped ones alone.
    std::filesystem::path recording;
    bool json = false;
    bool markdown = false;  ///< Of the list: for docs/devices.
    bool explain = false;
    std::optional<std::string> locale;
};
/// 0, or 1 with every mistake on stderr.
int check_profiles(const ProfileOptions& options);
/// All of them by vendor and class: what Rounds knows. 0, or 1 with every mistake.
int list_profiles(const ProfileOptions& options);
/// What is read from a recording. 0, or 1 with the reason.
int try_profiles(const ProfileOptions& options);

}  // namespace rounds::daemon
