// The store of samples at work: how fast it takes them in and reads them, and what they take on the disk.
#pragma once

#include <filesystem>
#include <string>

namespace rounds::bench {

/// What is measured; each as JSON, in CPU-seconds of the one thread. Databases are made in folders of their own below
/// `folder` and removed.
struct SamplesWork {
    enum class What {
        standard,  ///< 1,000 series × 1,440: taken in by number and by name, and bytes a sample on the disk.
        month,  ///< 320 series × 31 days: one series read by hours, a day of it raw, courses of 28 days.
        report,  ///< A day of 10,000 devices with 5 series each: what a daily report reads.
    } what = What::standard;
    std::filesystem::path folder = std::filesystem::temp_directory_path();
};
[[nodiscard]] std::string samples(const SamplesWork& work);

/// The standard set for other stores, a line for each series: a JSON object with `metric`, `values`, `timestamps` (ms).
void export_standard_set(const std::filesystem::path& file);

}  // namespace rounds::bench
