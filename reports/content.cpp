#include "reports/content.hpp"

#include <fmt/format.h>

#include "core/time_format.hpp"

namespace rounds::reports {

using core::Message;
using core::MessageId;

Content text(const std::string& words) {
    if (words.empty()) return Absent{};
    return core::Value{words};
}

Content number(std::int64_t value) {
    return core::Value{value};
}

Content moment(const std::optional<core::WallTime>& time) {
    if (!time) return Absent{};
    return core::Value{*time};
}

Content share(const std::optional<core::Ratio>& ratio) {
    if (!ratio) return Absent{};
    return core::Value{*ratio};
}

Content mean(std::int64_t sum_us, std::int64_t count) {
    if (count <= 0) return Absent{};
    return core::Value{core::Microseconds{(sum_us + count / 2) / count}};
}

Content said(const std::optional<Message>& message) {
    if (!message) return Absent{};
    return *message;
}

Content bits_per_second(std::int64_t bps) {
    const auto shown = [&](MessageId id, std::int64_t unit) {
        const core::Value value =
            bps % unit == 0 ? core::Value{bps / unit}
                            : core::Value{static_cast<double>(bps) / static_cast<double>(unit)};
        return Labelled{bps, {id, {{"value", value}}}};
    };
    if (bps >= 1'000'000'000) return shown(MessageId::report_bandwidth_giga, 1'000'000'000);
    if (bps >= 1'000'000) return shown(MessageId::report_bandwidth_mega, 1'000'000);
    return shown(MessageId::report_bandwidth_kilo, 1'000);
}

bool empty(const Cell& cell) {
    const auto absent = [](const Content& content) {
        return std::holds_alternative<Absent>(content);
    };
    return absent(cell.content) && std::ranges::all_of(cell.also, absent) &&
           std::ranges::all_of(cell.under, absent);
}

namespace {

MessageId name_of(core::DeviceClass device_class) {
    using enum core::DeviceClass;
    switch (device_class) {
        case switch_: return MessageId::report_class_switch;
        case router: return MessageId::report_class_router;
        case firewall: return MessageId::report_class_firewall;
        case wireless_controller: return MessageId::report_class_wireless_controller;
        case access_point: return MessageId::report_class_access_point;
        case printer: return MessageId::report_class_printer;
        case ups: return MessageId::report_class_ups;
        case pdu: return MessageId::report_class_pdu;
        case nas: return MessageId::report_class_nas;
        case server: return MessageId::report_class_server;
        case pc: return MessageId::report_class_pc;
        case hypervisor: return MessageId::report_class_hypervisor;
        case environment: return MessageId::report_class_environment;
        case phone: return MessageId::report_class_phone;
        case camera: return MessageId::report_class_camera;
        case appliance: return MessageId::report_class_appliance;
        case other: break;
    }
    return MessageId::report_class_other;
}

}  // namespace

Content kind(core::DeviceClass device_class) {
    return Labelled{std::string{core::word(device_class)}, Message{name_of(device_class)}};
}

std::string date_text(const core::TimeZone& zone, core::WallTime time) {
    return core::date_text(zone.date_at(time));
}

std::string clock_text(const core::TimeZone& zone, core::WallTime time) {
    return core::clock_text(time, {core::Language::english, &zone});  // the same in every language
}

Message in_departments(Message message, const std::vector<std::string>& departments,
                       DepartmentMessages ids) {
    if (departments.empty()) return message;
    message.id = ids.one;
    message.with.emplace_back("first", departments[0]);
    if (departments.size() == 1) return message;
    message.id = ids.two;
    message.with.emplace_back("second", departments[1]);
    if (departments.size() == 2) return message;
    message.id = ids.many;
    message.with.emplace_back("others", static_cast<std::int64_t>(departments.size() - 2));
    return message;
}

std::string during(const core::TimeZone& zone, core::Period period) {
    const std::string first = date_text(zone, period.from), last = date_text(zone, period.until);
    const std::string from = fmt::format("{} {}", first.substr(5), clock_text(zone, period.from));
    const std::string until = clock_text(zone, period.until);
    if (first == last) return fmt::format("{}–{}", from, until);
    return fmt::format("{} – {} {}", from, last.substr(5), until);
}

}  // namespace rounds::reports
