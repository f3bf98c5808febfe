#include "probes/snmp_probe.hpp"

#include <utility>

#include "core/reading.hpp"

namespace rounds::probes {

namespace {

using core::Message;
using core::MessageId;
using core::SnmpTrouble;

/// More rows than any office's device has; what a hostile one is allowed.
constexpr std::size_t most_variables = 100'000;
constexpr int most_stages = 4;
constexpr int silent_enough = 2;

bool is_silence(SnmpTrouble trouble) {
    return trouble == SnmpTrouble::timeout || trouble == SnmpTrouble::port_closed ||
           trouble == SnmpTrouble::other_address;
}

MessageId of_table(SnmpTrouble trouble) {
    if (is_silence(trouble)) return MessageId::reason_table_silent;
    return trouble == SnmpTrouble::nonsense ? MessageId::reason_table_nonsense
                                            : MessageId::reason_table_refused;
}

Message why_not_asked(const core::Error& error, const asio::ip::address& address) {
    if (error.kind == core::Error::Kind::no_permission) return {MessageId::reason_no_permission};
    if (error.kind == core::Error::Kind::busy) return {MessageId::reason_queues_full};
    return {MessageId::reason_no_route, {{"address", address.to_string()}}};
}

/// One look under way.
class Look {
 public:
    Look(ports::SnmpAgent agent, SnmpLook look, core::SteadyTime deadline)
        : agent_(std::move(agent)), look_(std::move(look)), deadline_(deadline) {}

    asio::awaitable<SnmpObservation> run() {
        const std::vector<core::Oid> first{core::sys_descr_name(), core::sys_object_id_name()};
        const auto why_not = co_await ask(first);
        if (why_not) co_return without_facts(*why_not);
        if (wrong_types()) missing_.push_back({MessageId::reason_snmp_nonsense});
        const core::Recognised recognised =
            core::recognise(*look_.profiles, answers_, look_.decode);
        for (int stage = 0; stage < most_stages && !given_up(); ++stage) {
            const core::Plan plan = core::what_to_ask(*recognised.profile, answers_);
            if (plan.empty()) break;
            co_await follow(plan);
        }
        auto seen = seen_as(recognised, core::read(recognised, answers_, look_.decode));
        if (seen.missing.empty()) {
            auto standing = std::make_shared<const core::Standing>(
                core::standing_of(recognised, answers_, look_.decode, look_.clock.now()));
            if (core::is_handy(*standing)) seen.standing = std::move(standing);
        }
        if (look_.keep_answers)
            seen.answers = std::make_shared<const core::Answers>(std::move(answers_));
        co_return seen;
    }

    /// What moves alone. Empty when the agent does not answer as the device that is known: then only a whole look tells.
    asio::awaitable<std::optional<SnmpObservation>> renew(core::Standing known) {
        std::vector<core::Oid> names = core::names_to_ask(known);
        auto got = co_await look_.port.get(agent_, std::move(names), deadline_);
        if (!got) co_return without_facts(why_not_asked(got.error(), agent_.address));
        // Silence too: there are agents whose answers to so many names get lost.
        if (std::holds_alternative<SnmpTrouble>(*got)) co_return std::nullopt;
        auto values = std::get<std::vector<core::SnmpVariable>>(*std::move(got));
        answers_ = core::renewed(known, std::move(values));
        if (!core::is_still(known, answers_, look_.clock.now())) co_return std::nullopt;
        for (const auto& table : known.tables) {
            if (!table.passing) continue;
            if (late()) note(MessageId::reason_table_late, table.name);
            if (given_up()) continue;
            core::Plan::Table again{table.name, table.columns};
            co_await walk(std::move(again));
        }
        auto seen = seen_as(known.recognised,
                            core::read_again(known.recognised, std::move(known.remembered),
                                             answers_, look_.decode));
        if (look_.keep_answers)
            seen.answers = std::make_shared<const core::Answers>(std::move(answers_));
        seen.still_known = seen.missing.empty();
        co_return seen;
    }

 private:
    SnmpObservation seen_as(const core::Recognised& recognised, core::Facts facts) {
        return {.at = look_.clock.wall(),
                .told = std::move(facts),
                .profile = recognised.profile->name,
                .missing = std::exchange(missing_, {}),
                .answers = nullptr,
                .standing = nullptr,
                .still_known = false};
    }

