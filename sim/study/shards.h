#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <materiel/study/shard.h>

#include "study/comparison.h"
#include "study/sampling.h"

/// Studies in parts that are run apart, by other processes or on other machines, and put together to the bytes that one
/// process would have written.
namespace materiel::study {

/// Runs of an alternative that belong to a shard, from the first to before the end: whole units, as many in each as in
/// any other or one more. The last shard ends with the last whole chunk; what is left is run when all are put together.
struct ShardRuns {
  std::uint64_t first = 0, end = 0;
};
[[nodiscard]] ShardRuns runs_of(const Shard& shard, const experiment::OpenStudy& study, std::uint64_t runs);

/// Runs a shard of each alternative.
[[nodiscard]] SamplingResult run_shard(const Sampling::Setting& setting, const Shard& shard);

/// What a shard's states are kept in.
inline constexpr const char* kShardFile = "shard.bin";

/// Why shards can't be put together.
class MergeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The shards of a study in a directory, in their order, all of one study and whole.
/// @throws MergeError if there are none, if some are missing, or if they don't belong together
struct ShardDirectories {
  std::vector<std::string> paths;
  store::StudyRecord record;  ///< of the first
};
[[nodiscard]] ShardDirectories find_shards(const std::string& directory);

/// Puts the shards together and runs what is left.
/// @param comparison  null: nothing is compared
/// @throws MergeError if one can't be read
[[nodiscard]] SamplingResult merge_shards(const Sampling::Setting& setting, const std::vector<std::string>& shards,
                                          StudyFiles& files, Comparison* comparison);

}  // namespace materiel::study
