#include "daemon/store/chunk_zstd.hpp"

#include <new>

#include <zstd.h>

namespace rounds::store {

namespace {

/// What every frame begins with, little endian; four bytes of a column that need not be kept.
constexpr std::string_view magic("\x28\xb5\x2f\xfd", 4);
/// Columns are short, and most of their bytes are noise: higher levels take longer and win nothing.
constexpr int level = 3;

template <class T>
T* required(T* pointer) {
    if (pointer == nullptr) throw std::bad_alloc();
    return pointer;
}

}  // namespace

struct Zstd::Inside {
    ZSTD_CCtx* compressing = nullptr;
    ZSTD_DCtx* decompressing = nullptr;
    Bytes scratch;

    ~Inside() {
        ZSTD_freeCCtx(compressing);
        ZSTD_freeDCtx(decompressing);
    }
};

Zstd::Zstd() : inside_(std::make_unique<Inside>()) {}
Zstd::~Zstd() = default;
Zstd::Zstd(Zstd&&) noexcept = default;
Zstd& Zstd::operator=(Zstd&&) noexcept = default;

std::string_view Zstd::compress(std::string_view bytes) {
    auto& [context, unused, scratch] = *inside_;
    if (context == nullptr) context = required(ZSTD_createCCtx());
    const std::size_t bound = ZSTD_compressBound(bytes.size());
    if (scratch.size() < bound) scratch.resize(bound);
    const std::size_t size = ZSTD_compressCCtx(context, scratch.data(), scratch.size(),
                                               bytes.data(), bytes.size(), level);
    if (ZSTD_isError(size) != 0)
        throw std::bad_alloc();  // With room for the worst nothing else can be.
    return std::string_view(scratch).substr(magic.size(), size - magic.size());
}

void Zstd::decompress(std::string_view frame, std::size_t size, Bytes& out) {
    auto& [unused, context, scratch] = *inside_;
    if (context == nullptr) context = required(ZSTD_createDCtx());
    scratch.assign(magic).append(frame);
    // One byte more than it may have: a frame that says more is told from one that says just enough.
    out.resize(size + 1);
    const std::size_t found =
        ZSTD_decompressDCtx(context, out.data(), out.size(), scratch.data(), scratch.size());
    if (ZSTD_isError(found) != 0 || found != size)
        throw ChunkDamage("a column of samples does not unpack");
    out.resize(size);
}

}  // namespace rounds::store
