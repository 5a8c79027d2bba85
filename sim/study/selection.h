#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <materiel/experiment/open_study.h>
#include <materiel/stats/ocba.h>
#include <materiel/store/study_record.h>

#include "study/sampling.h"

namespace materiel::study {

/// Divides a budget of samples among alternatives so that the best is found with the highest probability.
class Selection {
 public:
  using Studies = std::vector<std::unique_ptr<experiment::OpenStudy>>;

  /// @param setting  whose rule has a selection; has to outlive this
  /// @param batch    samples come in whole numbers of it
  Selection(const Sampling::Setting& setting, std::uint64_t batch);

  /// How many samples each alternative gets before anything is known of them.
  [[nodiscard]] std::vector<std::uint64_t> first(const std::vector<std::uint64_t>& samples) const;

  /// How many each gets next in all; empty when the budget is used up.
  [[nodiscard]] std::vector<std::uint64_t> next(Studies& studies, const std::vector<std::uint64_t>& samples);

  /// The alternative that looks best.
  [[nodiscard]] store::SelectionFact found(Studies& studies, const std::vector<std::uint64_t>& samples);

  /// What was found, for people.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  [[nodiscard]] std::vector<stats::SystemMean> systems(Studies& studies, const std::vector<std::uint64_t>& samples);

  const Sampling::Setting& setting_;
  SelectionRule options_;
  std::uint64_t batch_, budget_;
  std::vector<experiment::Agreement> agreement_;  // of each alternative, when it was last asked for
  std::string text_;
};

/// What is wrong with a selection in view of the alternatives; empty if nothing is.
[[nodiscard]] std::string selection_mistake(const SelectionRule& options, const std::vector<StudyModel>& models,
                                            const std::vector<model::OutcomeInfo>& outcomes);

}  // namespace materiel::study
