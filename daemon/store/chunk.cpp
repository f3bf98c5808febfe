#include "daemon/store/chunk.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rounds::store {

namespace {

constexpr std::uint8_t layout_version = 1;
constexpr int seal_size = 4;

/// FNV-1a over eight bytes at a time: not against forgers, but against disks.
std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t sum = 0xcbf29ce484222325U;
    const auto add = [&sum](std::uint64_t word) {
        sum = (sum ^ word) * 0x100000001b3U;
        sum ^= sum >> 32U;
    };
    ByteReader reader(bytes);
    while (reader.left() >= 8) add(reader.fixed(8));
    while (reader.left() > 0) add(reader.byte());
    return sum & 0xffffffffU;
}

/// Those of `all` that are not in `some` (a part of it), as distances.
Bytes missing_from(std::span<const DayTime> some, std::span<const DayTime> all) {
    Bytes missing;
    std::size_t next = 0, last = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (next < some.size() && some[next] == all[i]) {
            ++next;
            continue;
        }
        put_varint(missing, i - last);
        last = i;
    }
    return missing;
}

}  // namespace

void seal(Bytes& bytes) {
    put_fixed(bytes, checksum(bytes), seal_size);
}

std::string_view unsealed(std::string_view bytes) {
    if (bytes.size() < seal_size) throw ChunkDamage("a chunk of samples ends too early");
    const auto content = bytes.substr(0, bytes.size() - seal_size);
    if (ByteReader(bytes.substr(content.size())).fixed(seal_size) != checksum(content))
        throw ChunkDamage("a chunk of samples is not what was written");
    return content;
}

std::size_t ChunkWriter::stamps_for(std::span<const DayTime> at) {
    std::vector<DayTime> both;
    for (std::size_t i = 0; i < stamps_.size(); ++i) {
        if (std::ranges::equal(stamps_[i], at)) return i;
        both.clear();
        std::ranges::set_union(stamps_[i], at, std::back_inserter(both));
        // A missing one costs a byte or two, a time stamp of one's own about as much: an eighth pays in any case.
        if (both.size() - std::min(stamps_[i].size(), at.size()) > both.size() / 8) continue;
        stamps_[i].swap(both);
        return i;
    }
    stamps_.emplace_back(at.begin(), at.end());
    return stamps_.size() - 1;
}

void ChunkWriter::add(std::size_t place, std::span<const DayTime> at, Bytes body) {
    entries_.push_back({place, stamps_for(at), {at.begin(), at.end()}, std::move(body)});
}

Bytes ChunkWriter::finish(IntegerPacker& packer) {
    Bytes chunk(1, static_cast<char>(layout_version)), bodies;
    put_varint(chunk, stamps_.size());
    std::vector<std::int64_t> numbers;
    for (const auto& stamps : stamps_) {
        const std::size_t before = bodies.size();
        numbers.assign(stamps.begin(), stamps.end());
        packer.pack(numbers, bodies);
        put_varint(chunk, stamps.size());
        put_varint(chunk, bodies.size() - before);
    }
    put_varint(chunk, entries_.size());
    for (const Entry& entry : entries_) {
        const Bytes missing = missing_from(entry.at, stamps_[entry.stamps]);
        put_varint(chunk, entry.place);
        put_varint(chunk, entry.stamps);
        put_varint(chunk, missing.size());
        put_varint(chunk, entry.body.size());
        bodies.append(missing).append(entry.body);
    }
    chunk += bodies;
    seal(chunk);
    entries_.clear();
    stamps_.clear();
    return chunk;
}

ChunkReader::ChunkReader(std::string_view bytes, IntegerPacker& packer, std::size_t most)
    : packer_(packer) {
    ByteReader reader(unsealed(bytes));
    if (reader.byte() != layout_version)
        throw ChunkDamage("a chunk of samples has a layout that is not known");
    read_stamps(reader, most);
    read_series(reader);
    for (Stamps& stamps : stamps_) stamps.packed = reader.take(stamps.size);
    for (Entry& entry : entries_) {
        entry.missing = reader.take(entry.missing_size);
        entry.body = reader.take(entry.body_size);
    }
    if (reader.left() != 0) throw ChunkDamage("a chunk of samples goes on behind its end");
}

void ChunkReader::read_stamps(ByteReader& reader, std::size_t most) {
    std::uint64_t columns = reader.varint();
    if (columns > shelf_size) throw ChunkDamage("a chunk of samples has too many time stamps");
    for (; columns > 0; --columns) {
        const std::uint64_t count = reader.varint();
        if (count == 0 || count > most) throw ChunkDamage("a chunk has too many samples or none");
        stamps_.push_back({static_cast<std::size_t>(count), reader.varint(), {}, {}});
    }
}

void ChunkReader::read_series(ByteReader& reader) {
    std::uint64_t series = reader.varint();
    for (std::uint64_t next = 0; series > 0; --series) {
        const std::uint64_t place = reader.varint();
        if (place < next || place >= shelf_size)
            throw ChunkDamage("a chunk of samples has a series out of its place");
        Entry& entry = entries_[place];
        const std::uint64_t stamps = reader.varint();
        if (stamps >= stamps_.size()) throw ChunkDamage("a series of a chunk has no time stamps");
        entry.present = true;
        entry.stamps = static_cast<std::size_t>(stamps);
        entry.missing_size = reader.varint();
        entry.body_size = reader.varint();
        next = place + 1;
    }
}

const std::vector<DayTime>& ChunkReader::unpacked(Stamps& stamps) {
    if (!stamps.at.empty()) return stamps.at;
    packer_.unpack(stamps.packed, stamps.count, numbers_);
    std::vector<DayTime> at;
    at.reserve(numbers_.size());
    std::int64_t least = 0;
    for (const std::int64_t number : numbers_) {
        if (number < least || number >= day_ms)
            throw ChunkDamage("the times of a chunk do not rise, or leave its day");
        at.push_back(static_cast<DayTime>(number));
        least = number + 1;
    }
    return stamps.at = std::move(at);
}

std::optional<ChunkReader::Part> ChunkReader::find(std::size_t place) {
    const Entry& entry = entries_.at(place);
    if (!entry.present) return std::nullopt;
    const auto& all = unpacked(stamps_[entry.stamps]);
    if (entry.missing.empty()) return Part{all, entry.body};
    some_.clear();
    ByteReader reader(entry.missing);
    std::uint64_t copied = 0, last = 0;
    for (bool first = true; reader.left() > 0; first = false) {
        const std::uint64_t step = reader.varint();
        const std::uint64_t missing = last + step;
        if ((step == 0 && !first) || step >= all.size() || missing >= all.size())
            throw ChunkDamage("a series of a chunk misses a time that there is not");
        some_.insert(some_.end(), all.begin() + static_cast<std::ptrdiff_t>(copied),
                     all.begin() + static_cast<std::ptrdiff_t>(missing));
        last = missing;
        copied = missing + 1;
    }
    some_.insert(some_.end(), all.begin() + static_cast<std::ptrdiff_t>(copied), all.end());
    if (some_.empty()) throw ChunkDamage("a series of a chunk has no time stamps");
    return Part{some_, entry.body};
}

}  // namespace rounds::store
