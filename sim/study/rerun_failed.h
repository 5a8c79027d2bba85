#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/study.h>
#include <materiel/store/study_record.h>

#include "study/study_files.h"

namespace materiel::study {

/// Looks whether the failed runs of a stored study would fail again, with another limit of events or in another version
/// of the program. All that is written of a study depends on all of its runs, so the study has to be run again as a
/// whole if one of them doesn't.
class RerunFailed {
 public:
  /// @param now  of the study as it is asked for now
  RerunFailed(std::string directory, store::StudyIdentity now, std::vector<StudyModel> models,
              const experiment::StudyPlan& plan);

  struct Finding {
    enum class State {
      refused,      ///< there is no such study
      none_failed,  ///< nothing to do
      all_fail,     ///< still
      run_again,    ///< at least one doesn't
    };
    State state = State::refused;
    std::string words;  ///< for the user
  };
  /// Simulates the failed runs until one doesn't fail; changes nothing.
  [[nodiscard]] Finding look() const;

 private:
  /// The first of those runs of an alternative that doesn't fail; of the first that does, `failure` says why.
  [[nodiscard]] std::optional<std::uint64_t> first_good(std::size_t alternative, const std::vector<std::uint64_t>& runs,
                                                        std::string& failure) const;

  std::string directory_;
  store::StudyIdentity now_;
  std::vector<StudyModel> models_;
  const experiment::StudyPlan& plan_;
};

}  // namespace materiel::study
