#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <materiel/base/text_file.h>
#include <materiel/report/study_directory.h>

namespace materiel::report {
namespace {

namespace fs = std::filesystem;
using State = DirectoryFinding::State;

/// A directory without run.json: free if it is empty, or if the only files are those of an attempt that was killed.
DirectoryFinding inspect_unrecorded(const std::string& directory, const std::string& beside) {
  std::error_code reason;
  std::string foreign;
  bool unfinished = false;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, reason)) {
    const std::string name = entry.path().filename().string();
    const bool partial = name.starts_with(kPartialPrefix) || name == kUnfinished;
    if (!beside.empty() && name.starts_with(beside)) continue;
    unfinished = unfinished || partial;
    if (!partial && (foreign.empty() || name < foreign)) foreign = name;
  }
  if (reason) return {State::taken, fmt::format("cannot read {}: {}", directory, reason.message()), {}};
  if (foreign.empty() || unfinished) return {};
  return {State::taken,
          fmt::format("{} is not empty ({} is in it) and holds no study: choose another directory with -o", directory,
                      foreign),
          {}};
}

std::string difference_of_data(const std::vector<DataFile>& there, const std::vector<DataFile>& now) {
  std::vector<std::string> changed;
  for (const DataFile& file : now)
    if (std::find(there.begin(), there.end(), file) == there.end()) changed.push_back(file.name);
  return changed.empty() ? "the files of numbers that the scenario names"
                         : fmt::format("the text of {}, which the scenario names", fmt::join(changed, " and "));
}

}  // namespace

std::vector<std::string> changed_files(const std::string& directory, const StudyRecord& record) {
  std::vector<std::string> found;
  for (const FileBatch::File& file : record.files) {
    const std::string path = directory + "/" + file.name;
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
      found.push_back(file.name + " is missing");
    } else if (sha256_of_file(path) != file.sha256) {
      found.push_back(file.name + " was changed since it was written");
    }
  }
  return found;
}

std::optional<std::string> read_named_file(const std::string& path, std::string& error, std::size_t most) {
  std::string why;
  std::optional<std::string> text = read_text_file(path, why, most);
  if (!text) error = fmt::format("cannot read {}: {}", path, why);
  return text;
}

std::optional<StudyRecord> read_study_record(const std::string& directory, std::string& error) {
  const std::string path = directory + "/" + kRecordFile;
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    error = fmt::format("{} holds no study: {} is missing", directory, path);
    return std::nullopt;
  }
  const std::optional<std::string> text = read_named_file(path, error);
  if (!text) return std::nullopt;
  std::string mistake;
  std::optional<StudyRecord> record = parse_record(*text, mistake);
  if (!record) error = fmt::format("cannot understand {}: {}", path, mistake);
  return record;
}

std::string missing_alternative(const std::string& directory, const StudyIdentity& identity,
                                const std::string& alternative) {
  const std::vector<std::string>& names = identity.alternatives;
  if (std::find(names.begin(), names.end(), alternative) != names.end()) return {};
  return fmt::format("{} has no alternative '{}', only {}", directory, alternative, fmt::join(names, ", "));
}

