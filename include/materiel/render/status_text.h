#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace materiel::render {

/// What a directory holds, for `materiel status`.
struct StatusFacts {
  std::string directory;
  std::string state = "nothing";  ///< "complete", "unfinished" or "nothing"
  std::string scenario, shard, command;
  std::uint64_t runs = 0, failed = 0, all_runs = 0;  ///< done, failed of those, and asked for (0: not known)
  std::vector<std::string> wrong;                    ///< what is missing or was changed
};

/// For people: of the study, then of its shards.
[[nodiscard]] std::string status_text(const std::vector<StatusFacts>& facts);

/// The same as a JSON list.
[[nodiscard]] std::string status_json(const std::vector<StatusFacts>& facts);

}  // namespace materiel::render
