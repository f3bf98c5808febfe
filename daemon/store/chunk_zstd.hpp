// zstd, for columns of a few kilobytes. The only place that knows it.
#pragma once

#include <memory>
#include <string_view>

#include "daemon/store/chunk_bytes.hpp"

namespace rounds::store {

/// Its working memory, kept from column to column. One thread at a time.
class Zstd {
 public:
    Zstd();
    ~Zstd();
    Zstd(Zstd&&) noexcept;
    Zstd& operator=(Zstd&&) noexcept;

    /// One frame without its magic number. Good until the next call. Throws std::bad_alloc only.
    std::string_view compress(std::string_view bytes);
    /// Into `out`, which has `size` bytes then. Throws ChunkDamage when the frame holds anything else.
    void decompress(std::string_view frame, std::size_t size, Bytes& out);

 private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace rounds::store
