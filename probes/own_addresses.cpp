#include "probes/own_addresses.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace rounds::probes {

namespace {

constexpr auto nobody = "00:00:00:00:00:00";
constexpr auto ethernet = "0x1";  // linux/if_arp.h: ARPHRD_ETHER
constexpr std::size_t length_of_mac = 17;

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

std::map<std::string, std::string> owners_in(const std::string& arp) {
    std::map<std::string, std::string> owners;
    std::istringstream lines{arp};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};  // address, type, flags, MAC address, mask, interface
        std::string address, type, flags, mac;
        if (!(words >> address >> type >> flags >> mac)) continue;
        if (type != ethernet || flags == "0x0" || mac == nobody) continue;
        owners.emplace(address, mac);
    }
    return owners;
}

OwnAddresses own_addresses() {
    OwnAddresses own{.macs = {}, .owners = owners_in(text_of("/proc/net/arp"))};
    std::error_code unreadable;
    for (const auto& entry : std::filesystem::directory_iterator("/sys/class/net", unreadable)) {
        std::istringstream address{text_of(entry.path() / "address")};
        std::string mac;
        if (address >> mac && mac.size() == length_of_mac && mac != nobody)
            own.macs.insert(std::move(mac));
    }
    return own;
}

}  // namespace rounds::probes
