// What the first page says: what is wrong, since when, who has it; the internet; what is not known.
#include "reports/content.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::Duration;
using core::Message;
using core::MessageId;
using core::Verdict;

namespace {

constexpr std::size_t most_named = 5;               // the table below has them all
constexpr Duration late = std::chrono::minutes{5};  // longer than any start by the clock takes

// "48 devices behind it (Finance, Marketing)"
Message impact(const Trouble& trouble) {
    const auto count = static_cast<std::int64_t>(trouble.behind.size());
    return in_departments({MessageId::report_say_behind, {{"count", count}}},
                          departments_behind(trouble),
                          {MessageId::report_say_behind_one, MessageId::report_say_behind_two,
                           MessageId::report_say_behind_many});
}

// Of what was kept as an incident: an outage as any other, all else by what is wrong and since when.
std::vector<Message> what_was_kept(const Trouble& trouble, const Day& day) {
    const core::Incident& incident = trouble.history->incident;
    const bool outage = trouble.is_outage();
    std::vector<Message> parts;
    if (!outage) parts.push_back(trouble.phenomenon);
    if (trouble.recovered)
        parts.push_back({outage ? MessageId::report_say_recovered : MessageId::report_say_was,
                         {{"during", during(day.zone(), {trouble.found, *trouble.recovered})},
                          {"lasted", trouble.lasted}}});
    else
        parts.push_back(
            {outage ? MessageId::report_say_open : MessageId::report_say_since,
             {{"since", trouble.found}, {"lasted", day.length({trouble.found, day.now()})}}});
    if (incident.flapping) parts.push_back({MessageId::report_say_restless});
    if (!trouble.open() && trouble.wrong()) parts.push_back({MessageId::report_incident_resolved});
    return parts;
}

std::vector<Message> what_happened(const Trouble& trouble, const Day& day) {
    if (trouble.kind == Trouble::Kind::finding) return {trouble.phenomenon};
    if (trouble.kind == Trouble::Kind::incident) return what_was_kept(trouble, day);
    if (trouble.kind == Trouble::Kind::flapping)
        return {{MessageId::report_say_flapping,
                 {{"count", std::int64_t{trouble.outages}}, {"lasted", trouble.lasted}}}};
    if (trouble.open())
        return {
            {MessageId::report_say_open, {{"since", trouble.found}, {"lasted", trouble.lasted}}}};
    return {{MessageId::report_say_recovered,
             {{"during", during(day.zone(), {trouble.found, *trouble.recovered})},
              {"lasted", trouble.lasted}}}};
}

Message who_has_it(const Trouble& trouble, const Day& day) {
    if (trouble.history != nullptr && !trouble.history->incident.acknowledged_by.empty())
        return {MessageId::report_say_acknowledged,
                {{"who", trouble.history->incident.acknowledged_by}}};
    if (const auto* link = day.link(trouble.subject); link != nullptr && !link->carrier.empty()) {
        if (link->fault_phone.empty())
            return {MessageId::report_say_carrier, {{"carrier", link->carrier}}};
        return {MessageId::report_say_carrier_phone,
                {{"carrier", link->carrier}, {"phone", link->fault_phone}}};
    }
    const auto* device = day.device(trouble.subject);
    if (device == nullptr || device->owner.empty()) return {MessageId::report_say_no_owner};
    return {MessageId::report_say_owner, {{"owner", device->owner}}};
}

Sentence sentence(const Trouble& trouble, const Day& day) {
    Sentence sentence{.subject = trouble.name};
    if (trouble.open()) sentence.verdict = trouble.verdict;
    if (const auto* device = day.device(trouble.subject)) sentence.place = device->location;
    sentence.parts = what_happened(trouble, day);
    if (!trouble.behind.empty()) sentence.parts.push_back(impact(trouble));
    if (trouble.open() && !trouble.subject.empty())
        sentence.parts.push_back(who_has_it(trouble, day));
    return sentence;
}

Sentence about_links(const Day& day) {
    const std::int64_t all = static_cast<std::int64_t>(day.round().links.size());
    if (all == 0) return {.parts = {{MessageId::report_say_no_links}}};
    std::int64_t down = 0, wrong = 0, missed = 0;
    for (const core::LinkResult& link : day.round().links) {
        const Verdict verdict = link.conclusion.verdict;
        const bool by_item = std::ranges::any_of(link.findings, [](const auto& finding) {
            return finding.verdict == Verdict::critical;
        });
        if (verdict == Verdict::critical && !by_item) ++down;
        if (verdict == Verdict::warning || by_item) ++wrong;
        if (verdict == Verdict::missed || verdict == Verdict::unknown) ++missed;
    }
    if (down > 0)
        return {.verdict = Verdict::critical,
                .parts = {{MessageId::report_say_links_down, {{"wrong", down}, {"count", all}}}}};
    if (wrong > 0)
        return {.verdict = Verdict::warning,
                .parts = {{MessageId::report_say_links_wrong, {{"wrong", wrong}, {"count", all}}}}};
    if (missed > 0)
        return {.verdict = Verdict::missed,
                .parts = {{MessageId::report_say_links_missed, {{"count", missed}, {"of", all}}}}};
    return {.verdict = Verdict::ok,
            .parts = {{MessageId::report_say_links_well, {{"count", all}}}}};
}

void add_gaps(std::vector<Sentence>& sentences, const Day& day, core::Gap::Cause cause) {
    const bool blind = cause == core::Gap::Cause::blind;
    std::int64_t count = 0;
    Duration sum{0};
    core::Period only;
    for (const core::Gap& gap : day.record().gaps) {
        const core::Period part = day.covered().overlap({gap.from, gap.until.value_or(day.now())});
        if (gap.cause != cause || part.length() == Duration{0}) continue;
        ++count, sum += part.length(), only = part;
    }
    if (count == 0) return;
    Message message{blind ? MessageId::report_say_gap_blind : MessageId::report_say_gap_not_running,
                    {{"during", during(day.zone(), only)}, {"lasted", sum}}};
    if (count > 1)
        message = {
            blind ? MessageId::report_say_gaps_blind : MessageId::report_say_gaps_not_running,
            {{"count", count}, {"lasted", sum}}};
    sentences.push_back({.parts = {std::move(message)}});
}

void add_troubles(std::vector<Sentence>& sentences, const Day& day,
                  const std::vector<Trouble>& troubles) {
    // Those open first: the first page says what is wrong now before what was.
    std::vector<const Trouble*> ordered;
    for (const Trouble& trouble : troubles) {
        const bool is_gap = trouble.subject.empty() && !trouble.open();  // said as such
        if (!is_gap) ordered.push_back(&trouble);
    }
    std::stable_partition(ordered.begin(), ordered.end(),
                          [](const Trouble* one) { return one->open(); });
    for (const Trouble* trouble : ordered) {
        if (sentences.size() < most_named) sentences.push_back(sentence(*trouble, day));
    }
    if (const std::size_t more = ordered.size() - sentences.size(); more > 0)
        sentences.push_back({.parts = {{MessageId::report_say_more,
                                        {{"count", static_cast<std::int64_t>(more)}}}}});
}

}  // namespace

