#include "core/state_message.hpp"

#include <algorithm>
#include <string_view>

namespace rounds::core {

namespace {

struct Row {
    std::string_view item, word;
    MessageId id;
};

/// The words of shipped profiles: the standard MIBs' own.
constexpr Row rows[] = {
    {"printer", "lowPaper", MessageId::state_printer_low_paper},
    {"printer", "noPaper", MessageId::state_printer_no_paper},
    {"printer", "lowToner", MessageId::state_printer_low_toner},
    {"printer", "noToner", MessageId::state_printer_no_toner},
    {"printer", "doorOpen", MessageId::state_printer_door_open},
    {"printer", "jammed", MessageId::state_printer_jammed},
    {"printer", "offline", MessageId::state_printer_offline},
    {"printer", "serviceRequested", MessageId::state_printer_service_requested},
    {"printer", "inputTrayMissing", MessageId::state_printer_input_tray_missing},
    {"printer", "outputTrayMissing", MessageId::state_printer_output_tray_missing},
    {"printer", "markerSupplyMissing", MessageId::state_printer_marker_supply_missing},
    {"printer", "outputNearFull", MessageId::state_printer_output_near_full},
    {"printer", "outputFull", MessageId::state_printer_output_full},
    {"printer", "inputTrayEmpty", MessageId::state_printer_input_tray_empty},
    {"printer", "overduePreventMaint", MessageId::state_printer_overdue_prevent_maint},
    {"printer", "coverOpen", MessageId::state_printer_cover_open},
    {"printer", "interlockOpen", MessageId::state_printer_interlock_open},
    {"ups-source", "battery", MessageId::state_ups_source_battery},
    {"ups-source", "none", MessageId::state_ups_source_none},
    {"ups-source", "bypass", MessageId::state_ups_source_bypass},
    {"ups-source", "booster", MessageId::state_ups_source_booster},
    {"ups-source", "reducer", MessageId::state_ups_source_reducer},
    {"ups-battery", "batteryLow", MessageId::state_ups_battery_battery_low},
    {"ups-battery", "batteryDepleted", MessageId::state_ups_battery_battery_depleted},
    {"ups-alarm", "batteryBad", MessageId::state_ups_alarm_battery_bad},
    {"ups-alarm", "onBattery", MessageId::state_ups_alarm_on_battery},
    {"ups-alarm", "lowBattery", MessageId::state_ups_alarm_low_battery},
    {"ups-alarm", "depletedBattery", MessageId::state_ups_alarm_depleted_battery},
    {"ups-alarm", "tempBad", MessageId::state_ups_alarm_temp_bad},
    {"ups-alarm", "inputBad", MessageId::state_ups_alarm_input_bad},
    {"ups-alarm", "outputBad", MessageId::state_ups_alarm_output_bad},
    {"ups-alarm", "outputOverload", MessageId::state_ups_alarm_output_overload},
    {"ups-alarm", "onBypass", MessageId::state_ups_alarm_on_bypass},
    {"ups-alarm", "bypassBad", MessageId::state_ups_alarm_bypass_bad},
    {"ups-alarm", "outputOffAsRequested", MessageId::state_ups_alarm_output_off_as_requested},
    {"ups-alarm", "upsOffAsRequested", MessageId::state_ups_alarm_ups_off_as_requested},
    {"ups-alarm", "chargerFailed", MessageId::state_ups_alarm_charger_failed},
    {"ups-alarm", "upsOutputOff", MessageId::state_ups_alarm_ups_output_off},
    {"ups-alarm", "upsSystemOff", MessageId::state_ups_alarm_ups_system_off},
    {"ups-alarm", "fanFailure", MessageId::state_ups_alarm_fan_failure},
    {"ups-alarm", "fuseFailure", MessageId::state_ups_alarm_fuse_failure},
    {"ups-alarm", "generalFault", MessageId::state_ups_alarm_general_fault},
    {"ups-alarm", "diagnosticTestFailed", MessageId::state_ups_alarm_diagnostic_test_failed},
    {"ups-alarm", "communicationsLost", MessageId::state_ups_alarm_communications_lost},
    {"ups-alarm", "awaitingPower", MessageId::state_ups_alarm_awaiting_power},
    {"ups-alarm", "shutdownPending", MessageId::state_ups_alarm_shutdown_pending},
    {"ups-alarm", "shutdownImminent", MessageId::state_ups_alarm_shutdown_imminent},
};

}  // namespace

Message state_message(const StateFacts& state) {
    const auto found = std::ranges::find_if(
        rows, [&](const Row& row) { return row.item == state.item && row.word == state.state; });
    const MessageId id = found == std::end(rows) ? MessageId::state_other : found->id;
    return {id, {{"what", state.descr}, {"state", state.state}}};
}

}  // namespace rounds::core
