#pragma once

#include <string>
#include <vector>

#include <materiel/store/directory.h>

#include "cli/console.h"

namespace materiel::cli {

/// Prints the tables that the directory of an analysis holds as JSON: the same text as --json printed when it was made.
/// @param names  of the files; those that aren't there are left out
/// @param code   to end with
/// @return that, or kInternalError after a message if a file can't be read
int print_stored(const store::DirectoryPath& directory, const std::vector<std::string>& names, int code,
                 Console& console);

}  // namespace materiel::cli
