#pragma once

#include <materiel/store/study_record.h>
#include <materiel/version.h>

namespace materiel::cli {

/// Compiler, flags and libraries of this program.
[[nodiscard]] store::BuildFacts build_facts();

}  // namespace materiel::cli
