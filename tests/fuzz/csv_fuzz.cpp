// libFuzzer: any bytes as an archive, from its encoding to its cells.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "config/csv.hpp"
#include "config/encoding.hpp"
#include "core/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace config = rounds::config;
    const auto text = config::to_utf8(std::string(reinterpret_cast<const char*>(data), size));
    if (!text) return 0;
    if (!rounds::core::is_utf8(*text)) std::abort();

    config::Problems problems;
    const auto rows = config::parse_csv(*text, problems.open("fuzz.csv"), problems);
    if (rows.has_value() != problems.empty()) std::abort();
    if (!rows) return 0;
    for (const config::Row& row : *rows) {
        bool anything = false;
        for (const config::Cell& cell : row) {
            if (cell.at.line < 1 || cell.at.column < 1 || !rounds::core::is_utf8(cell.text))
                std::abort();
            anything = anything || !cell.text.empty();
        }
        if (!anything || row.size() > config::most_cells) std::abort();
    }
    return 0;
}
