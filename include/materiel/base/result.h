#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include <materiel/base/diagnostic.h>

namespace materiel {

/// A value, or the user's mistakes that stand in its way. A programmer's mistakes are asserted, a run's failures are
/// statuses; neither is a Result.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}  // implicit: a value is its own Result
  Result(Diagnostics diagnostics)
      : content_(std::in_place_index<1>, std::move(diagnostics)) {}  // implicit: so are mistakes

  [[nodiscard]] bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & { return *require(); }
  [[nodiscard]] const T& value() const& { return *const_cast<Result*>(this)->require(); }
  [[nodiscard]] T&& value() && { return std::move(*require()); }

  /// The mistakes; empty if there is a value.
  [[nodiscard]] Diagnostics diagnostics() const {
    const Diagnostics* found = std::get_if<1>(&content_);
    return found ? *found : Diagnostics{};
  }

 private:
  T* require() {
    T* found = std::get_if<0>(&content_);
    assert(found && "the Result holds diagnostics");
    return found;
  }
  std::variant<T, Diagnostics> content_;
};

}  // namespace materiel
