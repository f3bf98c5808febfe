// An incident as it may be told.
#pragma once

#include <chrono>

#include "daemon/hooks/payload.hpp"

namespace rounds::hooks {

using namespace std::chrono_literals;

/// 2026-11-24T02:12:00Z, 10:12 in Shanghai.
inline constexpr core::WallTime noon_ish =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 2h + 12min;

inline core::Office told_office() {
    core::Office office;
    core::Device device;
    device.id = {"IT-2021-007"};
    device.name = "sw-3f";
    device.address = "10.1.3.1";
    device.device_class = core::DeviceClass::switch_;
    device.location = "三楼弱电间";
    device.department = "信息部";
    device.owner = {"wang"};
    office.devices.push_back(device);
    for (int i = 1; i <= 60; ++i) {
        core::Device behind;
        behind.id = {"pc-" + std::to_string(i)};
        behind.name = "财务-" + std::to_string(i);
        office.devices.push_back(behind);
    }
    office.people[{"wang"}] = {.id = {"wang"}, .name = "王工", .mobile = {}, .mail = {}};
    core::Link link;
    link.name = "出口-1";
    link.carrier = "电信";
    link.fault_phone = "10000";
    office.links.push_back(link);
    return office;
}

inline Told told_opening() {
    Told told;
    told.event.id = {"01936f2a-5d40-7c3a-8a51-3f0c9d2e7b10"};
    told.event.incident = {"GZ-20261124-0007"};
    told.event.at = noon_ish;
    core::Incident& incident = told.incident;
    incident.id = told.event.incident;
    incident.condition = {{"IT-2021-007"}, "reachability", ""};
    incident.name = "sw-3f";
    incident.severity = core::Severity::second;
    incident.summary = {.id = core::MessageId::reason_no_answer,
                        .with = {{"sent", std::int64_t{5}}}};
    incident.began = noon_ish - 20s;
    incident.opened = noon_ish;
    for (int i = 1; i <= 3; ++i) incident.suppressed.push_back({"pc-" + std::to_string(i)});
    return told;
}

}  // namespace rounds::hooks
