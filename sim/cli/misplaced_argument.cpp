#include "cli/misplaced_argument.h"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include <materiel/base/names.h>
#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>
#include <materiel/scenario/parse.h>
#include <materiel/store/directory.h>
#include <materiel/store/study_directory.h>

#include "cli/default_directory.h"

namespace materiel::cli {
namespace {

namespace fs = std::filesystem;

std::string argument(const std::string& path) {
  return shell_word(path_argument(path));
}

/// Where a run of the scenario goes; of a file that isn't one, where that of another would.
std::string directory_of(const std::string& path) {
  std::string unreadable;
  const auto text = store::read_named_file(path, unreadable, scenario::kLargestFile);
  if (text) {
    const auto parsed = scenario::parse_text(*text, path);
    if (parsed) return default_directory(parsed.value().spec.name);
  }
  return default_directory(fs::path(path).stem().string());
}

}  // namespace

std::string scenario_for_study(const std::string& path, const std::string& words) {
  if (!store::is_file(path)) return {};
  const std::string directory = directory_of(path);
  const std::size_t end = words.find(' ');
  const std::string rest = end == std::string::npos ? std::string() : words.substr(end);
  const std::string then = fmt::format("materiel {} {}{}", words.substr(0, end), shell_word(directory), rest);
  if (store::has_study_file(directory, store::kRecordFile))
    return fmt::format("{} is no directory of a study, but a file: its study is in {}\n  {}", path, directory, then);
  return fmt::format("{} is no directory of a study, but a file: run it first\n  materiel run {}\n  {}", path,
                     argument(path), then);
}

}  // namespace materiel::cli
