#pragma once

#include "experiment/chunk.h"

namespace materiel::experiment {

/// A part of the reduction that is independent of the others. It is given every chunk once, in order, by one thread at
/// a time, while other lanes may be busy with other chunks.
class Lane {
 public:
  virtual ~Lane() = default;
  /// @return false if the study can't go on
  virtual bool take(const Chunk& chunk) = 0;
};

}  // namespace materiel::experiment
