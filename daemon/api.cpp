#include "daemon/api.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/at_end.hpp"
#include "core/text.hpp"
#include "daemon/hooks/payload.hpp"

namespace rounds::daemon {

namespace {

using core::Error;
using Json = nlohmann::ordered_json;
using Action = core::IncidentAction::Kind;

constexpr std::size_t longest_actor = 100;     // characters
constexpr std::size_t longest_text = 200;      // characters
constexpr std::size_t longest_comment = 4000;  // bytes

constexpr std::array<std::pair<std::string_view, Action>, 4> actions{{
    {"acknowledge", Action::acknowledge},
    {"comment", Action::comment},
    {"resolve", Action::resolve},
    {"close", Action::close},
}};

int status_of(Error::Kind kind) {
    switch (kind) {
        case Error::Kind::invalid_input: return 400;
        case Error::Kind::not_found: return 404;
        case Error::Kind::unavailable:
        case Error::Kind::busy: return 503;
        default: return 500;
    }
}

web::Response refused(int status, std::string_view sentence) {
    const Json body{{"error", sentence}};
    return {status, body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}
web::Response refused(const Error& error) {
    return refused(status_of(error.kind), error.message);
}
Error wrong(std::string message) {
    return {Error::Kind::invalid_input, std::move(message)};
}

/// The body of a request. (A json is also what it converts to: it does not fit into a Result by itself.)
struct Fields {
    Json object;
};

/// One object with no other keys than these; a body of nothing is an object without keys.
core::Result<Fields> fields_of(const std::string& body,
                               std::initializer_list<std::string_view> keys) {
    if (body.empty()) return Fields{Json::object()};
    Fields fields{Json::parse(body, nullptr, false)};
    if (!fields.object.is_object()) return wrong("the body of the request is no JSON object");
    for (const auto& [key, value] : fields.object.items()) {
        if (std::ranges::find(keys, key) == keys.end())
            return wrong(fmt::format("nothing is known of \"{}\" here", core::printable(key, 40)));
    }
    return fields;
}

/// Empty when it is absent.
core::Result<std::string> text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return std::string();
    if (!found->is_string()) return wrong(fmt::format("{} is to be a text", key));
    return found->get<std::string>();
}

/// Who acts.
core::Result<std::string> actor_in(const Json& object) {
    auto actor = text_of(object, "actor");
    if (!actor) return actor.error();
    if (actor->find_first_not_of(' ') == std::string::npos)
        return wrong("say who acts: actor is to be a person's name");
    if (core::printable(*actor, longest_actor) != *actor) {
        return wrong(
            fmt::format("actor is to be one line of at most {} characters", longest_actor));
    }
    return actor;
}

/// What a person reports, and how grave they say it is.
struct Report {
    core::Complaint complaint;
    std::optional<core::Severity> severity;
};

core::Result<Report> report_of(const std::string& body, const config::Setup& setup) {
    const auto fields = fields_of(body, {"actor", "subject", "text", "severity"});
    if (!fields) return fields.error();
    auto actor = actor_in(fields->object);
    if (!actor) return actor.error();
    auto text = text_of(fields->object, "text");
    if (!text) return text.error();
    if (text->find_first_not_of(' ') == std::string::npos)
        return wrong("say what is wrong: text is to be a sentence");
    if (core::printable(*text, longest_text) != *text)
        return wrong(fmt::format("text is to be one line of at most {} characters", longest_text));
    const auto name = text_of(fields->object, "subject");
    if (!name) return name.error();
    const auto subject = setup.office.called(*name);
    if (subject.empty()) {
        return Error{
            Error::Kind::not_found,
            fmt::format("there is no device or link \"{}\": subject is to be a name, id or "
                        "address of the archive",
                        core::printable(*name, 60))};
    }
    Report report{.complaint = {.subject = subject, .actor = *actor, .text = *text}};
    const auto severity = fields->object.find("severity");
    if (severity == fields->object.end()) return report;
    if (!severity->is_number_integer() || *severity < 1 || *severity > 4)
        return wrong("severity is to be 1 (the whole office) to 4 (a notice)");
    report.severity = static_cast<core::Severity>(severity->get<int>());
    return report;
}

core::Result<core::IncidentAction> action_of(Action kind, const std::string& body) {
    const auto fields = fields_of(body, {"actor", "comment"});
    if (!fields) return fields.error();
    const auto actor = actor_in(fields->object);
    if (!actor) return actor.error();
    const auto comment = text_of(fields->object, "comment");
    if (!comment) return comment.error();
    if (comment->size() > longest_comment)
        return wrong(fmt::format("comment is to have at most {} bytes", longest_comment));
    if (kind == Action::comment && comment->find_first_not_of(" \t\r\n") == std::string::npos)
        return wrong("a comment without words says nothing: write comment");
    return core::IncidentAction{.kind = kind, .actor = *actor, .comment = *comment};
}

/// What is to be told again: one by its number, all of a hook, or (empty hook) all.
struct Replay {
    std::optional<std::int64_t> number;
    std::string hook;
};

core::Result<Replay> replay_of(const std::string& body) {
    const auto fields = fields_of(body, {"hook", "number", "all"});
    if (!fields) return fields.error();
    const auto& object = fields->object;
    const auto hook = text_of(object, "hook");
    if (!hook) return hook.error();
    const auto number = object.find("number");
    const auto all = object.find("all");
    const auto absent = object.end();
    if (object.size() != 1)
        return wrong("say what to replay: one of hook (a name), number, and \"all\": true");
    if (number != absent) {
        if (!number->is_number_integer()) return wrong("number is to be a delivery's number");
        return Replay{.number = number->get<std::int64_t>(), .hook = {}};
    }
    if (all != absent && *all != Json(true)) return wrong("all is to be true");
    if (all == absent && hook->empty()) return wrong("hook is to be a hook's name");
    return Replay{.number = {}, .hook = *hook};
}

/// What became of a wish to replay.
struct Replayed {
    int count = 0;
    std::string
        left_over;  ///< A hook that is meant but no longer configured: nobody would carry it.
};

/// `hooks`: the names of those configured.
core::Result<Replayed> replay_in(store::Outbox outbox, const Replay& asked,
                                 const std::vector<std::string>& hooks) {
    const auto is_configured = [&](const std::string& name) {
        return std::ranges::find(hooks, name) != hooks.end();
    };
    Replayed done;
    if (asked.number) {
        const auto hook = outbox.hook_of_parked(*asked.number);
        if (!hook) return hook.error();
        if (*hook && !is_configured(**hook)) return Replayed{0, **hook};
        const auto count = outbox.replay(*asked.number);
        if (!count) return count.error();
        return Replayed{*count, {}};
    }
    if (!asked.hook.empty() && !is_configured(asked.hook)) return Replayed{0, asked.hook};
    for (const auto& hook : hooks) {
        if (!asked.hook.empty() && hook != asked.hook) continue;
        const auto count = outbox.replay_all(hook);
        if (!count) return count.error();
        done.count += *count;
    }
    return done;
}

web::Response not_configured(const core::Result<std::vector<store::Backlog>>& backlog,
                             const std::string& hook) {
    const auto shown = core::printable(hook, 60);
    if (!backlog) return refused(backlog.error());
    if (std::ranges::find(*backlog, hook, &store::Backlog::hook) == backlog->end())
        return refused(404, fmt::format("there is no hook \"{}\"", shown));
    return refused(409, fmt::format("the hook \"{}\" is no longer in the configuration: nobody "
                                    "would tell it; put it back and reload first",
                                    shown));
}

}  // namespace

Api::Api(ApiDoors doors, Recorder& recorder, ports::Clock& clock, asio::any_io_executor loop,
         Log log)
    : doors_(std::move(doors)),
      recorder_(recorder),
      clock_(clock),
      log_(std::move(log)),
      acted_(std::move(loop)) {}

asio::awaitable<web::Response> Api::answer(web::Request request) {
    auto target = target_of(request.target);
    if (request.method == "GET") co_return co_await get(std::move(target));
    if (request.method == "POST")
        co_return co_await post(std::move(target), std::move(request.body));
    co_return refused(405, "only GET and POST are answered");
}

asio::awaitable<web::Response> Api::get(Target target) {
    if (target.path == std::vector<std::string>{"v1", "self"}) co_return co_await get_self();
    auto look = [target = std::move(target), setup = doors_.setup(), now = clock_.wall()](
                    store::StateStore& store) { return inquire(store, *setup, target, now); };
    auto found = co_await recorder_.ask(std::move(look));
    if (!found) co_return refused(found.error());
    co_return web::Response{200, std::move(*found)};
}

asio::awaitable<web::Response> Api::get_self() {
    auto look = [](store::StateStore& store) { return store.outbox().backlog(); };
    const auto hooks = co_await recorder_.ask(std::move(look));
    if (!hooks) co_return refused(hooks.error());
    co_return web::Response{200, self_json(doors_.self(), *hooks, clock_.wall())};
}

asio::awaitable<web::Response> Api::post(Target target, std::string body) {
    const auto& path = target.path;
    const bool ours = path.size() >= 2 && path[0] == "v1";
    if (ours && path.size() == 2 && path[1] == "reload") co_return co_await reload();
    if (ours && path.size() == 2 && path[1] == "incidents")
        co_return co_await report(std::move(body));
    if (ours && path.size() == 3 && path[1] == "hooks" && path[2] == "replay")
        co_return co_await replay(std::move(body));
    if (ours && path.size() == 4 && path[1] == "hooks" && path[3] == "test")
        co_return co_await test_hook(std::move(target), std::move(body));
    if (ours && path.size() == 4 && path[1] == "incidents") {
        const auto known =
            std::ranges::find(actions, path[3], &std::pair<std::string_view, Action>::first);
        if (known != actions.end()) {
            auto action = action_of(known->second, body);
            if (!action) co_return refused(action.error());
            core::IncidentId id{path[2]};
            co_return co_await act(std::move(id), std::move(*action));
        }
    }
    co_return refused(404, "nothing can be done there in this version of the API");
}

asio::awaitable<web::Response> Api::report(std::string body) {
    const auto setup = doors_.setup();
    auto asked = report_of(body, *setup);
    if (!asked) co_return refused(asked.error());
    store::Changes changes;
    const auto reported = doors_.incidents().report(std::move(asked->complaint), asked->severity,
                                                    clock_.wall(), changes);
    if (!reported) co_return refused(reported.error());
    co_return co_await recorded(std::move(changes));
}

/// One after the other: each sees the incident as the one before left it.
asio::awaitable<web::Response> Api::act(core::IncidentId id, core::IncidentAction action) {
    while (acting_) co_await acted_.wait();
    acting_ = true;
    const core::AtEnd done([this] {
        acting_ = false;
        acted_.notify();
    });
    co_return co_await act_alone(std::move(id), std::move(action));
}

asio::awaitable<web::Response> Api::act_alone(core::IncidentId id, core::IncidentAction action) {
    const auto before = co_await find(id);
    if (!before) co_return refused(before.error());
    store::Changes changes;
    const auto acted = doors_.incidents().act(*before, action, clock_.wall(), changes);
    if (!acted) co_return refused(409, acted.error().message);
    co_return co_await recorded(std::move(changes));
}

/// The one incident in these changes, once they are committed.
asio::awaitable<web::Response> Api::recorded(store::Changes changes) {
    const auto after = changes.incidents.back().after.incident;
    const auto recorded = co_await doors_.record(std::move(changes));
    if (!recorded) {
        co_return refused(
            {recorded.error().kind, fmt::format("not recorded yet: {}", recorded.error().message)});
    }
    const auto setup = doors_.setup();
    co_return web::Response{
        200, fmt::format(R"({{"incident":{}}})",
                         hooks::incident_text(after, setup->office, setup->locale()))};
}

/// As it is now: those that may still move by themselves are the keeper's, and ahead of the store.
asio::awaitable<core::Result<core::IncidentMemory>> Api::find(core::IncidentId id) {
    if (const auto* known = doors_.incidents().find(id)) co_return *known;
    auto remember = [id](store::StateStore& store) { return store.incidents().remember(id); };
    auto stored = co_await recorder_.ask(std::move(remember));
    if (const auto* known = doors_.incidents().find(id)) co_return *known;
    if (!stored) co_return Error{stored.error().kind, core::printable(stored.error().message)};
    co_return std::move(*stored);
}

asio::awaitable<web::Response> Api::reload() {
    const auto reloaded = co_await doors_.reload();
    if (reloaded) co_return web::Response{200, R"({"reloaded":true})"};
    if (reloaded.error().kind == Error::Kind::invalid_input)
        co_return refused(409, reloaded.error().message);
    co_return refused(reloaded.error());
}

asio::awaitable<web::Response> Api::replay(std::string body) {
    const auto asked = replay_of(body);
    if (!asked) co_return refused(asked.error());
    std::vector<std::string> hooks;
    for (const auto& hook : doors_.setup()->hooks) hooks.push_back(hook.name);
    auto work = [asked = *asked, hooks](store::StateStore& store) {
        return replay_in(store.outbox(), asked, hooks);
    };
    const auto done = co_await recorder_.ask(std::move(work));
    if (!done) co_return refused(done.error());
    if (!done->left_over.empty()) {
        auto look = [](store::StateStore& store) { return store.outbox().backlog(); };
        const auto backlog = co_await recorder_.ask(std::move(look));
        co_return not_configured(backlog, done->left_over);
    }
    if (done->count == 0 && asked->number)
        co_return refused(404, fmt::format("no delivery {} is parked", *asked->number));
    if (done->count > 0) {
        log_->info("hooks replayed: hook={} deliveries={}",
                   asked->hook.empty() ? "all" : core::printable(asked->hook, 60), done->count);
        doors_.wake_hooks();
    }
    co_return web::Response{200, fmt::format(R"({{"replayed":{}}})", done->count)};
}

asio::awaitable<web::Response> Api::test_hook(Target target, std::string body) {
    const auto setup = doors_.setup();
    if (const auto fields = fields_of(body, {}); !fields) co_return refused(fields.error());
    const auto locale = locale_of(*setup, target);
    if (!locale) co_return refused(locale.error());
    const auto tested = co_await doors_.test_hook(target.path[2]);
    if (!tested) co_return refused(tested.error());
    Json answer{{"hook", target.path[2]}, {"delivered", !tested->why_not}};
    if (tested->status != 0) answer["status"] = tested->status;
    answer["seconds"] = std::chrono::duration<double>(tested->took).count();
    if (tested->why_not)
        answer["reason"] = Json::parse(hooks::message_text(*tested->why_not, *locale));
    co_return web::Response{200, answer.dump()};
}

}  // namespace rounds::daemon
