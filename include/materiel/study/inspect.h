#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <materiel/store/study_record.h>
#include <materiel/study/error.h>

/// What a directory holds.
namespace materiel::study {

/// The study in a directory, or one of its shards.
struct Inspection {
  enum class State : std::uint8_t { nothing, unfinished, complete };

  std::string directory;
  State state = State::nothing;
  std::optional<store::StudyRecord> record;  ///< as it was when the study began, or ended
  std::uint64_t runs = 0;                    ///< of a complete study all, of an unfinished one those to resume from
  std::uint64_t failed = 0;                  ///< of those of a complete study
  std::uint64_t all_runs = 0;                ///< that were asked for; 0: not known
  std::vector<std::string> wrong;            ///< what is missing or was changed, a sentence each
};

/// The study in a directory, then its shards in their order. Changes nothing.
/// @return unreadable
[[nodiscard]] Expected<std::vector<Inspection>> inspect(const std::string& directory);

}  // namespace materiel::study
