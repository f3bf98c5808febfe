#include "reports/over_time.hpp"

#include <algorithm>
#include <cmath>

#include "reports/content.hpp"
#include "reports/readings.hpp"

namespace rounds::reports {

using core::Digest;
using core::MessageId;

namespace {

const Digest* highest(const Day& day, const core::SubjectId& subject, std::string_view metric) {
    const Digest* most = nullptr;
    for (const Digest& digest : day.digests(subject, metric)) {
        const bool says = std::isfinite(digest.avg) && std::isfinite(digest.max);
        if (says && (most == nullptr || digest.max > most->max)) most = &digest;
    }
    return most;
}

Content celsius(MessageId id, double value) {
    const double tenths = std::round(value * 10) / 10;
    return Labelled{tenths, {id, {{"value", tenths}}}};
}

}  // namespace

std::vector<Content> shares_over_time(const Day& day, const core::SubjectId& subject,
                                      std::string_view metric) {
    const Digest* digest = highest(day, subject, metric);
    if (digest == nullptr) return {};
    const auto share = [](MessageId id, double percent) {
        const core::Value value = core::Ratio{percent / 100};
        return Content{Labelled{value, {id, {{"value", value}}}}};
    };
    return {share(MessageId::report_average, digest->avg),
            share(MessageId::report_maximum, digest->max)};
}

std::vector<Content> celsius_over_time(const Day& day, const core::SubjectId& subject,
                                       std::string_view metric) {
    const Digest* digest = highest(day, subject, metric);
    if (digest == nullptr) return {};
    return {celsius(MessageId::report_average_celsius, digest->avg),
            celsius(MessageId::report_maximum_celsius, digest->max)};
}

Content pages(const Day& day, const core::SubjectId& subject) {
    const auto& all = day.record().measured.pages;
    const auto found = all.find(subject);
    return found == all.end() ? Content{Absent{}} : number(found->second);
}

Cell days_left(const Day& day, const core::SubjectId& subject, std::string_view metric,
               core::RunsTo end) {
    std::optional<core::Duration> soonest;
    Cell cell{.content = Absent{}};
    for (const core::Course& course : day.courses(subject, metric)) {
        const auto left = core::runs_out_in(course.days, end, day.covered().until);
        if (!left || (soonest && *left >= *soonest)) continue;
        soonest = left;
        cell.content = number(std::chrono::floor<std::chrono::days>(*left).count());
        const core::Value which = course.series.instance;
        const MessageId first = end == core::RunsTo::empty ? MessageId::report_first_empty
                                                           : MessageId::report_first_full;
        cell.under = {Labelled{which, {first, {{"what", which}}}}};
    }
    return cell;
}

Cell utilisation(const Day& day, const core::LinkResult& link, std::string_view metric) {
    const Digest* digest = highest(day, core::subject_of_link(link.name), metric);
    if (digest == nullptr) return {.content = Absent{}};
    const auto shown = [&](double bits) -> Content {
        const auto whole = static_cast<std::int64_t>(std::llround(bits));
        if (!link.bandwidth_bps || *link.bandwidth_bps <= 0) return bits_per_second(whole);
        const core::Ratio ratio{bits / static_cast<double>(*link.bandwidth_bps)};
        return Labelled{whole, {MessageId::report_value, {{"value", ratio}}}};
    };
    return {.content = shown(digest->p95), .also = {shown(digest->max)}};
}

bool measured_over_time(const Day& day) {
    return !day.record().measured.digests.empty() || !day.record().measured.pages.empty();
}

bool forecast_is_possible(const Day& day) {
    return std::ranges::any_of(day.record().measured.courses, [&](const core::Course& course) {
        const auto end =
            course.series.metric == "storage" ? core::RunsTo::full : core::RunsTo::empty;
        return core::runs_out_in(course.days, end, day.covered().until).has_value();
    });
}

}  // namespace rounds::reports
