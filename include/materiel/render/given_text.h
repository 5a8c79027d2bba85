#pragma once

#include <string>

#include <materiel/study/given.h>

namespace materiel::render {

/// The measures of each outcome and the value of information, for people.
[[nodiscard]] std::string given_text(const study::GivenResult& result);

}  // namespace materiel::render
