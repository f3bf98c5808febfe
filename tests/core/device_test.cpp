#include "core/device.hpp"

#include <set>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

TEST(Device, EveryWordOfAClassLeadsBack) {
    std::set<std::string_view> words;
    for (int n = 0; n <= static_cast<int>(DeviceClass::other); ++n) {
        const auto device_class = static_cast<DeviceClass>(n);
        EXPECT_EQ(device_class_of(word(device_class)), device_class);
        words.insert(word(device_class));
    }
    EXPECT_EQ(words.size(), 17U);
    EXPECT_EQ(word(DeviceClass::switch_), "switch");
    EXPECT_EQ(word(DeviceClass::wireless_controller), "wireless-controller");
    EXPECT_EQ(device_class_of("Switch"), std::nullopt);
    EXPECT_EQ(device_class_of(""), std::nullopt);
}

TEST(Device, EveryWordOfALifecycleAndAPresenceLeadsBack) {
    for (const auto lifecycle : {Lifecycle::in_use, Lifecycle::spare, Lifecycle::repair,
                                 Lifecycle::lent, Lifecycle::retired}) {
        EXPECT_EQ(lifecycle_of(word(lifecycle)), lifecycle);
    }
    for (const auto presence : {Presence::always, Presence::working_hours, Presence::occasional}) {
        EXPECT_EQ(presence_of(word(presence)), presence);
    }
    EXPECT_EQ(word(Lifecycle::in_use), "in-use");
    EXPECT_EQ(word(Presence::working_hours), "working-hours");
    EXPECT_EQ(lifecycle_of("in use"), std::nullopt);
    EXPECT_EQ(presence_of("never"), std::nullopt);
}

TEST(Device, IsDueWhenInUseMonitoredAndWithAnAddress) {
    Device device;
    device.address = "10.0.0.1";
    EXPECT_TRUE(device.due());

    Device ignored = device, lent = device, monitor_screen = device;
    ignored.monitor = false;
    lent.lifecycle = Lifecycle::lent;
    monitor_screen.address.clear();
    for (const auto& other : {ignored, lent, monitor_screen}) EXPECT_FALSE(other.due());
}

TEST(Office, KnowsWhatAPersonMeans) {
    Office office;
    office.devices = {{.id = {"IT-1"}, .name = "core", .address = "10.0.0.1"},
                      {.id = {"IT-2"}, .name = "shelf", .address = ""}};
    office.links = {{.name = "egress"}, {.name = "core"}};
    for (const char* name : {"core", "IT-1", "10.0.0.1"})
        EXPECT_EQ(office.called(name), subject_of(DeviceId{"IT-1"})) << name;
    EXPECT_EQ(office.called("egress"), subject_of_link("egress"));
    EXPECT_TRUE(office.called("").empty()) << "not the shelf, which has no address";
    EXPECT_TRUE(office.called("cor").empty());
}

TEST(Office, FindsADeviceByItsId) {
    Office office;
    office.devices.resize(2);
    office.devices[0].id = {"IT-1"};
    office.devices[1].id = {"IT-2"};
    EXPECT_EQ(office.find({"IT-2"}), &office.devices[1]);
    EXPECT_EQ(office.find({"it-2"}), nullptr);
    EXPECT_EQ(office.find({}), nullptr);
}

}  // namespace
}  // namespace rounds::core
