#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/stats/prim.h>

#include "cli/console.h"

namespace materiel::cli {

/// A number, or a quantile of the outcome.
struct EventThreshold {
  double value = 0;       ///< of a quantile 0 to 1
  bool is_share = false;  ///< "90%"
};

struct DiscoverOptions {
  std::string study;                           ///< its directory
  std::string outcome;                         ///< an expression
  std::optional<EventThreshold> above, below;  ///< what makes an event of a number; at most one
  std::string alternative;                     ///< empty: the base, or the first if that was not run
  stats::PrimOptions prim;
  std::uint64_t boxes = 1;
  std::string directory;  ///< empty: DIR/discover
  bool quiet = false, json = false, overwrite = false;
};

/// @param words  the whole command line, for the record
int discover_command(const DiscoverOptions& options, const std::vector<std::string>& words, Console& console);

}  // namespace materiel::cli
