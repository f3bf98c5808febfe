// HOST-RESOURCES-MIB (RFC 2790) and UCD-SNMP-MIB: processors, memory, disks.
#include <array>

#include <fmt/format.h>

#include "tests/simulator/snmp/mib_tools.hpp"

namespace rounds::simulator {
namespace {

constexpr std::uint64_t unit = 4096;  // hrStorageAllocationUnits
constexpr std::uint64_t gigabyte = 1'000'000'000;
constexpr std::size_t cores = 4;
constexpr Column first_processor = 196'608;  // hrDeviceIndex of the first

struct Storage {
    const char* type;  ///< hrStorageTypes' last number
    const char* name;
    const char* pc_name;  ///< As PCs call it; null when they have none.
    std::uint64_t size;   ///< Bytes; of a NAS more.
};
constexpr std::array<Storage, 4> storages{
    {{"2", "Physical memory", "Physical Memory", 16 * gigabyte},
     {"3", "Swap space", "Virtual Memory", 8 * gigabyte},
     {"4", "/", "C:\\", 120 * gigabyte},
     {"4", "/data", nullptr, 900 * gigabyte}}};

bool is_pc(const Subject& subject) {
    return subject.description.kind == SnmpKind::pc;
}

std::size_t storage_count(const Subject& subject) {
    return is_pc(subject) ? storages.size() - 1 : storages.size();
}

std::uint64_t size_of(const Subject& subject, std::size_t row) {
    const bool large = subject.description.kind == SnmpKind::nas && row == 3;
    return storages.at(row).size * (large ? 9 : 1);
}

/// Its own share; nobody swaps.
std::uint64_t used_of(const Subject& subject, std::size_t row) {
    const auto& state = subject.state;
    const double share = row == 0 ? state.memory : row == 1 ? 0.0 : row == 2 ? 0.3 : state.disk;
    const double used = is_pc(subject) && row == 2 ? state.disk : share;
    return static_cast<std::uint64_t>(static_cast<double>(size_of(subject, row)) * used);
}

core::SnmpValue storage(const Subject& subject, Column column, std::size_t row) {
    const auto& one = storages.at(row);
    switch (column) {
        case 1: return integer(static_cast<std::int64_t>(row) + 1);
        case 2: return name(fmt::format("1.3.6.1.2.1.25.2.1.{}", one.type));
        case 3: return text(is_pc(subject) ? one.pc_name : one.name);
        case 4: return integer(unit);
        case 5: return integer(static_cast<std::int64_t>(size_of(subject, row) / unit));
        default: return integer(static_cast<std::int64_t>(used_of(subject, row) / unit));
    }
}

core::SnmpValue file_system(const Subject& subject, Column column, std::size_t row) {
    switch (column) {
        case 2: return text(is_pc(subject) ? "C:\\" : storages.at(row + 2).name);
        case 5: return integer(1);  // readWrite
        case 7: return integer(static_cast<std::int64_t>(row) + 3);
        default: return nothing();
    }
}

double load(const Subject& subject, std::size_t core) {
    return std::min(swaying(subject, subject.state.load, 0x40 + core), 1.0) * 100;
}

Index processor_index(const Subject&, std::size_t row) {
    return {first_processor + static_cast<Column>(row)};
}

core::SnmpValue processor(const Subject& subject, Column, std::size_t row) {
    return integer(static_cast<std::int64_t>(load(subject, row)));
}

core::SnmpValue device(const Subject&, Column column, std::size_t row) {
    switch (column) {
        case 1: return integer(first_processor + static_cast<std::int64_t>(row));
        case 2: return name("1.3.6.1.2.1.25.3.1.3");  // hrDeviceProcessor
        case 3: return text("Example Processor, 2.4 GHz");
        default: return integer(2);  // running
    }
}

std::size_t processors(const Subject&) {
    return cores;
}

core::SnmpValue memory(const Subject& subject, Column column, std::size_t) {
    const auto kilobytes = [&](std::size_t row) { return size_of(subject, row) / 1024; };
    switch (column) {
        case 3:
        case 4: return integer(static_cast<std::int64_t>(kilobytes(1)));
        case 5: return integer(static_cast<std::int64_t>(kilobytes(0)));
        case 6:
            return integer(static_cast<std::int64_t>(kilobytes(0) - used_of(subject, 0) / 1024));
        default: return integer(0);
    }
}

}  // namespace

void host_resources(Tables& tables) {
    tables.push_back(
        scalars("1.3.6.1.2.1.25.1", {1, 6}, [](const Subject& subject, Column column, std::size_t) {
            return column == 1 ? ticks(subject.age()) : gauge(143);
        }));
    tables.push_back(
        scalars("1.3.6.1.2.1.25.2", {2}, [](const Subject& subject, Column, std::size_t) {
            return integer(static_cast<std::int64_t>(size_of(subject, 0) / 1024));
        }));
    tables.push_back(counted("1.3.6.1.2.1.25.2.3.1", {1, 2, 3, 4, 5, 6}, storage_count, storage));
    tables.push_back({core::Oid::parse("1.3.6.1.2.1.25.3.2.1").value(),
                      {1, 2, 3, 5},
                      processors,
                      processor_index,
                      device});
    tables.push_back({core::Oid::parse("1.3.6.1.2.1.25.3.3.1").value(),
                      {2},
                      processors,
                      processor_index,
                      processor});
    tables.push_back(counted(
        "1.3.6.1.2.1.25.3.8.1", {2, 5, 7},
        [](const Subject& subject) { return storage_count(subject) - 2; }, file_system));
}

void ucd(Tables& tables) {
    tables.push_back(scalars("1.3.6.1.4.1.2021.4", {3, 4, 5, 6, 13, 14, 15}, memory));
    tables.push_back(counted(
        "1.3.6.1.4.1.2021.10.1", {1, 2, 3}, [](const Subject&) { return std::size_t{3}; },
        [](const Subject& subject, Column column, std::size_t row) {
            constexpr std::array<int, 3> minutes{1, 5, 15};
            if (column == 1) return integer(static_cast<std::int64_t>(row) + 1);
            if (column == 2) return text(fmt::format("Load-{}", minutes.at(row)));
            return text(fmt::format("{:.2f}", load(subject, row) / 100 * cores));
        }));
    tables.push_back(scalars("1.3.6.1.4.1.2021.11", {9, 10, 11},
                             [](const Subject& subject, Column column, std::size_t) {
                                 const auto busy = static_cast<std::int64_t>(load(subject, 0));
                                 return integer(column == 9 ? busy : column == 10 ? 0 : 100 - busy);
                             }));
}

}  // namespace rounds::simulator
