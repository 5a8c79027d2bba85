#pragma once

#include <string>

namespace materiel {

/// "12 s", "3 min 20 s", "2 h 5 min".
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace materiel
