#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <materiel/base/read_count.h>
#include <materiel/scenario/override.h>

namespace materiel::cli {

/// The most of anything that is counted, and the most runs of one study.
inline constexpr std::uint64_t kMostCount = 4'294'967'295;
inline constexpr std::uint64_t kMostRuns = 1'000'000'000;

/// "path=value"; nothing if it isn't that.
[[nodiscard]] std::optional<scenario::Override> read_override(std::string_view text);

/// A seed that nobody knew before; below 2^53, so that every reader of JSON keeps it.
[[nodiscard]] std::uint64_t random_seed();

/// "90", "90s", "10m", "2h", "1d": seconds; nothing if it is none of these.
[[nodiscard]] std::optional<double> read_duration(const std::string& text);

}  // namespace materiel::cli
