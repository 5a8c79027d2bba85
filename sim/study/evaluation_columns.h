#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <materiel/study/evaluate.h>

namespace materiel::study {

/// The columns of a request, found in its model.
struct EvaluationColumns {
  std::vector<std::uint32_t> parameters;  ///< indices into Model::parameters()
  std::vector<std::size_t> outcomes;      ///< indices into Model::outcomes()
};

/// Finds the columns and checks all numbers of a request.
[[nodiscard]] Expected<EvaluationColumns> check_evaluation(const EvaluationRequest& request);

}  // namespace materiel::study
