#pragma once

#include <cstdint>
#include <vector>

#include <materiel/scenario/spec.h>

namespace materiel::scenario {

/// A supply or a production of a scenario.
struct Maker {
  enum class Kind : std::uint8_t { supply, production };
  Kind kind = Kind::supply;
  std::uint32_t index = 0;  ///< into Spec::supplies or Spec::productions
  friend bool operator==(const Maker&, const Maker&) = default;
};

/// Supplies and productions in the order of the file, as one kind: that is how they take their turns at one instant.
/// Those without a place (of a Spec that wasn't read from a file) keep their order, supplies first.
[[nodiscard]] std::vector<Maker> makers_in_order(const Spec& spec);

}  // namespace materiel::scenario
