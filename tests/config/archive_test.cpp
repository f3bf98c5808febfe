// Archives in CSV, from the file to devices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

const std::string base =
    "people: {wang: {name: 王工}}\ndevices: [{name: sw-1, class: switch}]\narchive: [a.csv]\n";

core::Device last(const Written& written) {
    const auto loaded = written.load();
    EXPECT_THAT(written.sentences(), ElementsAre());
    return loaded.setup ? loaded.setup->office.devices.back() : core::Device{};
}

TEST(Archive, AColumnIsAKeyInAnyOrder) {
    Written written(base);
    written.file("a.csv",
                 "Address,name,id,class,vendor,model,serial,department,location,user,owner,"
                 "upstream,severity,lifecycle,monitor,presence\n"
                 "10.0.0.9,pc-1,IT-9,pc,Lenovo,M70q,S1,Sales,Room "
                 "3,Ann,wang,sw-1,4,lent,FALSE,occasional\n");
    const auto device = last(written);
    EXPECT_EQ(device.id.value, "IT-9");
    EXPECT_EQ(device.name, "pc-1");
    EXPECT_EQ(device.address, "10.0.0.9");
    EXPECT_EQ(device.device_class, core::DeviceClass::pc);
    EXPECT_EQ(device.vendor + device.model + device.serial, "LenovoM70qS1");
    EXPECT_EQ(device.department + device.location + device.user, "SalesRoom 3Ann");
    EXPECT_EQ(device.owner.value, "wang");
    EXPECT_EQ(device.upstream.value, "sw-1");
    EXPECT_EQ(device.severity, core::Severity::fourth);
    EXPECT_EQ(device.lifecycle, core::Lifecycle::lent);
    EXPECT_FALSE(device.monitor);
    EXPECT_EQ(device.presence, core::Presence::occasional);
}

TEST(Archive, ChineseHeadingsAndWordsInGbk) {
    Written written(base);
    // 设备名称,IP地址,资产编号,设备类型,使用部门,使用人,责任人,存放地点,故障等级,状态
    // 财务打印机,10.0.0.50,IT-50,打印机,财务部,赵会计,王工,三楼,四级,在用
    written.file(
        "a.csv",
        "\xc9\xe8\xb1\xb8\xc3\xfb\xb3\xc6,IP\xb5\xd8\xd6\xb7,\xd7\xca\xb2\xfa\xb1\xe0\xba\xc5,"
        "\xc9\xe8\xb1\xb8\xc0\xe0\xd0\xcd,\xca\xb9\xd3\xc3\xb2\xbf\xc3\xc5,"
        "\xca\xb9\xd3\xc3\xc8\xcb,"
        "\xd4\xf0\xc8\xce\xc8\xcb,\xb4\xe6\xb7\xc5\xb5\xd8\xb5\xe3,"
        "\xb9\xca\xd5\xcf\xb5\xc8\xbc\xb6,"
        "\xd7\xb4\xcc\xac\r\n"
        "\xb2\xc6\xce\xf1\xb4\xf2\xd3\xa1\xbb\xfa,10.0.0.50,IT-50,\xb4\xf2\xd3\xa1\xbb\xfa,"
        "\xb2\xc6\xce\xf1\xb2\xbf,\xd5\xd4\xbb\xe1\xbc\xc6,\xcd\xf5\xb9\xa4,\xc8\xfd\xc2\xa5,"
        "\xcb\xc4\xbc\xb6,\xd4\xda\xd3\xc3\r\n");
    const auto device = last(written);
    EXPECT_EQ(device.name, "财务打印机");
    EXPECT_EQ(device.id.value, "IT-50");
    EXPECT_EQ(device.device_class, core::DeviceClass::printer);
    EXPECT_EQ(device.department, "财务部");
    EXPECT_EQ(device.user, "赵会计");
    EXPECT_EQ(device.owner.value, "wang") << "by the person's name";
    EXPECT_EQ(device.location, "三楼");
    EXPECT_EQ(device.severity, core::Severity::fourth);
    EXPECT_EQ(device.lifecycle, core::Lifecycle::in_use);
}

TEST(Archive, AnEmptyCellIsNotSaid) {
    Written written(base + "classes: {pc: {severity: 4}}\n");
    written.file("a.csv", "\xEF\xBB\xBFname;address;class;severity;owner\npc-1;10.0.0.9;pc;;\n");
    const auto device = last(written);
    EXPECT_EQ(device.severity, core::Severity::fourth) << "as its class";
    EXPECT_EQ(device.presence, core::Presence::working_hours);
    EXPECT_TRUE(device.owner.empty());
}

