#include "daemon/cli/commands.hpp"
#include "daemon/cli/speak.hpp"

namespace rounds::daemon {

int check_config(const std::filesystem::path& config) {
    const auto loaded = config::load_all(config);
    return loaded.setup ? 0 : complain(loaded.problems);
}

}  // namespace rounds::daemon
