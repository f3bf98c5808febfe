#include "config/directory.hpp"

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::config {

namespace {

/// `; did you mean "…"?`, or nothing. Looking through all names takes its time: after many mistakes nobody
/// reads the hint any more.
std::string hint(std::string_view name, const std::vector<std::string_view>& names,
                 const Problems& problems) {
    if (problems.count() > 20) return {};
    const auto near = core::nearest(name, names.data(), names.data() + names.size());
    return near.empty() ? std::string{} : fmt::format("; did you mean {}?", in_quotes(near));
}

}  // namespace

std::string in_quotes(std::string_view text) {
    return fmt::format("\"{}\"", core::printable(text, 80));
}

Directory::Directory(const Draft& draft, Problems& problems) : draft_(draft) {
    for (const DeviceDraft& device : draft.devices) {
        const bool named_by_name = device.device.id.value == device.device.name;
        add(device.device.id.value, named_by_name ? "name" : "id",
            named_by_name ? device.name_at : device.id_at, device, problems);
    }
    for (const DeviceDraft& device : draft.devices) {
        if (device.device.name != device.device.id.value) {
            add(device.device.name, "name", device.name_at, device, problems);
        }
    }
    for (const PersonDraft& draft_person : draft.people) {
        const core::Person& person = draft_person.person;
        people_[person.id.value].push_back(&person);
        if (person.name != person.id.value) people_[person.name].push_back(&person);
    }
    for (const auto& [name, people] : people_) people_names_.push_back(name);
}

void Directory::add(std::string_view name, std::string_view kind, Place at,
                    const DeviceDraft& device, Problems& problems) {
    if (name.empty()) return;  // Refused when it was read.
    const auto [first, is_new] = devices_.try_emplace(name, &device);
    if (is_new) {
        device_names_.push_back(name);
    } else {
        problems.add(at,
                     fmt::format("the {} {} is taken by the device at {}; names and ids are unique",
                                 kind, in_quotes(name), problems.show(first->second->at)));
    }
}

const DeviceDraft* Directory::device(std::string_view key, const Reference& reference,
                                     Problems& problems) const {
    if (reference.name.empty()) return nullptr;
    const auto found = devices_.find(reference.name);
    if (found != devices_.end()) return found->second;
    if (draft_.complete) {
        problems.add(reference.at,
                     fmt::format("{}: no device is called {}{}", key, in_quotes(reference.name),
                                 hint(reference.name, device_names_, problems)));
    }
    return nullptr;
}

core::PersonId Directory::owner(const Reference& reference, Problems& problems) const {
    if (reference.name.empty()) return {};
    const auto found = people_.find(reference.name);
    if (found == people_.end()) {
        if (draft_.complete) {
            problems.add(reference.at, fmt::format("owner: nobody is called {} under people{}",
                                                   in_quotes(reference.name),
                                                   hint(reference.name, people_names_, problems)));
        }
        return {};
    }
    // A key leads to its person even where somebody else is named so.
    for (const core::Person* person : found->second) {
        if (person->id.value == reference.name) return person->id;
    }
    if (found->second.size() > 1) {
        problems.add(reference.at,
                     fmt::format("owner: {} people are called {}; write the key under people",
                                 found->second.size(), in_quotes(reference.name)));
    }
    return found->second.front()->id;
}

std::shared_ptr<const core::SnmpCredentials> Directory::credentials(const Reference& reference,
                                                                    Problems& problems) const {
    if (reference.name.empty()) return nullptr;
    std::vector<std::string_view> names;
    for (const CredentialsDraft& known : draft_.credentials) {
        if (known.credentials->name == reference.name) return known.credentials;
        names.push_back(known.credentials->name);
    }
    if (draft_.complete) {
        problems.add(reference.at,
                     fmt::format("credentials: none are called {} under credentials{}",
                                 in_quotes(reference.name), hint(reference.name, names, problems)));
    }
    return nullptr;
}

}  // namespace rounds::config
