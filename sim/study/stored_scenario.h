#pragma once

#include <string>
#include <vector>

#include <materiel/store/study_record.h>
#include <materiel/study/load.h>

namespace materiel::study {

/// What a study's scenarios were read with, as its record holds it.
[[nodiscard]] std::vector<scenario::Override> stored_overrides(const store::StudyIdentity& identity);

/// An alternative of a study, from the text in its record; without a model if that has mistakes.
[[nodiscard]] Variant stored_variant(const store::StudyRecord& record, const std::string& alternative,
                                     scenario::Checked checked = scenario::Checked::all_alternatives);

}  // namespace materiel::study
