#include "tests/scenarios/office_week.hpp"

#include <cstdio>
#include <stdexcept>

#include "config/load.hpp"

namespace rounds::tests {

const std::string week_yaml = R"yaml(
site: {name: 柏林办事处, locale: zh-CN, time_zone: Europe/Berlin}
calendars:
  default:
    working_hours:
      - {weekdays: [mon..fri], times: ["09:00-18:00"]}
      - {days_of_month: ["1..3", "-3..-1"], times: ["08:00-20:00"]}
    holidays: [2026-10-28]
    make_up_days: [2026-10-31]
polling:
  ping: {interval: 30s, packets: 5, timeout: 1s, down_after: 3, up_after: 2, retry_interval: 10s}
  anchors: [10.1.0.253]
people:
  wang: {name: 王工, role: engineer}
links:
  - {name: 出口-1, device: fw-1, interface: GE0/0/1, carrier: 电信, bandwidth: 200M, targets: [223.5.5.5, 114.114.114.114], dns: www.example.com}
devices:
  - {id: IT-001, name: core-1, address: 10.1.0.1, class: switch, location: 机房, owner: wang, severity: 1}
  - {name: fw-1, address: 10.1.0.254, class: firewall, upstream: core-1, owner: wang, severity: 1}
  - {name: sw-2f, address: 10.1.2.1, class: switch, upstream: core-1, location: 二楼, owner: wang, severity: 2}
  - {name: sw-3f, address: 10.1.3.1, class: switch, upstream: core-1, location: 三楼, owner: wang, severity: 2}
  - {name: ap-3f, address: 10.1.3.11, class: access-point, upstream: sw-3f}
  - {name: mfp-3f, address: 10.1.3.50, class: printer, upstream: sw-3f, department: 财务部}
  - {name: nas-1, address: 10.1.0.20, class: nas, upstream: core-1}
  - {name: cam-7, address: cam-7.lan, class: camera}
  - {name: pc-01, address: 10.1.2.101, class: pc, upstream: sw-2f, department: 财务部}
  - {name: pc-02, address: 10.1.2.102, class: pc, upstream: sw-2f, department: 财务部}
  - {name: pc-03, address: 10.1.3.103, class: pc, upstream: sw-3f, department: 市场部}
  - {name: pc-04, address: 10.1.3.104, class: pc, upstream: sw-3f, department: 市场部}
  - {name: pc-06, address: 10.1.2.106, class: pc, upstream: sw-2f, department: 财务部}
  - {name: sw-old, address: 10.1.9.1, class: switch, lifecycle: spare}
  - {name: sw-lab, address: 10.1.9.2, class: switch, monitor: false}
rounds:
  - {name: 早巡, at: "08:30", days: working}
reports:
  daily: {after: 早巡, formats: [html, json, text]}
)yaml";

core::WallTime at(const std::string& text) {
    static const core::TimeZone zone = config::system_time_zone("Europe/Berlin").value();
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%u %d:%d:%d", &year, &month, &day, &hour, &minute,
                    &second) < 5) {
        throw std::invalid_argument(text);
    }
    const core::Date date{std::chrono::year(year), std::chrono::month(month),
                          std::chrono::day(day)};
    const core::LocalTime local = std::chrono::local_days(date) + std::chrono::hours(hour) +
                                  std::chrono::minutes(minute) + std::chrono::seconds(second);
    return zone.to_wall(local);
}

void let_happen(FakeOffice& office) {
    using namespace std::chrono_literals;
    for (const char* address :
         {"10.1.0.1", "10.1.0.253", "10.1.0.254", "10.1.2.1", "10.1.3.1", "10.1.3.11", "10.1.3.50",
          "10.1.0.20", "10.1.2.101", "10.1.2.102", "10.1.3.103", "10.1.3.104", "10.1.2.106"}) {
        office.add(address);
    }
    office.add("223.5.5.5", 4ms);
    office.add("114.114.114.114", 9ms);
    office.name("www.example.com", "93.184.216.34");
    for (const char* behind : {"10.1.3.11", "10.1.3.50", "10.1.3.103", "10.1.3.104"})
        office.hang(behind, "10.1.3.1");

    office.silence("10.1.3.1", {at("2026-10-25 14:00"), at("2026-10-26 07:10")});
    office.lose("10.1.0.20", {at("2026-10-23 08:00"), at("2026-10-23 09:00")}, 2);
    office.pull_the_cable({at("2026-10-30 10:00"), at("2026-10-30 10:20")});

    const core::WallTime begin = at("2026-10-21 00:00");
    office.silence("10.1.2.106", {begin, at("2026-12-01 00:00")});
    for (const char* pc : {"10.1.2.101", "10.1.2.102", "10.1.3.103", "10.1.3.104"}) {
        core::WallTime off_since = begin;
        for (const char* day : {"2026-10-22", "2026-10-23", "2026-10-26", "2026-10-27",
                                "2026-10-29", "2026-10-30", "2026-10-31", "2026-11-02"}) {
            office.silence(pc, {off_since, at(std::string(day) + " 08:00")});
            off_since = at(std::string(day) + " 18:30");
        }
        office.silence(pc, {off_since, at("2026-12-01 00:00")});
    }
}

}  // namespace rounds::tests