TEST(Archive, MistakesHaveFileLineAndColumn) {
    Written written(base);
    written.file("a.csv",
                 "name,adress,名稱,class,severity\n"
                 "pc-1,10.0.0.9,,pcs,2\n"
                 "sw-1,,,交換机,9\n"
                 ",10.0.0.10,,pc,3\n"
                 "pc-2,,,pc,3,extra\n");
    EXPECT_THAT(
        written.sentences(),
        ElementsAre(
            "a.csv:1:6: unknown column \"adress\"; did you mean \"address\"?",
            "a.csv:1:13: unknown column \"名稱\"; it is one of id, name, address, class, vendor, "
            "model, serial, "
            "department, location, user, owner, upstream, severity, lifecycle, monitor, presence, "
            "credentials",
            "a.csv:2:16: class: \"pcs\" is not a class; did you mean \"pc\"?",
            "a.csv:3:1: the name \"sw-1\" is taken by the device at rounds.yaml:2:11; names and "
            "ids are unique",
            "a.csv:3:8: class: \"交換机\" is not a class; it is one of switch, router, firewall, "
            "wireless-controller, access-point, printer, ups, pdu, nas, server, pc, hypervisor, "
            "environment, "
            "phone, camera, appliance, other",
            "a.csv:3:12: severity: \"9\" is not a severity; write 1 (the whole office) to 4 (a "
            "notice)",
            "a.csv:4:1: a device needs \"name\"",
            "a.csv:5:13: \"extra\" stands in a column without heading"));
}

TEST(Archive, ColumnsThatCannotBe) {
    Written written(base);
    written.file("a.csv", "name,ping,credentials,设备名称,存放地\nx,,,,\n");
    EXPECT_THAT(
        written.sentences(),
        ElementsAre("a.csv:1:6: ping is no column; write it in YAML, for the device or its class",
                    "a.csv:1:23: a second column for name; keep one of the two",
                    "a.csv:1:28: unknown column \"存放地\"; did you mean \"存放地点\"?"));
}

TEST(Archive, OfTheFileAsAWhole) {
    EXPECT_THAT(Written(base).sentences(),
                ElementsAre("rounds.yaml:3:11: archive: a.csv: there is no such file"));
    EXPECT_THAT(
        Written(base).file("a.csv/x", "").sentences(),
        ElementsAre("rounds.yaml:3:11: archive: a.csv: is a directory; name the file within it"));
    EXPECT_THAT(
        Written(base).file("a.csv", "\n").sentences(),
        ElementsAre("a.csv: is empty; its first row names the columns: name,address,class,…"));
    EXPECT_THAT(Written(base).file("a.csv", "PK\x03\x04\xFF\xFF").sentences(),
                ElementsAre("a.csv: is neither UTF-8 nor GB18030 (GBK) text; save it as UTF-8"));
    EXPECT_THAT(
        Written(base).file("a.csv", "sw-1,10.0.0.1\n").sentences(),
        ElementsAre(
            "a.csv:1:1: unknown column \"sw-1\"; it is one of id, name, address, class, vendor, "
            "model, serial, "
            "department, location, user, owner, upstream, severity, lifecycle, monitor, presence, "
            "credentials",
            "a.csv:1:1: no column is headed name (or 设备名称); the first row names the columns",
            "a.csv:1:6: unknown column \"10.0.0.1\"; it is one of id, name, address, class, "
            "vendor, model, serial, "
            "department, location, user, owner, upstream, severity, lifecycle, monitor, presence, "
            "credentials"));
    EXPECT_THAT(Written("archive: [{a: b}]\n").sentences(),
                ElementsAre("rounds.yaml:1:11: archive: names a CSV file, such as devices.csv"));
}

TEST(Archive, AMissingArchiveMayHoldWhatNamesLeadTo) {
    EXPECT_THAT(Written("devices: [{name: a, upstream: core}]\narchive: [a.csv]\n").sentences(),
                ElementsAre("rounds.yaml:2:11: archive: a.csv: there is no such file"));
}

TEST(Archive, TenThousandDevicesAreNoBurden) {
    Written written(base);
    std::string csv = "name,address,class,upstream\n";
    for (int i = 0; i < 10'000; ++i) {
        csv += "pc-" + std::to_string(i) + ",10." + std::to_string(i / 62500 + 1) + "." +
               std::to_string(i / 250 % 250) + "." + std::to_string(i % 250 + 1) + ",pc," +
               (i == 0 ? "sw-1" : "pc-" + std::to_string(i - 1)) + "\n";
    }
    written.file("a.csv", csv);
    const auto loaded = written.load();
    ASSERT_NE(loaded.setup, nullptr);
    EXPECT_THAT(loaded.setup->office.devices, SizeIs(10'001));
}

TEST(Archive, TenThousandMistakesAreToldToAnEnd) {
    Written written(base);
    std::string csv = "name,upstream\n";
    for (int i = 0; i < 10'000; ++i)
        csv += "pc-" + std::to_string(i) + ",sw-x" + std::to_string(i) + "\n";
    written.file("a.csv", csv);
    const auto sentences = written.sentences();
    ASSERT_THAT(sentences, SizeIs(1001));
    EXPECT_EQ(sentences.back(), "a.csv: 9000 further mistakes are not shown; mend these first");
}

}  // namespace
}  // namespace rounds::config
