// Result and Error: how Rounds says that it could not do its work.
#pragma once

#include <string>
#include <string_view>

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

namespace rounds::core {

/// Why we could not do our work, as one English sentence somebody can act on. A silent device is
/// not an error: it is an observation.
struct Error {
    enum class Kind {
        invalid_input,  ///< What the user wrote cannot be used; the message says where.
        not_found,      ///< A file, name or record that does not exist.
        no_permission,  ///< The system refused; the message says what would allow it.
        unavailable,    ///< Not now: no network, name server silent, disk full.
        busy,           ///< Somebody else holds it (a second daemon on one state folder).
        damaged,        ///< Stored data that cannot be trusted.
        newer,          ///< Stored data from a later version of Rounds.
        internal,       ///< A defect of ours.
    };
    Kind kind = Kind::internal;
    std::string message;

    /// The same error seen from a layer above: "context: message".
    [[nodiscard]] Error within(std::string_view context) const;

    friend bool operator==(const Error&, const Error&) = default;
};

/// A T, or the Error that kept us from it. Not to be ignored.
template <class T>
class [[nodiscard]] Result : public boost::system::result<T, Error> {
 public:
    using boost::system::result<T, Error>::result;
};

/// Called by Result::value() on an error: throws std::runtime_error with the message. For tests and
/// for places where an error is impossible.
[[noreturn]] void throw_exception_from_error(const Error& error,
                                             const boost::source_location& where);

}  // namespace rounds::core
