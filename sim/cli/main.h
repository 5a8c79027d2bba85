#pragma once

namespace materiel::cli {

/// Runs the materiel program. Never throws and never calls exit.
/// @return the process's exit code: 0 done, 1 internal error, 2 usage, 3 invalid scenario, 4 finished but some
///   replications failed, 5 precision not reached, 130 interrupted (docs/reference/commands.md).
int run_program(int argc, char** argv);

}  // namespace materiel::cli
