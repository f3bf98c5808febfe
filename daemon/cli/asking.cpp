#include "daemon/cli/asking.hpp"

#include <cstdio>
#include <utility>

#include "core/time_format.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/inquiries.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/system/real_clock.hpp"

namespace rounds::daemon {

namespace {

using core::Error;

const Json nothing;

core::Result<Answer> object_in(const std::string& text) {
    Answer answer{Json::parse(text, nullptr, false)};
    if (answer.object.is_object()) return answer;
    return Error{Error::Kind::unavailable, "the daemon's answer cannot be read: see its log"};
}

Error objection(const ApiAnswer& answer) {
    const auto object = object_in(answer.body);
    const auto kind = answer.status == 404   ? Error::Kind::not_found
                      : answer.status == 503 ? Error::Kind::unavailable
                                             : Error::Kind::invalid_input;
    return {kind, object ? text_in(object->object, "error") : object.error().message};
}

core::Result<Answer> read_database(const config::Setup& setup, const std::string& target) {
    auto store = store::StateStore::open_read_only(setup.state);
    if (!store) return store.error();
    const auto text = inquire(*store, setup, target_of(target), RealClock().wall());
    if (!text) return text.error();
    return object_in(*text);
}

}  // namespace

core::Result<Answer> look_up(const config::Setup& setup, const std::string& target) {
    const auto answer = ask_daemon(setup.socket, {.target = target, .body = {}});
    if (answer) {
        if (answer->good()) return object_in(answer->body);
        return objection(*answer);
    }
    auto found = read_database(setup, target);
    const bool neither = !found && found.error().kind == Error::Kind::no_permission;
    if (neither && answer.error().kind == Error::Kind::no_permission) return answer.error();
    return found;
}

core::Result<Answer> ask_running(const config::Setup& setup, const std::string& target) {
    const auto answer = ask_daemon(setup.socket, {.target = target, .body = {}});
    if (!answer) return answer.error();
    if (!answer->good()) return objection(*answer);
    return object_in(answer->body);
}

core::Result<Answer> order(const config::Setup& setup, const std::string& target, const Json& body,
                           std::chrono::milliseconds patience) {
    const auto answer =
        ask_daemon(setup.socket,
                   {.method = "POST",
                    .target = target,
                    .body = body.dump(-1, ' ', false, Json::error_handler_t::replace)},
                   patience);
    if (!answer) return answer.error();
    if (!answer->good()) return objection(*answer);
    return object_in(answer->body);
}

std::string in_language(const core::Locale& locale) {
    return "?locale=" + std::string(core::tag(locale.language));
}

std::string written(const Json& object) {
    return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

const Json& part_of(const Json& object, std::string_view key) {
    if (!object.is_object()) return nothing;
    const auto found = object.find(std::string(key));
    return found == object.end() ? nothing : *found;
}

std::string text_in(const Json& object, std::string_view key) {
    const auto& part = part_of(object, key);
    return part.is_string() ? part.get<std::string>() : std::string();
}

std::string text_in(const Json& object, std::string_view key, std::string_view below) {
    return text_in(part_of(object, key), below);
}

std::int64_t number_in(const Json& object, std::string_view key) {
    const auto& part = part_of(object, key);
    return part.is_number() ? part.get<std::int64_t>() : 0;
}

double real_in(const Json& object, std::string_view key) {
    const auto& part = part_of(object, key);
    return part.is_number() ? part.get<double>() : 0.0;
}

bool is_true(const Json& object, std::string_view key) {
    return part_of(object, key) == Json(true);
}

std::optional<core::WallTime> time_in(const Json& object, std::string_view key) {
    const auto text = text_in(object, key);
    const auto date = core::date_of(text.substr(0, 10));
    int hours = 0, minutes = 0, seconds = 0, thousandths = 0;
    if (!date || std::sscanf(text.c_str() + 10, "T%2d:%2d:%2d.%3d", &hours, &minutes, &seconds,
                             &thousandths) < 3)
        return std::nullopt;
    return core::WallTime(std::chrono::sys_days(*date)) + std::chrono::hours(hours) +
           std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
           std::chrono::milliseconds(thousandths);
}

}  // namespace rounds::daemon
