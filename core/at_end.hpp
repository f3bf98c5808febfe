// Something to be done when a scope is left, however it is left.
#pragma once

#include <utility>

namespace rounds::core {

template <class End>
class AtEnd {
 public:
    explicit AtEnd(End end) : end_(std::move(end)) {}
    AtEnd(const AtEnd&) = delete;
    AtEnd& operator=(const AtEnd&) = delete;
    ~AtEnd() { end_(); }

 private:
    End end_;
};

}  // namespace rounds::core
