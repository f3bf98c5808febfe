// rounds hooks list | parked | replay | test
#include <algorithm>
#include <vector>

#include "core/text.hpp"
#include "core/time_format.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/asking.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/cli/table.hpp"

namespace rounds::daemon {

namespace {

using core::MessageId;
using Rows = std::vector<std::vector<std::string>>;

Rows head_of(std::initializer_list<MessageId> ids, const core::Locale& locale) {
    Rows rows(1);
    for (const auto id : ids) rows.front().push_back(core::render({id}, locale));
    return rows;
}

std::string hook_table(const Json& hooks, const core::Locale& locale) {
    auto rows = head_of({MessageId::api_hook, MessageId::api_type, MessageId::api_pending,
                         MessageId::api_parked, MessageId::api_target},
                        locale);
    for (const auto& hook : hooks) {
        rows.push_back(
            {core::printable(text_in(hook, "name"), 40), core::printable(text_in(hook, "type"), 20),
             std::to_string(number_in(hook, "pending")), std::to_string(number_in(hook, "parked")),
             is_true(hook, "configured") ? core::printable(text_in(hook, "url"), 100)
                                         : core::render({MessageId::api_left_over}, locale)});
    }
    return table(rows);
}

std::string parked_table(const Json& parked, const core::Locale& locale) {
    auto rows = head_of(
        {MessageId::api_number, MessageId::api_hook, MessageId::api_incident, MessageId::api_event,
         MessageId::api_parked_at, MessageId::api_attempts, MessageId::api_reason},
        locale);
    for (const auto& delivery : parked) {
        const auto at = time_in(delivery, "parked");
        rows.push_back({std::to_string(number_in(delivery, "number")),
                        core::printable(text_in(delivery, "hook"), 40),
                        core::printable(text_in(delivery, "incident"), 40),
                        core::printable(text_in(delivery, "type"), 40),
                        at ? core::date_and_clock(*at, locale) : "",
                        std::to_string(number_in(delivery, "attempts")),
                        core::printable(text_in(delivery, "reason", "text"), 300)});
    }
    return table(rows);
}

core::Result<Answer> hooks_of(const config::Setup& setup, const core::Locale& locale) {
    return look_up(setup, "/v1/hooks" + in_language(locale));
}

/// The longest timeout that a hook can have, and some.
constexpr std::chrono::seconds longest_test{75};

std::string outcome_of(const Json& test, const std::string& hook, const core::Locale& locale) {
    const auto& seconds = part_of(test, "seconds");
    const double span = seconds.is_number() ? seconds.get<double>() : 0;
    const core::Microseconds took{static_cast<std::int64_t>(std::clamp(span, 0.0, 1e6) * 1e6)};
    const auto name = core::printable(hook, 40);
    if (is_true(test, "delivered")) {
        return core::render(
            {MessageId::api_test_taken,
             {{"hook", name}, {"status", number_in(test, "status")}, {"took", took}}},
            locale);
    }
    const auto reason = core::printable(text_in(test, "reason", "text"), 300);
    return core::render(
        {MessageId::api_test_failed, {{"hook", name}, {"reason", reason}, {"took", took}}}, locale);
}

}  // namespace

int list_hooks(const HookOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto locale = locale_of(*loaded.setup, options.locale);
    const auto found = hooks_of(*loaded.setup, locale);
    if (!found) return complain(found.error());
    const auto& hooks = part_of(found->object, "hooks");
    if (options.json) return say(written({{"hooks", hooks}}));
    if (hooks.empty()) return say(core::render({MessageId::api_no_hook}, locale) + "\n");
    return say(hook_table(hooks, locale));
}

int list_parked(const HookOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto locale = locale_of(*loaded.setup, options.locale);
    const auto found = hooks_of(*loaded.setup, locale);
    if (!found) return complain(found.error());
    Json parked = Json::array();
    for (const auto& delivery : part_of(found->object, "parked")) {
        if (options.hook.empty() || text_in(delivery, "hook") == options.hook)
            parked.push_back(delivery);
    }
    if (options.json) return say(written({{"parked", parked}}));
    if (parked.empty()) return say(core::render({MessageId::api_nothing_parked}, locale) + "\n");
    return say(parked_table(parked, locale));
}

int replay_hooks(const HookOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    Json body = Json::object();
    if (options.hook.empty()) {
        body["all"] = true;
    } else {
        body["hook"] = options.hook;
    }
    const auto done = order(*loaded.setup, "/v1/hooks/replay", body);
    if (!done) return complain(done.error());
    if (options.json) return say(written(done->object));
    const auto locale = locale_of(*loaded.setup, options.locale);
    const core::Message message{MessageId::api_replayed,
                                {{"count", number_in(done->object, "replayed")}}};
    return say(core::render(message, locale) + "\n");
}

int test_hook(const HookOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto locale = locale_of(*loaded.setup, options.locale);
    const auto target =
        "/v1/hooks/" + percent_encoded(options.hook) + "/test" + in_language(locale);
    const auto tested = order(*loaded.setup, target, Json::object(), longest_test);
    if (!tested) return complain(tested.error());
    const int told = say(options.json ? written(tested->object)
                                      : outcome_of(tested->object, options.hook, locale) + "\n");
    return is_true(tested->object, "delivered") ? told : 1;
}

}  // namespace rounds::daemon
