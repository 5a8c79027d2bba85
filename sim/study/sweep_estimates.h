#pragma once

#include <string_view>

#include <materiel/study/sweep.h>

namespace materiel::study {

/// Fills `estimates` and `missing` from the text of summary.csv: a sweep that was resumed has its first points there.
/// @param result  with its record, points and shown outcomes
void read_estimates(std::string_view summary_csv, SweepResult& result);

}  // namespace materiel::study
