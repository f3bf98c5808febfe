#include "config/encoding.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <iconv.h>

#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::Error;

const Error not_text{Error::Kind::invalid_input,
                     "is neither UTF-8 nor GB18030 (GBK) text; save it as UTF-8"};

/// iconv's descriptor, closed at the end.
class Converter {
 public:
    explicit Converter(const char* from) : descriptor_(iconv_open("UTF-8", from)) {}
    ~Converter() {
        if (usable()) iconv_close(descriptor_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    /// The error value of iconv_open is all bits set, by its specification.
    [[nodiscard]] bool usable() const { return reinterpret_cast<std::intptr_t>(descriptor_) != -1; }

    core::Result<std::string> convert(std::string text) const {
        std::string out;
        std::array<char, std::size_t{16} << 10> buffer{};
        char* in = text.data();
        std::size_t in_left = text.size();
        while (in_left > 0) {
            char* to = buffer.data();
            std::size_t to_left = buffer.size();
            const std::size_t done = iconv(descriptor_, &in, &in_left, &to, &to_left);
            const bool buffer_full = done == static_cast<std::size_t>(-1) && errno == E2BIG;
            out.append(buffer.data(), buffer.size() - to_left);
            if (done == static_cast<std::size_t>(-1) && !buffer_full) return not_text;
        }
        return out;
    }

 private:
    iconv_t descriptor_;
};

}  // namespace

core::Result<std::string> to_utf8(std::string text) {
    if (core::is_utf8(text)) return text;
    const bool utf16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    const Converter converter(utf16 ? "UTF-16" : "GB18030");
    if (!converter.usable()) {
        return Error{
            Error::Kind::unavailable,
            "is not UTF-8, and this system lacks the tables to convert it; save it as UTF-8"};
    }
    return converter.convert(std::move(text));
}

std::optional<std::string> from_gb18030(const std::string& bytes) {
    const Converter converter("GB18030");
    if (!converter.usable()) return std::nullopt;
    auto text = converter.convert(bytes);
    return text ? std::optional(*std::move(text)) : std::nullopt;
}

}  // namespace rounds::config
