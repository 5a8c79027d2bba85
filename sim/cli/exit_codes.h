#pragma once

namespace materiel::cli {

/// What the program ends with; exit_code_meanings() has the words.
enum ExitCode : int {
  kDone = 0,
  kInternalError = 1,  ///< also what the machine refused: a full disk, a missing program
  kUsage = 2,
  kInvalidScenario = 3,
  kRunsFailed = 4,
  kNotPrecise = 5,  ///< finished, but what was asked of --precision was not reached
  kInterrupted = 130,
};

}  // namespace materiel::cli
