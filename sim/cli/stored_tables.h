#pragma once

#include <optional>
#include <string>
#include <vector>

#include <materiel/report/directory.h>

namespace materiel::cli {

/// What --json prints of an analysis, from the tables that its directory holds: the same text as when it was made.
/// @param names  of the files; those that aren't there are left out
/// @param error  why nothing is returned, for the user
[[nodiscard]] std::optional<std::string> stored_tables(const report::DirectoryPath& directory,
                                                       const std::vector<std::string>& names, std::string& error);

}  // namespace materiel::cli
