#include "study/read_scenario.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include <materiel/scenario/parse.h>
#include <materiel/store/directory.h>
#include <materiel/store/study_directory.h>

namespace materiel::study {
namespace {

/// What to say of a directory in a file's place; empty if it is none.
std::string directory_mistake(const std::string& path) {
  if (!store::Directory::open(path)) return {};
  std::string unreadable;
  const auto record = store::read_study_record(path, unreadable);
  if (!record) return fmt::format("cannot read {}: Is a directory, and holds no study", path);
  return fmt::format("{} is the directory of a study, not a scenario file: the study's scenario is {}", path,
                     record->scenario.file);
}

}  // namespace

Expected<std::string> read_scenario(const std::string& path) {
  std::string error = directory_mistake(path);
  std::optional<std::string> text;
  if (error.empty()) text = store::read_named_file(path, error, scenario::kLargestFile);
  if (!text) return Error{Error::Code::unreadable, std::move(error)};
  return *std::move(text);
}

}  // namespace materiel::study
