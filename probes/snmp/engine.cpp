#include "probes/snmp/engine.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/system/system_error.hpp>

#include "core/at_end.hpp"
#include "probes/plain_address.hpp"
#include "probes/snmp/engine_inside.hpp"
#include "probes/snmp/get_run.hpp"

namespace rounds::probes {

namespace {

using core::SnmpTrouble;
using core::SnmpVersion;
using ports::SnmpAnswer;
using ports::SnmpTable;

std::uint64_t random_seed() {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

/// An agent refuses the object and means the level: a user with a privacy key may read nothing without it.
SnmpTrouble seen_by_level(SnmpTrouble trouble, const core::SnmpCredentials& credentials) {
    const bool lower =
        credentials.version == SnmpVersion::v3 && credentials.priv == core::SnmpPriv::none;
    return trouble == SnmpTrouble::no_access && lower ? SnmpTrouble::wrong_level : trouble;
}

Endpoint endpoint_of(const ports::SnmpAgent& agent) {
    return {agent.address, agent.credentials->port};
}

}  // namespace

SnmpEngine::Inside::Inside(asio::any_io_executor executor, ports::Clock& clock)
    : executor_(executor),
      clock_(clock),
      requests_(random_seed()),
      discoveries_(std::make_shared<Gate>(executor, discoveries_at_once)),
      alarm_(executor) {
    for (const bool v6 : {false, true}) {
        Line& line = lines_[v6 ? 1 : 0];
        auto opened = UdpSocket::open(executor_, v6);
        if (opened) {
            line.socket.emplace(std::move(*opened));
        } else {
            line.trouble = opened.error();
        }
    }
}

std::optional<core::Error> SnmpEngine::Inside::refusal(const ports::SnmpAgent& agent) {
    const Line& line = line_of(agent.address);
    if (!line.socket) return line.trouble;
    return std::nullopt;
}

std::shared_ptr<AgentRecord> SnmpEngine::Inside::record_of(const ports::SnmpAgent& agent) {
    auto& record = agents_[endpoint_of(agent)];
    if (!record) {
        record = std::make_shared<AgentRecord>();
        record->turn = std::make_shared<Gate>(executor_, 1);
    }
    return record;
}

/// A search through a whole network must not leave a record for each address that is nobody's.
void SnmpEngine::Inside::forget_if_silent(const Endpoint& at) {
    const auto found = agents_.find(at);
    if (found != agents_.end() && !found->second->heard && found->second.use_count() <= 2)
        agents_.erase(found);
}

asio::awaitable<core::Result<SnmpAnswer>> SnmpEngine::Inside::get(std::shared_ptr<Inside> self,
                                                                  ports::SnmpAgent agent,
                                                                  std::vector<core::Oid> names,
                                                                  core::SteadyTime deadline) {
    agent.address = plain(agent.address);
    const auto record = self->record_of(agent);
    const core::AtEnd forget{[&] {
        if (!record->heard) self->forget_if_silent(endpoint_of(agent));
    }};
    GetRun run{std::move(names)};
    while (!run.over()) {
        Outcome outcome = co_await exchange(self, agent, record, run, agent.plan.retries, deadline);
        if (const auto* error = std::get_if<core::Error>(&outcome)) co_return *error;
        if (const auto* trouble = std::get_if<SnmpTrouble>(&outcome))
            co_return SnmpAnswer{*trouble};
    }
    if (const auto trouble = run.trouble())
        co_return SnmpAnswer{seen_by_level(*trouble, *agent.credentials)};
    co_return SnmpAnswer{run.take()};
}

asio::awaitable<core::Result<SnmpTable>> SnmpEngine::Inside::walk(std::shared_ptr<Inside> self,
                                                                  ports::SnmpAgent agent,
                                                                  std::vector<core::Oid> columns,
                                                                  ports::SnmpBounds bounds) {
    agent.address = plain(agent.address);
    const auto record = self->record_of(agent);
    const core::AtEnd forget{[&] {
        if (!record->heard) self->forget_if_silent(endpoint_of(agent));
    }};
    const bool v1 = agent.credentials->version == SnmpVersion::v1;
    WalkHabits habits = record->habits;
    if (v1) habits.bulk = false;
    const ColumnWalk::Limits limits{bounds.variables, agent.plan.max_repetitions};
    ColumnWalk run{std::move(columns), limits, habits};
    while (!run.over()) {
        // Who has never answered anything gets one chance more by another way, not all of them again.
        const int retries = run.last_way() && !record->heard ? 0 : agent.plan.retries;
        Outcome outcome = co_await exchange(self, agent, record, run, retries, bounds.deadline);
        if (const auto* error = std::get_if<core::Error>(&outcome)) co_return *error;
        if (std::holds_alternative<Answered>(outcome)) continue;
        const auto trouble = std::get<SnmpTrouble>(outcome);
        const bool unheard = trouble == SnmpTrouble::timeout || trouble == SnmpTrouble::nonsense;
        if (unheard && self->clock_.now() >= bounds.deadline) {
            run.stop(SnmpTable::End::deadline);
        } else if (!unheard || !run.silent()) {
            run.stop(SnmpTable::End::trouble, trouble);
        }
    }
    if (!v1) record->habits = run.habits();
    SnmpTable table = run.take();
    if (table.trouble) table.trouble = seen_by_level(*table.trouble, *agent.credentials);
    co_return table;
}

asio::awaitable<Outcome> SnmpEngine::Inside::exchange(std::shared_ptr<Inside> self,
                                                      ports::SnmpAgent agent,
                                                      std::shared_ptr<AgentRecord> record,
                                                      Inquiry& inquiry, int retries,
                                                      core::SteadyTime deadline) {
    std::optional<Gate::Place> turn = Gate::enter_at_once(record->turn);
    if (!turn) turn = co_await Gate::enter(record->turn, deadline);
    if (!turn) co_return SnmpTrouble::timeout;
    if (const auto refused = self->refusal(agent)) co_return *refused;
    if (self->clock_.now() >= deadline) co_return SnmpTrouble::timeout;
    std::optional<Gate::Place> discovery;
    if (agent.credentials->version == SnmpVersion::v3 && !record->engine.known()) {
        auto place = co_await Gate::enter(self->discoveries_, deadline);
        if (!place) co_return SnmpTrouble::timeout;
        discovery.emplace(std::move(*place));
    }
    const ExchangePtr exchange = self->make_exchange(agent, record, inquiry, retries, deadline);
    if (discovery) exchange->discovery.emplace(std::move(*discovery));
    Outcome outcome = co_await outcome_of(self, exchange);
    const auto* trouble = std::get_if<SnmpTrouble>(&outcome);
    if (trouble == nullptr || *trouble != SnmpTrouble::timeout) co_return outcome;
    outcome = co_await why_silent(self, agent, record, deadline);
    co_return outcome;
}

/// An agent keeps silent to two mistakes of ours, and answers when they are not made: a request that decrypts to
/// nonsense is dropped without a word by many, one for a context that is not there by net-snmp's (against
/// RFC 3413 §3.2).
asio::awaitable<SnmpTrouble> SnmpEngine::Inside::why_silent(std::shared_ptr<Inside> self,
                                                            ports::SnmpAgent agent,
                                                            std::shared_ptr<AgentRecord> record,
                                                            core::SteadyTime deadline) {
    const auto credentials = agent.credentials;
    if (credentials->version != SnmpVersion::v3 || !record->engine.known())
        co_return SnmpTrouble::timeout;
    if (!credentials->context.empty() && !record->contexts.contains(credentials->context)) {
        auto outside = std::make_shared<core::SnmpCredentials>(*credentials);
        outside->context.clear();
        agent.credentials = outside;
        const int retries = needs_extension(credentials->auth, credentials->priv) ? 1 : 0;
        const bool answers = co_await is_alive(self, agent, record, retries, deadline);
        if (answers) co_return SnmpTrouble::unknown_context;
    }
    if (credentials->priv != core::SnmpPriv::none && !record->engine.privacy_proven(*credentials)) {
        auto lower = std::make_shared<core::SnmpCredentials>(*credentials);
        lower->context.clear();
        lower->priv = core::SnmpPriv::none;
        agent.credentials = lower;
        const bool answers = co_await is_alive(self, agent, record, 0, deadline);
        if (answers) co_return SnmpTrouble::wrong_password;
    }
    co_return SnmpTrouble::timeout;
}

/// Is there any answer for these credentials, if only that they may not?
asio::awaitable<bool> SnmpEngine::Inside::is_alive(std::shared_ptr<Inside> self,
                                                   ports::SnmpAgent agent,
                                                   std::shared_ptr<AgentRecord> record, int retries,
                                                   core::SteadyTime deadline) {
    if (self->clock_.now() >= deadline) co_return false;
    const core::Oid uptime({1, 3, 6, 1, 2, 1, 1, 3, 0});
    GetRun run{std::vector<core::Oid>{uptime}};
    const ExchangePtr exchange = self->make_exchange(agent, record, run, retries, deadline);
    const Outcome outcome = co_await outcome_of(self, exchange);
    const auto* trouble = std::get_if<SnmpTrouble>(&outcome);
    co_return std::holds_alternative<Answered>(outcome) ||
        (trouble != nullptr && *trouble == SnmpTrouble::wrong_level);
}

ExchangePtr SnmpEngine::Inside::make_exchange(const ports::SnmpAgent& agent,
                                              std::shared_ptr<AgentRecord> record, Inquiry& inquiry,
                                              int retries, core::SteadyTime deadline) {
    return std::make_shared<Exchange>(
        Exchange{.agent = agent,
                 .record = std::move(record),
                 .inquiry = &inquiry,
                 .to = endpoint_of(agent),
                 .deadline = deadline,
                 .retries = std::max(0, retries),
                 .done = asio::steady_timer{executor_, core::SteadyTime::max()}});
}

asio::awaitable<Outcome> SnmpEngine::Inside::outcome_of(std::shared_ptr<Inside> self,
                                                        ExchangePtr exchange) {
    self->begin(exchange);
    const core::AtEnd end{[&] { self->end(exchange); }};
    boost::system::error_code why;
    while (!exchange->over()) {
        co_await exchange->done.async_wait(asio::redirect_error(asio::use_awaitable, why));
        if (!exchange->over()) throw boost::system::system_error(asio::error::operation_aborted);
    }
    co_return std::move(exchange->outcome);
}

void SnmpEngine::Inside::begin(const ExchangePtr& exchange) {
    exchange->under_way = true;
    ++under_way_;
    exchange->record->current = exchange;
    exchange->request_id = requests_.add(exchange);
    exchange->ids.push_back(exchange->request_id);
    schedule(exchange, exchange->deadline);
    post(exchange);
    turn_soon();
    listen(line_of(exchange->to.address()));
}

void SnmpEngine::Inside::finish(const ExchangePtr& exchange, Outcome outcome) {
    if (exchange->over()) return;
    exchange->outcome = std::move(outcome);
    end(exchange);
    exchange->done.cancel();
}

/// Also when its coroutine is gone before the answer.
void SnmpEngine::Inside::end(const ExchangePtr& exchange) {
    if (!std::exchange(exchange->under_way, false)) return;
    --under_way_;
    for (const std::int32_t id : exchange->ids) {
        requests_.remove(id);
        exchange->record->past.add(id);
    }
    exchange->inquiry = nullptr;
    exchange->discovery.reset();
    if (under_way_ == 0) rest();
}

/// With nothing under way nothing is waited for, so that a loop without other work may end.
void SnmpEngine::Inside::rest() {
    agenda_ = {};
    alarm_.cancel();
    alarm_at_.reset();
    for (Line& line : lines_) {
        line.in_use = false;
        line.outbox.clear();
        if (line.socket) line.socket->descriptor().cancel();
    }
}

void SnmpEngine::Inside::close() {
    const core::Error stopped{core::Error::Kind::unavailable, "asking by SNMP was stopped"};
    closed_ = true;
    std::vector<ExchangePtr> under_way;
    requests_.visit(
        [&](std::int32_t, const ExchangePtr& exchange) { under_way.push_back(exchange); });
    for (const auto& exchange : under_way) finish(exchange, stopped);
    for (Line& line : lines_) {
        line.socket.reset();
        line.trouble = stopped;
    }
}

SnmpEngine::SnmpEngine(asio::any_io_executor executor, ports::Clock& clock)
    : inside_(std::make_shared<Inside>(std::move(executor), clock)) {}
SnmpEngine::~SnmpEngine() {
    inside_->close();
}

const SnmpEngine::Counters& SnmpEngine::counters() const {
    return inside_->counters();
}

asio::awaitable<core::Result<SnmpAnswer>> SnmpEngine::get(ports::SnmpAgent agent,
                                                          std::vector<core::Oid> names,
                                                          core::SteadyTime deadline) {
    return Inside::get(inside_, std::move(agent), std::move(names), deadline);
}

asio::awaitable<core::Result<SnmpTable>> SnmpEngine::walk(ports::SnmpAgent agent,
                                                          std::vector<core::Oid> columns,
                                                          ports::SnmpBounds bounds) {
    return Inside::walk(inside_, std::move(agent), std::move(columns), bounds);
}

}  // namespace rounds::probes
