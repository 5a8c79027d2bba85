#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/report/study_record.h>

#include "cli/study_files.h"

namespace materiel::cli {

/// Looks whether the failed runs of a stored study would fail again, with another limit of events or in another version
/// of the program. All that is written of a study depends on all of its runs, so the study has to be run again as a
/// whole if some of them don't; what it costs to know that is a replication each.
class RerunFailed {
 public:
  /// @param now  of the study as it is asked for now
  RerunFailed(std::string directory, report::StudyIdentity now, std::vector<StudyModel> models,
              const experiment::StudyPlan& plan);

  struct Finding {
    std::string refusal;  ///< why there is no such study; empty: there is
    std::string words;    ///< what was found, for the user
    std::uint64_t failing = 0, succeeding = 0;
  };
  /// Simulates the failed runs; changes nothing.
  [[nodiscard]] Finding look() const;

 private:
  /// What the first run says that fails still; empty: none does.
  std::string simulate(std::size_t alternative, const std::vector<std::uint64_t>& runs, Finding& finding) const;

  std::string directory_;
  report::StudyIdentity now_;
  std::vector<StudyModel> models_;
  const experiment::StudyPlan& plan_;
};

}  // namespace materiel::cli
