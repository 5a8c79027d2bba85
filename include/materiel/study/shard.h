#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace materiel::study {

/// Part `number` of `count`, from 1.
struct Shard {
  std::uint64_t number = 1, count = 1;

  /// "2/5"
  [[nodiscard]] std::string text() const;
  /// The directory of its own in that of the study: "shard-2-of-5".
  [[nodiscard]] std::string directory() const;
};

/// What the names of those directories begin with.
inline constexpr const char* kShardPrefix = "shard-";

/// The most shards of a study.
inline constexpr std::uint64_t kMostShards = 100'000;

/// Reads "2/5"; nothing if it isn't that.
[[nodiscard]] std::optional<Shard> read_shard(const std::string& text);

/// The shard whose directory has that name; nothing if it is none.
[[nodiscard]] std::optional<Shard> shard_of_directory(const std::string& name);

}  // namespace materiel::study
