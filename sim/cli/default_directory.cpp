#include "cli/default_directory.h"

#include <materiel/base/names.h>

namespace materiel::cli {

std::string default_directory(const std::string& name, const std::string& suffix) {
  return "out/" + path_word(name) + suffix;
}

}  // namespace materiel::cli
