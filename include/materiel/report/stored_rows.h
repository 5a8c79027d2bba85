#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <materiel/report/directory.h>

/// Rows of a study's files as they stand, to be taken over by a study that goes on.
namespace materiel::report {

/// Hands over the rows of DIR/runs.csv that belong to an alternative and to runs below `runs`, in pieces of many.
/// @return false if `take` did, or if the file can't be read; then `error` says why
bool copy_run_rows(const DirectoryPath& directory, const std::string& alternative, std::uint64_t runs,
                   const std::function<bool(std::string_view)>& take, std::string& error);

/// The same of DIR/inputs.csv and samples below `samples`.
bool copy_input_rows(const DirectoryPath& directory, const std::string& alternative, std::uint64_t samples,
                     const std::function<bool(std::string_view)>& take, std::string& error);

}  // namespace materiel::report
