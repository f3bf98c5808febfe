// Section: what no other section has.
#include "reports/device_table.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::MessageId;

std::optional<Section> other_devices(const Day& day) {
    using enum core::DeviceClass;
    return device_section({.key = "other_devices",
                           .title = MessageId::report_other_devices,
                           .remark = MessageId::report_other_remark,
                           .classes = {phone, camera, appliance, other},
                           .told = {}},
                          day);
}

}  // namespace rounds::reports
