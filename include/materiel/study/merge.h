#pragma once

#include <string>

#include <materiel/study/run.h>

namespace materiel::study {

/// A study whose shards were run apart, by other processes or on other machines.
struct MergeRequest {
  std::string directory;               ///< in which each shard has a directory of its own; the study is written into it
  IfTaken if_taken = IfTaken::refuse;  ///< what becomes of another study in it
  bool read_stored = false;            ///< as in RunRequest
  Caller caller = {};
};

/// Puts the shards of a study together, to the bytes that one process would have written. The scenario is that of the
/// shards' records.
/// @return as run() does; refused if shards are missing, damaged or not of one study; invalid_request if they were
///   written by another version; invalid_scenario with the diagnostics
[[nodiscard]] Expected<RunResult> merge(const MergeRequest& request, const RunResources& resources = {},
                                        const Observer& observer = {});

}  // namespace materiel::study