std::string difference_of(const StudyIdentity& there, const StudyIdentity& now) {
  std::vector<std::string> found;
  const auto number = [&](std::string_view what, std::uint64_t a, std::uint64_t b) {
    if (a != b) found.push_back(fmt::format("{} ({} there, {} now)", what, a, b));
  };
  if (there.scenario_sha256 != now.scenario_sha256 || there.further_sha256 != now.further_sha256)
    found.emplace_back("the text of the scenario");
  if (there.data != now.data) found.push_back(difference_of_data(there.data, now.data));
  if (there.overrides != now.overrides) {
    found.push_back(fmt::format("--set ({} there, {} now)",
                                there.overrides.empty() ? "none" : fmt::format("{}", fmt::join(there.overrides, " ")),
                                now.overrides.empty() ? "none" : fmt::format("{}", fmt::join(now.overrides, " "))));
  }
  if (there.alternatives != now.alternatives) {
    found.push_back(fmt::format("the alternatives ({} there, {} now)", fmt::join(there.alternatives, " "),
                                fmt::join(now.alternatives, " ")));
  }
  if (there.comparison != now.comparison) {
    const auto shown = [](const std::string& comparison) { return comparison.empty() ? "nothing" : comparison; };
    found.push_back(fmt::format("what is compared ({} there, {} now)", shown(there.comparison), shown(now.comparison)));
  }
  if (there.analysis != now.analysis) {
    const auto shown = [](const std::string& analysis) { return analysis.empty() ? "a plain study" : analysis; };
    found.push_back(fmt::format("what is analysed ({} there, {} now)", shown(there.analysis), shown(now.analysis)));
  }
  if (there.course != now.course) {
    const auto shown = [](const std::string& course) { return course.empty() ? "a number of samples" : course; };
    found.push_back(fmt::format("how far it is run ({} there, {} now)", shown(there.course), shown(now.course)));
  }
  number("the seed", there.seed, now.seed);
  if (now.course.empty()) number("the number of samples", there.samples, now.samples);
  number("the number of replications", there.replications, now.replications);
  number("the limit of events", there.max_events, now.max_events);
  if (there.shard != now.shard) {
    const auto shown = [](const std::string& shard) { return shard.empty() ? "all" : shard; };
    found.push_back(fmt::format("the shard ({} there, {} now)", shown(there.shard), shown(now.shard)));
  }
  if (there.version != now.version) {
    found.push_back(fmt::format("the version of materiel ({} there, {} now)", there.version, now.version));
  }
  return fmt::format("{}", fmt::join(found, ", "));
}

UnfinishedFinding inspect_unfinished(const std::string& directory, const StudyIdentity& identity) {
  using Found = UnfinishedFinding::State;
  const fs::path place = fs::path(directory) / kUnfinished;
  std::error_code ignored;
  UnfinishedFinding finding;
  if (!fs::exists(place / kBeginningFile, ignored)) return finding;
  std::string error, mistake;
  const std::optional<std::string> text = read_named_file((place / kBeginningFile).string(), error);
  if (text) finding.record = parse_record(*text, mistake);
  if (!finding.record) {
    finding.state = Found::other;
    finding.explanation = fmt::format("{} is damaged ({}): remove {} to begin the study anew",
                                      (place / kBeginningFile).string(), text ? mistake : error, place.string());
    return finding;
  }
  if (finding.record->identity == identity) {
    finding.state = Found::same;
    return finding;
  }
  const std::optional<StudyRecord> complete = read_study_record(directory, error);
  if (complete && complete->identity == finding.record->identity) return {};  // it was finished, but not cleared away
  finding.state = Found::other;
  finding.explanation = fmt::format(
      "{} holds an unfinished study, which differs in {}: finish it by its command, choose another directory with -o, "
      "or "
      "remove {}",
      directory, difference_of(finding.record->identity, identity), place.string());
  return finding;
}

DirectoryFinding inspect_study_directory(const std::string& directory, const StudyIdentity& identity,
                                         const std::string& beside) {
  std::error_code ignored;
  if (!fs::exists(directory, ignored)) return {};
  if (!fs::is_directory(directory, ignored)) {
    return {State::taken, fmt::format("{} is a file, not a directory: choose another one with -o", directory), {}};
  }
  if (!fs::exists(fs::path(directory) / kRecordFile, ignored)) return inspect_unrecorded(directory, beside);
  DirectoryFinding finding;
  finding.record = read_study_record(directory, finding.explanation);
  if (!finding.record) {
    finding.state = State::taken;
    return finding;
  }
  const StudyIdentity& there = finding.record->identity;
  const bool same_study = differ_in_length_only(there, identity);
  const std::vector<std::string> files =
      same_study ? changed_files(directory, *finding.record) : std::vector<std::string>();
  const std::string changed = files.empty() ? std::string() : files.front();
  finding.extendable = same_study && changed.empty();
  if (!is_same_study(there, identity)) {
    finding.state = State::taken;
    finding.explanation = fmt::format(
        "{} holds the results of another study, which differs in {}: choose another directory with -o, or "
        "remove this one{}",
        directory, difference_of(there, identity),
        finding.extendable ? ", or go on with it (--extend)"
        : changed.empty()  ? ""
                           : "; besides, " + changed);
    return finding;
  }
  finding.explanation = changed;
  finding.state = changed.empty() ? State::complete : State::damaged;
  return finding;
}

}  // namespace materiel::report
