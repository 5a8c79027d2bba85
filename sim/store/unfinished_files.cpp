#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <materiel/store/unfinished_files.h>

namespace materiel::store {
namespace {

constexpr std::string_view kMarkText = "materiel keeps unfinished files here, and removes them\n";

/// All that record_text() may list, and the record.
constexpr std::array kStudyNames = std::to_array<std::string_view>(
    {"boxes.csv",  "continuation.bin", "differences.csv", "given.csv",      "inputs.csv",
     "ledger.csv", "milestones.csv",   "morris.csv",      "nested.csv",     "nested_milestones.csv",
     "points.csv", "run.json",         "runs.csv",        "series.csv",     "shard.bin",
     "sobol.csv",  "sobol_second.csv", "summary.csv",     "trajectory.csv", "value_of_information.csv"});

/// Of files with numbers in their names.
constexpr std::array kUnfinishedPrefixes = std::to_array<std::string_view>({"journal-", "stretch-", "waiting-"});

bool is_lasting(std::string_view path) {
  return path.ends_with(kUnfinished);
}

/// Says why it can't be told, for people; otherwise empty.
std::string look_for_mark(const Directory& directory, bool& marked) {
  std::vector<std::string> names;
  if (const int reason = directory.list(names); reason != 0) return refusal("read", directory.path(), reason);
  marked = names.empty();
  if (directory.kind(kMarkFile) != Directory::Kind::file) return {};
  std::string error;
  constexpr std::size_t kMost = 4096;  // of a file that is hardly the mark
  const std::optional<std::string> text = directory.read(kMarkFile, error, kMost);
  if (!text) return error;
  const bool was_killed = names.size() == 1 && kMarkText.starts_with(*text);  // while it wrote the mark
  marked = text == kMarkText || was_killed;
  return {};
}

}  // namespace

bool is_name_of_study(std::string_view name) {
  return std::ranges::find(kStudyNames, name) != kStudyNames.end();
}

bool is_name_of_unfinished(std::string_view name) {
  constexpr std::string_view kNew = ".new";  // while it is written
  if (name.ends_with(kNew)) name.remove_suffix(kNew.size());
  return is_name_of_study(name) || name == "study.json" ||
         std::ranges::any_of(kUnfinishedPrefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

int mark(const Directory& directory) {
  std::string ignored;
  if (directory.kind(kMarkFile) == Directory::Kind::file && directory.read(kMarkFile, ignored) == kMarkText) return 0;
  return directory.write(kMarkFile, {&kMarkText, 1});
}

bool is_marked(const Directory& directory) {
  bool marked = false;
  return look_for_mark(directory, marked).empty() && marked;
}

std::string foreign_unfinished(const Directory& parent, const std::string& name) {
  const Directory::Kind kind = parent.kind(name);
  if (kind == Directory::Kind::none) return {};
  int reason = 0;
  const std::optional<Directory> found = parent.sub(name, reason);
  if (!found) return refusal("use", parent.path_of(name), reason);
  bool marked = false;
  if (std::string error = look_for_mark(*found, marked); !error.empty()) return error;
  if (marked) return {};
  return fmt::format("{} was not made by this program (there is no {} in it): rename or remove it",
                     parent.path_of(name), kMarkFile);
}

int clear_marked(const Directory& directory, bool lasting) {
  std::vector<std::string> names;
  if (const int reason = directory.list(names); reason != 0) return reason;
  for (const std::string& name : names) {
    if (name == kMarkFile || (lasting && !is_name_of_unfinished(name))) continue;
    const Directory::Kind kind = directory.kind(name);
    const bool is_link_of_a_tool = kind == Directory::Kind::link && !lasting;  // the link alone is removed
    if (kind != Directory::Kind::file && !is_link_of_a_tool) continue;
    if (const int reason = directory.remove(name); reason != 0 && reason != ENOENT) return reason;
  }
  return 0;
}

// The mark goes last, so that what is left by a kill is still known as this program's.
void remove_marked(const Directory& parent, const std::string& name) {
  const std::optional<Directory> directory = parent.sub(name);
  if (!directory || !is_marked(*directory) || clear_marked(*directory, is_lasting(name)) != 0) return;
  std::vector<std::string> left;
  if (directory->list(left) != 0 || left.size() > 1 || (left.size() == 1 && left.front() != kMarkFile)) return;
  if (!left.empty()) (void)directory->remove(kMarkFile);
  (void)parent.remove_directory(name);
}

}  // namespace materiel::store
