// Something to be done when a scope is left, however it is left.
#pragma once

#include <functional>
#include <utility>

namespace rounds::daemon {

class Scope {
 public:
    explicit Scope(std::function<void()> at_end) : at_end_(std::move(at_end)) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() { at_end_(); }

 private:
    std::function<void()> at_end_;
};

}  // namespace rounds::daemon