std::vector<Sentence> sentences(const Day& day, const std::vector<Trouble>& troubles) {
    std::vector<Sentence> said;
    add_troubles(said, day, troubles);
    const core::Tally devices = tally(day);
    const bool nothing_open =
        std::none_of(troubles.begin(), troubles.end(),
                     [](const Trouble& one) { return one.open() || one.wrong(); });
    if (day.round().devices.empty())
        said.push_back({.parts = {{MessageId::report_say_no_devices}}});
    else if (devices.done == 0 && devices.missed > 0)
        said.insert(said.begin(),
                    {.verdict = Verdict::missed, .parts = {{MessageId::report_say_not_measured}}});
    else if (nothing_open && devices.done > 0)
        said.insert(said.begin(),
                    {.verdict = Verdict::ok, .parts = {{MessageId::report_say_all_well}}});
    Sentence links = about_links(day);
    const bool internet_first = links.verdict == Verdict::critical;
    said.insert(internet_first ? said.begin() : said.end(), std::move(links));
    if (devices.missed > 0)
        said.push_back(
            {.verdict = Verdict::missed,
             .parts = {{MessageId::report_say_missed, {{"count", std::int64_t{devices.missed}}}}}});
    const core::RoundRecord& round = day.round();
    if (!round.by_hand && round.began - round.scheduled > late)
        said.push_back({.parts = {{MessageId::report_say_late,
                                   {{"due", round.scheduled}, {"began", round.began}}}}});
    add_gaps(said, day, core::Gap::Cause::not_running);
    add_gaps(said, day, core::Gap::Cause::blind);
    return said;
}

}  // namespace rounds::reports
