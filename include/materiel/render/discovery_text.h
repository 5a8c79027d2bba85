#pragma once

#include <string>

#include <materiel/study/discover.h>

namespace materiel::render {

/// The boxes for people: their limits as values, or as dates where the parameter is one.
[[nodiscard]] std::string discovery_text(const study::DiscoverResult& result);

}  // namespace materiel::render
