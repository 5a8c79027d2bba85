#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "model/program.h"
#include "model/resolved.h"

namespace materiel::model {

/// The values of a program that are the same in every run: no distribution in them or in what they use. For checks.
class CertainValues {
 public:
  /// @param resolved  must have a sample set; all references must outlive this
  CertainValues(const Program& program, const Resolved& resolved);

  /// The number of a value; nothing if it is uncertain.
  [[nodiscard]] std::optional<double> number(ValueId value) const;
  /// The same of a value that may be absent.
  [[nodiscard]] std::optional<double> number_or(const Draw& d, double absent) const {
    return d.present() ? number(d.value) : absent;
  }
  /// An upper limit: infinite if there is none or it is uncertain.
  [[nodiscard]] double limit(const Draw& d) const {
    return number_or(d, std::numeric_limits<double>::infinity()).value_or(std::numeric_limits<double>::infinity());
  }

 private:
  [[nodiscard]] bool is_certain(const ValueProgram& value) const;

  const Program& program_;
  const Resolved& resolved_;
  std::vector<bool> certain_;  ///< by parameter
};

}  // namespace materiel::model
