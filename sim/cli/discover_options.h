#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/study/discover.h>

#include "cli/console.h"

namespace materiel::cli {

struct DiscoverOptions {
  std::string study;  ///< its directory
  study::Event event;
  std::string alternative;  ///< empty: the base, or the first if that was not run
  stats::PrimOptions prim;
  std::uint64_t boxes = 1;
  std::string directory;  ///< empty: DIR/discover
  bool quiet = false, json = false, overwrite = false;
};

/// @param words  the whole command line, for the record
int discover_command(const DiscoverOptions& options, const std::vector<std::string>& words, Console& console);

}  // namespace materiel::cli
