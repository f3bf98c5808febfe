// libFuzzer: whatever an agent sends, reading it stays within bounds, and what was read obeys SNMP's limits.
// The first byte chooses how the rest is read.
#include <cstdlib>

#include "probes/snmp/column_walk.hpp"
#include "probes/snmp/get_run.hpp"
#include "probes/snmp/message.hpp"
#include "probes/snmp/usm_peer.hpp"
#include "probes/snmp/value.hpp"

namespace {

using namespace rounds;
using probes::ByteView;

const core::Oid root = core::Oid::parse("1.3.6.1.2.1.2.2.1").value();

void hear(const probes::Answer& answer) {
    probes::VariableReader reader(answer);
    std::size_t count = 0;
    for (probes::VariableView variable; reader.next(variable); ++count) {
        const auto name = probes::read_oid(variable.name);
        if (!name || name->size() < 2 || name->size() > core::Oid::longest) std::abort();
        if (!probes::is_oid(variable.name, *name)) std::abort();
        static_cast<void>(probes::read_value(variable.value).integer());
    }
    if (!reader.over() || count != answer.count) std::abort();
    probes::ColumnWalk walk{{root.with(1), root.with(2)}, {}, {}};
    static_cast<void>(walk.ask(0));
    if (walk.fits(answer)) walk.hear(answer);
    const auto table = walk.take();
    for (std::size_t i = 0; i < 2; ++i) {
        for (const auto& variable : table.columns[i]) {
            if (!variable.name.within(root.with(static_cast<core::Oid::Part>(i + 1)))) std::abort();
        }
    }
    probes::GetRun run{{root.with(1), root.with(2), root.with(3)}};
    static_cast<void>(run.ask(0));
    if (run.fits(answer)) run.hear(answer);
}

core::SnmpCredentials credentials(core::SnmpAuth auth, core::SnmpPriv priv) {
    core::SnmpCredentials made;
    made.version = core::SnmpVersion::v3;
    made.user = "rounds";
    made.auth = auth;
    made.auth_password = made.priv_password = "maplesyrup";
    made.priv = priv;
    return made;
}

/// What a known engine sends, to somebody without and to somebody with keys.
void open(ByteView datagram) {
    static probes::PasswordKeys passwords;
    for (const auto& whom : {credentials(core::SnmpAuth::none, core::SnmpPriv::none),
                             credentials(core::SnmpAuth::md5, core::SnmpPriv::des)}) {
        probes::UsmPeer peer;
        for (int i = 0; i < 2; ++i) {
            const auto opened = peer.open(passwords, whom, datagram, {});
            if (const auto* told = std::get_if<probes::UsmPeer::Told>(&opened)) hear(told->answer);
        }
        static_cast<void>(peer.seal(passwords, whom, {}, 1, 2, {}));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView datagram(data + 1, size - 1);
    switch (data[0] % 4) {
        case 0:
            if (const auto answer = probes::read_message(datagram)) hear(*answer);
            static_cast<void>(probes::version_of(datagram));
            break;
        case 1: open(datagram); break;
        case 2:  // what was decrypted
            if (const auto answer = probes::read_scoped(datagram)) hear(*answer);
            break;
        default: {
            probes::BerReader::Item item{0xa2, datagram};
            if (const auto answer = probes::read_pdu(item)) hear(*answer);
        }
    }
    return 0;
}
