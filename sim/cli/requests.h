#pragma once

#include <string>

#include <materiel/study/observer.h>
#include <materiel/study/run.h>

#include "cli/console.h"

/// What commands have in common that make requests of `study`.
namespace materiel::cli {

/// Messages go to the console; signals stop the request.
[[nodiscard]] study::Observer observer_of(Console& console);

/// The program, for the record.
/// @param words  the whole command line
[[nodiscard]] study::Caller caller_of(const std::vector<std::string>& words);

/// What becomes of another study in the output directory.
[[nodiscard]] study::IfTaken if_taken(bool has_output, bool overwrites);

/// Shows why a request has no result.
/// @return what to exit with
int show_error(const study::Error& error, Console& console);

/// What to exit with after a study of that record.
[[nodiscard]] int exit_code_of(const store::StudyRecord& record);

}  // namespace materiel::cli
