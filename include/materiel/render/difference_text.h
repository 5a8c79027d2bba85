#pragma once

#include <string>

#include <materiel/study/run.h>

namespace materiel::render {

/// The differences of a comparison as a table for people.
[[nodiscard]] std::string differences_text(const study::ComparisonResult& result);

}  // namespace materiel::render