    /// Every agent has these two, as text and as an OID (or its text); one that says numbers may mean anything by the
    /// rest.
    [[nodiscard]] bool wrong_types() const {
        const auto* descr = answers_.scalar(core::sys_descr_name());
        const auto* id = answers_.scalar(core::sys_object_id_name());
        return (descr != nullptr && descr->bytes() == nullptr) ||
               (id != nullptr && id->oid() == nullptr && id->bytes() == nullptr);
    }
    [[nodiscard]] bool late() const { return look_.clock.now() >= deadline_; }
    [[nodiscard]] bool given_up() const { return late() || silent_ >= silent_enough; }

    SnmpObservation without_facts(Message why) {
        return {.at = look_.clock.wall(),
                .told = std::move(why),
                .profile = {},
                .missing = {},
                .answers = {},
                .standing = {},
                .still_known = false};
    }

    asio::awaitable<void> follow(core::Plan plan) {
        if (!plan.scalars.empty()) {
            const auto why_not = co_await ask(plan.scalars);
            if (why_not) missing_.push_back(*why_not);
        }
        for (core::Plan::Table& table : plan.tables) {
            if (given_up()) {
                if (late()) note(MessageId::reason_table_late, table.name);
                co_return;
            }
            co_await walk(std::move(table));
        }
    }

    /// The values of these names into the answers; or why there are none.
    asio::awaitable<std::optional<Message>> ask(std::vector<core::Oid> names) {
        const auto got = co_await look_.port.get(agent_, names, deadline_);
        for (const core::Oid& name : names) answers_.add_scalar(name, {});
        if (!got) co_return why_not_asked(got.error(), agent_.address);
        if (const auto* trouble = std::get_if<SnmpTrouble>(&*got)) {
            heed(*trouble);
            co_return core::message_of(*trouble);
        }
        for (const auto& variable : std::get<std::vector<core::SnmpVariable>>(*got))
            answers_.add_scalar(variable.name, variable.value);
        co_return std::nullopt;
    }

    asio::awaitable<void> walk(core::Plan::Table table) {
        const ports::SnmpBounds bounds{.variables = most_variables, .deadline = deadline_};
        auto got = co_await look_.port.walk(agent_, table.columns, bounds);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            std::vector<core::SnmpVariable> cells;
            if (got && i < got->columns.size()) cells = std::move(got->columns[i]);
            answers_.add_column(table.columns[i], std::move(cells));
        }
        if (!got) {
            note(MessageId::reason_table_not_asked, table.name);
        } else {
            heed(*got, table.name);
        }
    }

    void heed(SnmpTrouble trouble) {
        const bool silence = trouble == SnmpTrouble::timeout || trouble == SnmpTrouble::port_closed;
        silent_ = silence ? silent_ + 1 : 0;
    }

    void heed(const ports::SnmpTable& got, const std::string& name) {
        using End = ports::SnmpTable::End;
        switch (got.end) {
            case End::whole: silent_ = 0; return;
            case End::bound: return note(MessageId::reason_table_cut, name);
            case End::deadline: return note(MessageId::reason_table_late, name);
            case End::not_increasing: return note(MessageId::reason_table_not_increasing, name);
            case End::trouble: break;
        }
        const SnmpTrouble trouble = got.trouble.value_or(SnmpTrouble::nonsense);
        heed(trouble);
        note(of_table(trouble), name);
    }

    void note(MessageId id, const std::string& table) {
        missing_.push_back({id, {{"table", table}}});
    }

    ports::SnmpAgent agent_;
    SnmpLook look_;
    core::SteadyTime deadline_;
    core::Answers answers_;
    std::vector<Message> missing_;
    int silent_ = 0;  ///< Requests in a row without an answer.
};

}  // namespace

asio::awaitable<SnmpObservation> look_by_snmp(ports::SnmpAgent agent, SnmpLook look,
                                              core::SteadyTime deadline,
                                              std::optional<core::Standing> known) {
    if (known) {
        // A whole look may have to follow: an agent of v1 answers once for each name that is gone.
        const auto now = look.clock.now();
        Look brief(agent, look, now + (deadline - now) / 2);
        if (auto seen = co_await brief.renew(*std::move(known))) co_return *std::move(seen);
    }
    Look whole(std::move(agent), std::move(look), deadline);
    co_return co_await whole.run();
}

}  // namespace rounds::probes
