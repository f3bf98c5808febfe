#include <fmt/format.h>

#include "core/time_format.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/measured_day.hpp"
#include "daemon/report_writer.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/system/atomic_file.hpp"

namespace rounds::daemon {

namespace {

/// The last round that the daily report follows: of that day, or of all.
core::Result<core::RoundId> find_round(store::StateStore& store, const config::Setup& setup,
                                       const std::optional<std::string>& day) {
    using Kind = core::Error::Kind;
    if (!day) {
        const auto last = store.last_round(setup.daily.after);
        if (!last) return last.error();
        if (*last) return (*last)->id;
        return core::Error{Kind::not_found,
                           fmt::format("no round \"{}\" has been made yet", setup.daily.after)};
    }
    const auto date = core::date_of(*day);
    if (!date)
        return core::Error{Kind::invalid_input,
                           fmt::format("\"{}\" is not a date: write YYYY-MM-DD", *day)};
    const core::Date next{std::chrono::sys_days(*date) + std::chrono::days(1)};
    const auto& zone = setup.calendar.zone();
    const auto rounds = store.rounds_begun({zone.start_of(*date), zone.start_of(next)});
    if (!rounds) return rounds.error();
    for (auto head = rounds->rbegin(); head != rounds->rend(); ++head) {
        if (head->name == setup.daily.after) return head->id;
    }
    return core::Error{
        Kind::not_found,
        fmt::format("no round \"{}\" began on {}{}", setup.daily.after, *day,
                    setup.calendar.working_day(*date) ? "" : ", which is not a working day")};
}

}  // namespace

int report_daily(const ReportOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto& setup = *loaded.setup;
    auto store = store::StateStore::open_read_only(setup.state);
    if (!store) return complain(store.error());
    const auto id = find_round(*store, setup, options.date);
    if (!id) return complain(id.error());
    auto record = store->record(*id);
    if (!record) return complain(record.error());
    auto measured = measured_in(record->round, setup.state);
    if (measured) {
        record->measured = std::move(*measured);
    } else {
        (void)complain(measured.error());  // a report without these figures is better than none
    }

    const auto format =
        config::report_format_of(options.format).value_or(config::ReportFormat::text);
    const auto text =
        render_daily(*record, locale_of(setup, options.locale), setup.calendar.zone(), format);
    if (!options.output) return say(text);
    const auto written = write_output(*options.output, text);
    return written ? 0 : complain(written.error());
}

}  // namespace rounds::daemon
