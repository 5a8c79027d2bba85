#pragma once

#include <materiel/study/run.h>

#include "cli/console.h"
#include "cli/progress_line.h"

namespace materiel::cli {

/// What a study shows on the terminal: its progress, and its tables, or the summary as JSON.
class StudyOutput {
 public:
  StudyOutput(bool quiet, bool json, Console& console);

  /// For the request; this has to outlive it.
  [[nodiscard]] study::Observer observer();

  /// Shows what came of the request.
  /// @return what to exit with
  int show(const study::Expected<study::RunResult>& result);

 private:
  int show_computed(const study::RunResult& result);

  bool quiet_, json_;
  Console& console_;
  std::uint64_t all_ = 0;  ///< replications that the progress is of
  ProgressLine progress_;
};

}  // namespace materiel::cli
