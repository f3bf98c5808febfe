// Where incidents are told: hooks.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "config/secret.hpp"
#include "config/sections.hpp"
#include "config/values.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 1> known_types{"webhook"};
constexpr std::array<std::string_view, 17> later_types{
    "alertmanager", "pagerduty", "cloudevents", "mail",       "redmine",  "request-tracker",
    "jira",         "glpi",      "zammad",      "servicenow", "osticket", "wecom",
    "dingtalk",     "feishu",    "slack",       "teams",      "telegram"};

std::optional<core::Hook::Type> type_of(std::string_view word) {
    return word == "webhook" ? std::optional(core::Hook::Type::webhook) : std::nullopt;
}

/// A type that a later version will know has keys that this one does not: one sentence is enough.
bool is_for_later(const Node& node, Problems& problems) {
    const Entry* type = node.find("type");
    if (type == nullptr || std::ranges::find(later_types, type->value.text) == later_types.end())
        return false;
    problems.add(type->value.at, fmt::format("type: {}", not_yet_known(type->value.text)));
    return true;
}

/// Whole enough to be tried: libcurl has the last word. No sentence repeats it.
bool is_http(std::string_view url) {
    const std::size_t host = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    return host > 0 && url.size() > host && url.find_first_of("/?#\\", host) != host &&
           url.find_first_of(" \t\"<>") == std::string_view::npos;
}

void read_url(Section& keys, const Node& node, Problems& problems, core::Hook& hook) {
    const bool is_said = node.find("url") != nullptr || node.find("url_file") != nullptr;
    if (!is_said && node.kind == Node::Kind::map)
        problems.add(node.at, "a hook needs \"url\", or \"url_file\" when it holds a token");
    if (!read_secret(keys, "url", "url_file", problems, hook.url) || is_http(hook.url)) return;
    const std::string_view key = node.find("url") != nullptr ? "url" : "url_file";
    keys.problem(
        key, keys.place(key),
        "is not an http or https address; write one like https://tickets.example.com/hook");
}

void read_key(Section& keys, const Node& node, Problems& problems, core::Hook& hook) {
    if (!read_secret(keys, "secret", "secret_file", problems, hook.secret)) return;
    constexpr std::string_view
        prefix = "whsec_",
        base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (!hook.secret.starts_with(prefix)) return;
    std::string_view rest = std::string_view(hook.secret).substr(prefix.size());
    for (int most = 2; most > 0 && rest.ends_with('='); --most) rest.remove_suffix(1);
    if (rest.size() >= 2 && rest.size() % 4 != 1 &&
        rest.find_first_not_of(base64) == std::string_view::npos) {
        return;
    }
    const std::string_view key = node.find("secret") != nullptr ? "secret" : "secret_file";
    keys.problem(key, keys.place(key),
                 "begins with whsec_ but no base64 follows; copy it again, whole");
}

}  // namespace

void read_hooks(std::span<const Node> hooks, Problems& problems, Draft& draft) {
    std::unordered_map<std::string, Place> first_at;
    for (const Node& node : hooks) {
        if (is_for_later(node, problems)) continue;
        core::Hook hook;
        Section keys(node, "a hook", problems);
        keys.required("name", hook.name, line_of_text);
        keys.required("type", hook.type, one_of("a type of hook", type_of, known_types));
        read_url(keys, node, problems, hook);
        read_key(keys, node, problems, hook);
        keys.optional("min_severity", hook.min_severity, severity);
        keys.optional("timeout", hook.timeout, duration(1s, 60s));
        if (keys.optional("ca_file", hook.ca_file, path))
            hook.ca_file = problems.file(keys.place("ca_file")).parent_path() / hook.ca_file;
        keys.not_yet({"digest", "fallback", "quiet", "rate", "proxy"});
        const auto [first, is_new] = first_at.try_emplace(hook.name, keys.place("name"));
        if (!is_new && !hook.name.empty()) {
            keys.problem("name", keys.place("name"),
                         fmt::format("\"{}\" is taken by the hook at {}",
                                     core::printable(hook.name, 60), problems.show(first->second)));
        }
        draft.hooks.push_back(std::move(hook));
    }
}

}  // namespace rounds::config
