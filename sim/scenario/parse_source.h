#pragma once

#include <string>

namespace materiel::scenario {

struct Source {
  std::string text;
  std::string error;  ///< why it can't be read; empty if it could
};

/// Reads a file of at most kLargestFile bytes; a byte order mark is left out.
[[nodiscard]] Source read_source(const std::string& path);

}  // namespace materiel::scenario
