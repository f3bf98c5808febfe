// Who is called what.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/draft.hpp"

namespace rounds::config {

/// The names that others may refer to. Devices are found by id and by name, so the two may not cross; people by
/// their key or, where no other person has it, by their name. The draft outlives the directory.
class Directory {
 public:
    /// Names and ids used twice are problems.
    Directory(const Draft& draft, Problems& problems);

    /// The device of that id or name. Null when nothing is referred to, and with a problem ("KEY: no device is
    /// called …") when there is none.
    [[nodiscard]] const DeviceDraft* device(std::string_view key, const Reference& reference,
                                            Problems& problems) const;

    /// The person of that key or name; empty as above.
    [[nodiscard]] core::PersonId owner(const Reference& reference, Problems& problems) const;

    /// The credentials of that name; null as above.
    [[nodiscard]] std::shared_ptr<const core::SnmpCredentials> credentials(
        const Reference& reference, Problems& problems) const;

 private:
    void add(std::string_view name, std::string_view kind, Place at, const DeviceDraft& device,
             Problems& problems);

    const Draft& draft_;
    std::unordered_map<std::string_view, const DeviceDraft*> devices_;
    std::unordered_map<std::string_view, std::vector<const core::Person*>> people_;
    std::vector<std::string_view> device_names_, people_names_;
};

/// The text in quotes, made safe to show.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace rounds::config
