#include "core/explanation.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "core/reading.hpp"
#include "core/text.hpp"

namespace rounds::core {

namespace {

constexpr std::size_t longest_value = 70;

std::string quoted(std::string_view text) {
    return fmt::format("\"{}\"", printable(text, longest_value));
}

/// A raw value as its type and content: `INTEGER 5`, `OCTET STRING "eth0"`.
std::string raw_text(const SnmpValue& value, const FromGb18030& decode) {
    const Datum datum = plain(value, decode);
    const bool text = std::holds_alternative<std::string>(datum);
    return fmt::format("{} {}", word(value.type), text ? quoted(text_of(datum)) : text_of(datum));
}

class Explainer final : public ReadingWitness {
 public:
    Explainer(const Recognised& recognised, const Answers& answers, const FromGb18030& decode)
        : recognised_(recognised), answers_(answers), decode_(decode) {}

    std::string text() {
        beginning();
        static_cast<void>(read(recognised_, answers_, decode_, this));
        end_rule();
        return std::move(text_);
    }

    void module_begins(const Module& module) override {
        end_rule();
        line("\n{}: {}", module.name, printable(module.title));
        if (!module.only_if.empty() && std::ranges::none_of(module.only_if, [&](auto number) {
                return has_value(module, number);
            })) {
            line("  not asked: none of {} has a value", names(module, module.only_if));
            return;
        }
        std::vector<ObjectNumber> unanswered;
        for (ObjectNumber number = 0; number < module.objects.size(); ++number)
            if (!has_value(module, number)) unanswered.push_back(number);
        if (!unanswered.empty()) line("  no value: {}", names(module, unanswered));
    }

    void rule_applied(const Rule& rule, const Place& place, const std::vector<Datum>& data,
                      Outcome outcome) override {
        if (outcome == Outcome::elsewhere) {
            begin_rule(rule, place);
            ++elsewhere_;
            return;
        }
        if (outcome == Outcome::incomplete && !any_value(rule, place)) return;
        if (std::ranges::none_of(data, present)) return;
        begin_rule(rule, place);
        line("    {}", heading(rule, place, outcome));
        for (const auto& [number, expression] : rule.fields)
            field(fields_of(rule.kind)[number], data[number], expression, place);
    }

    void rule_not_needed(const Module&, const Rule& rule) override {
        end_rule();
        line("  {}: not needed, a profile before told of {}", word(rule.kind), word(rule.kind));
    }

 private:
    template <class... Parts>
    void line(fmt::format_string<Parts...> format, Parts&&... parts) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Parts>(parts)...);
        text_ += '\n';
    }

    void beginning() {
        const Profile& profile = *recognised_.profile;
        line("Profile {}: {}", profile.name, printable(profile.title));
        const Recogniser* by = recognised_.by;
        if (by == nullptr) {
            line("  no profile recognises this device");
            return;
        }
        if (!by->sys_object_id.empty())
            line("  sysObjectID begins with {}", by->sys_object_id.text());
        if (by->sys_descr) line("  sysDescr matches {}", by->sys_descr->text());
        if (!by->vendor.empty()) line("  so its vendor is {}", printable(by->vendor));
        if (by->device_class) line("  so its class is {}", core::word(*by->device_class));
    }

    [[nodiscard]] bool has_value(const Module& module, ObjectNumber number) const {
        const MibObject& object = module.objects[number];
        return object.table < 0 ? answers_.scalar(object.oid) != nullptr
                                : answers_.any_cell(object.oid);
    }

    /// Has any object that the rule looks at a value here?
    [[nodiscard]] static bool any_value(const Rule& rule, const Place& place) {
        return std::ranges::any_of(rule.fields, [&](const auto& field) {
            return std::ranges::any_of(field.second, [&](const Choice& choice) {
                return std::ranges::any_of(objects_of(choice), [&](ObjectNumber number) {
                    return raw(place, number) != nullptr;
                });
            });
        });
    }

    static std::string names(const Module& module, const std::vector<ObjectNumber>& numbers) {
        std::string all;
        for (const ObjectNumber number : numbers)
            all += (all.empty() ? "" : ", ") + module.objects[number].name;
        return all;
    }

    /// Rules begin when they first say something; rows that a rule leaves out are counted at its end.
    void begin_rule(const Rule& rule, const Place& place) {
        if (rule_ == &rule) return;
        end_rule();
        rule_ = &rule;
        const auto* table =
            rule.each ? &place.module.tables[static_cast<std::size_t>(*rule.each)] : nullptr;
        line("  {}{}", word(rule.kind),
             table == nullptr ? "" : fmt::format(", for each row of {}", table->name));
    }
    void end_rule() {
        if (elsewhere_ > 0 && rule_ != nullptr)
            line("    {} left out: its requirements (where) do not hold",
                 rule_->each ? fmt::format("{} rows", elsewhere_) : "it is");
        elsewhere_ = 0;
        rule_ = nullptr;
    }

    [[nodiscard]] static std::string heading(const Rule& rule, const Place& place,
                                             Outcome outcome) {
        std::string row = place.row.empty() ? "" : dotted(place.row) + ": ";
        switch (outcome) {
            case Outcome::fact: return row + "a fact";
            case Outcome::implausible: return row + "no fact: its value cannot be";
            case Outcome::incomplete: {
                std::string needed;
                for (const auto& field : fields_of(rule.kind))
                    if (field.required)
                        needed += (needed.empty() ? "" : ", ") + std::string(field.name);
                return row + "no fact: it needs " + needed;
            }
            case Outcome::elsewhere: break;
        }
        return row;
    }

    void field(const FactField& field, const Datum& datum, const Expression& expression,
               const Place& place) {
        const bool text = std::holds_alternative<std::string>(datum);
        std::string from;
        std::set<ObjectNumber> shown;
        for (const Choice& choice : expression) {
            if (choice.in) {
                const auto table = static_cast<std::size_t>(*choice.in);
                from += fmt::format(", in {}", place.module.tables[table].name);
                continue;
            }
            for (const ObjectNumber number : objects_of(choice)) {
                const SnmpValue* value = raw(place, number);
                if (value == nullptr || !shown.insert(number).second) continue;
                from += fmt::format(", {} is {}", place.module.objects[number].name,
                                    raw_text(*value, decode_));
            }
        }
        if (!present(datum) && from.empty()) return;
        line("      {} = {}{}", field.name,
             !present(datum) ? "none"
             : text          ? quoted(text_of(datum))
                             : text_of(datum),
             from.empty() ? "" : "   (" + from.substr(2) + ")");
    }

    const Recognised& recognised_;
    const Answers& answers_;
    const FromGb18030& decode_;
    std::string text_;
    const Rule* rule_ = nullptr;
    std::size_t elsewhere_ = 0;
};

}  // namespace

std::string explain(const Recognised& recognised, const Answers& answers,
                    const FromGb18030& decode) {
    return Explainer(recognised, answers, decode).text();
}

}  // namespace rounds::core
