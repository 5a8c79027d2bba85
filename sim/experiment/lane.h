#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "experiment/chunk.h"

namespace materiel::experiment {

/// A part of the reduction that is independent of the others. It is given every chunk once, in order, by one thread at
/// a time, while other lanes may be busy with other chunks.
class Lane {
 public:
  virtual ~Lane() = default;
  /// @return false if the study can't continue
  virtual bool take(const Chunk& chunk) = 0;

  /// The first sample that it will get, before the first chunk, if that isn't the study's first.
  virtual void begin_at(std::uint64_t /*sample*/) {}

  /// All that it has from the chunks so far, from which a lane of the same study resumes; empty if it keeps nothing.
  [[nodiscard]] virtual std::string state() { return {}; }
  /// @throws std::exception if that isn't the state of such a lane
  virtual void restore(std::string_view /*state*/) {}

  /// Takes in what another lane of the same study has from the chunks that come next. This is not in the middle of a
  /// sample.
  /// @throws std::exception if that isn't the state of such a lane
  virtual void append(std::string_view /*state*/) {}
};

}  // namespace materiel::experiment
