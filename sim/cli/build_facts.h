#pragma once

#include <materiel/store/study_record.h>

namespace materiel::cli {

/// The version of materiel; tests/cli holds it against the one of the build.
inline constexpr const char* kVersion = "0.1.0";

/// Compiler, flags and libraries of this program.
[[nodiscard]] store::BuildFacts build_facts();

}  // namespace materiel::cli
