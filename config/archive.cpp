#include "config/archive.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "config/csv.hpp"
#include "config/encoding.hpp"
#include "config/files.hpp"
#include "config/section.hpp"
#include "config/sections.hpp"
#include "config/values.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

constexpr std::uintmax_t largest_archive = std::uintmax_t{16} << 20;

struct Heading {
    std::string_view chinese, key;
};
constexpr auto headings = std::to_array<Heading>({
    {"设备名称", "name"},       {"名称", "name"},       {"IP地址", "address"},
    {"IP", "address"},          {"地址", "address"},    {"资产编号", "id"},
    {"设备编号", "id"},         {"设备类型", "class"},  {"设备类别", "class"},
    {"类型", "class"},          {"类别", "class"},      {"品牌", "vendor"},
    {"厂商", "vendor"},         {"厂家", "vendor"},     {"型号", "model"},
    {"设备型号", "model"},      {"规格型号", "model"},  {"序列号", "serial"},
    {"使用部门", "department"}, {"部门", "department"}, {"存放地点", "location"},
    {"安装位置", "location"},   {"位置", "location"},   {"使用人", "user"},
    {"责任人", "owner"},        {"上联", "upstream"},   {"上联设备", "upstream"},
    {"故障等级", "severity"},   {"状态", "lifecycle"},  {"使用状态", "lifecycle"},
    {"是否巡检", "monitor"},
});

struct Word {
    std::string_view key, chinese, word;
};
constexpr auto words = std::to_array<Word>({
    {"class", "交换机", "switch"},
    {"class", "路由器", "router"},
    {"class", "防火墙", "firewall"},
    {"class", "无线控制器", "wireless-controller"},
    {"class", "无线AP", "access-point"},
    {"class", "无线接入点", "access-point"},
    {"class", "打印机", "printer"},
    {"class", "复印机", "printer"},
    {"class", "传真机", "printer"},
    {"class", "一体机", "printer"},
    {"class", "UPS", "ups"},
    {"class", "PDU", "pdu"},
    {"class", "NAS", "nas"},
    {"class", "服务器", "server"},
    {"class", "计算机", "pc"},
    {"class", "电脑", "pc"},
    {"class", "台式机", "pc"},
    {"class", "笔记本", "pc"},
    {"class", "电话", "phone"},
    {"class", "摄像机", "camera"},
    {"class", "摄像头", "camera"},
    {"class", "其他", "other"},
    {"lifecycle", "在用", "in-use"},
    {"lifecycle", "备用", "spare"},
    {"lifecycle", "维修", "repair"},
    {"lifecycle", "借出", "lent"},
    {"lifecycle", "报废", "retired"},
    {"severity", "一级", "1"},
    {"severity", "二级", "2"},
    {"severity", "三级", "3"},
    {"severity", "四级", "4"},
    {"monitor", "是", "true"},
    {"monitor", "否", "false"},
});

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return out;
}

/// The key a heading means; empty for a heading nobody knows.
std::string_view key_of(std::string_view heading) {
    const auto chinese = std::ranges::find(headings, heading, &Heading::chinese);
    if (chinese != headings.end()) return chinese->key;
    const auto key = std::ranges::find(device_columns, lower(heading));
    return key == device_columns.end() ? std::string_view{} : *key;
}

std::string unknown_column(std::string_view heading) {
    // What is known of a device but does not fit a cell has its own sentence.
    if (heading == "ping" || heading == "snmp" || heading == "thresholds") {
        return fmt::format("{} is no column; write it in YAML, for the device or its class",
                           heading);
    }
    std::vector<std::string_view> known(device_columns.begin(), device_columns.end());
    if (core::nearest(heading, known.data(), known.data() + known.size()).empty()) {
        for (const Heading& one : headings) known.push_back(one.chinese);
        if (core::nearest(heading, known.data(), known.data() + known.size()).empty())
            known.resize(device_columns.size());
    }
    return fmt::format("unknown column \"{}\"; {}", core::printable(heading, 60),
                       suggestion(heading, known));
}

/// The key of each column; empty for one that has no heading or a wrong one.
std::vector<std::string_view> read_heading(const Row& row, Problems& problems) {
    std::vector<std::string_view> keys;
    for (const Cell& cell : row) {
        std::string_view key = cell.text.empty() ? std::string_view{} : key_of(cell.text);
        if (key.empty() && !cell.text.empty()) problems.add(cell.at, unknown_column(cell.text));
        if (!key.empty() && std::ranges::find(keys, key) != keys.end()) {
            problems.add(cell.at, fmt::format("a second column for {}; keep one of the two", key));
            key = {};
        }
        keys.push_back(key);
    }
    if (std::ranges::find(keys, "name") == keys.end()) {
        problems.add(row.front().at,
                     "no column is headed name (or 设备名称); the first row names the columns");
        keys.clear();
    }
    return keys;
}

std::string in_our_words(std::string_view key, const std::string& text) {
    const auto* word = std::ranges::find_if(
        words, [&](const Word& one) { return one.key == key && one.chinese == text; });
    return word == words.end() ? text : std::string(word->word);
}

Node device_of(const Row& row, const std::vector<std::string_view>& keys, Problems& problems) {
    Node device{.kind = Node::Kind::map, .at = row.front().at};
    for (std::size_t column = 0; column < row.size(); ++column) {
        const auto& [text, at] = row[column];
        if (text.empty()) continue;
        if (column >= keys.size()) {
            problems.add(at, fmt::format("\"{}\" stands in a column without heading",
                                         core::printable(text, 60)));
            break;
        }
        const std::string_view key = keys[column];
        if (key.empty()) continue;
        Node value{.kind = Node::Kind::scalar, .at = at, .text = in_our_words(key, text)};
        device.entries.push_back({std::string(key), at, std::move(value)});
    }
    return device;
}

}  // namespace

std::optional<std::vector<Node>> read_archive(const std::filesystem::path& file, Place named_at,
                                              Problems& problems) {
    auto bytes = read_file(file, largest_archive);
    if (!bytes) {
        problems.add(named_at, fmt::format("archive: {}: {}", core::printable(file.string(), 300),
                                           bytes.error().message));
        return std::nullopt;
    }
    const int number = problems.open(file);
    const auto text = to_utf8(std::move(*bytes));
    if (!text) {
        problems.add({number}, text.error().message);
        return std::nullopt;
    }
    const auto rows = parse_csv(*text, number, problems);
    if (!rows) return std::nullopt;
    if (rows->empty()) {
        problems.add({number}, "is empty; its first row names the columns: name,address,class,…");
        return std::nullopt;
    }
    const auto keys = read_heading(rows->front(), problems);
    if (keys.empty()) return std::nullopt;
    std::vector<Node> devices;
    for (const Row& row : std::span(*rows).subspan(1))
        devices.push_back(device_of(row, keys, problems));
    return devices;
}

}  // namespace rounds::config
