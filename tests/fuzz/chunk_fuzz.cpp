// libFuzzer: whatever lies in a row of samples.db, reading it stays within bounds; and any doubles come back.
#include <bit>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "daemon/store/chunk.hpp"
#include "daemon/store/chunk_rollups.hpp"
#include "daemon/store/chunk_values.hpp"

namespace {

using namespace rounds::store;

constexpr std::size_t most = 1U << 14U;

void read(const Bytes& bytes) {
    ValuePacker values;
    RollupPacker rollups;
    ChunkReader reader(bytes, values.integers(), most);
    for (std::size_t place = 0; place < shelf_size; ++place) {
        const auto part = reader.find(place);
        if (!part) continue;
        const std::vector<DayTime> at(part->at.begin(), part->at.end());
        if (at.empty() || at.size() > most || at.back() >= day_ms) std::abort();
        try {
            std::vector<double> found;
            values.unpack(part->body, at.size(), found);
            if (found.size() != at.size()) std::abort();
        } catch (const ChunkDamage&) {
        }
        std::vector<Bucket> found;
        rollups.unpack(part->body, at.size(), found);
        if (found.size() != at.size()) std::abort();
    }
}

void round_trip(const Bytes& bytes) {
    std::vector<double> values(bytes.size() / sizeof(double)), back;
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(double));
    ValuePacker packer;
    Bytes packed;
    packer.pack(values, packed);
    packer.unpack(packed, values.size(), back);
    if (back.size() != values.size()) std::abort();
    for (std::size_t i = 0; i < back.size(); ++i)
        if (std::bit_cast<std::uint64_t>(back[i]) != std::bit_cast<std::uint64_t>(values[i]))
            std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    Bytes bytes(reinterpret_cast<const char*>(data), size);
    if (size >= sizeof(double)) round_trip(bytes);
    try {
        seal(bytes);
        read(bytes);
    } catch (const ChunkDamage&) {
    }
    return 0;
}
