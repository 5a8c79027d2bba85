#include <algorithm>
#include <cerrno>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <materiel/base/text_file.h>
#include <materiel/store/study_directory.h>
#include <materiel/store/unfinished_files.h>

namespace materiel::store {
namespace {

using State = DirectoryFinding::State;

/// A directory without run.json: free if it is empty, or if the only files are those of an attempt that was killed.
DirectoryFinding inspect_unrecorded(const Directory& directory, const std::string& beside) {
  std::vector<std::string> names;
  if (const int reason = directory.list(names); reason != 0)
    return {State::taken, refusal("read", directory.path(), reason), {}};
  std::string foreign;
  bool unfinished = false;
  for (const std::string& name : names) {
    if (!beside.empty() && name.starts_with(beside)) continue;
    bool partial = name.starts_with(kPartialPrefix) || name == kUnfinished;
    const std::string why = partial ? foreign_unfinished(directory, name) : std::string();
    if (name == kUnfinished && !why.empty()) return {State::taken, why + ", or choose another directory", {}};
    partial = partial && why.empty();
    unfinished = unfinished || partial;
    if (!partial && foreign.empty()) foreign = name;
  }
  if (foreign.empty() || unfinished) return {};
  return {State::taken,
          fmt::format("{} is not empty ({} is in it) and holds no study: choose another directory", directory.path(),
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

/// Whether there is something in the place of a directory; otherwise something is in the way to it.
bool is_no_directory(const DirectoryPath& path) {
  if (!path.within.empty()) return Directory::open(path.given).has_value();
  const Directory::Opened opened = open_given_file(path.given);
  if (opened.reason == 0) ::close(opened.descriptor);
  return opened.reason != ENOTDIR;
}

std::optional<StudyRecord> read_record(const Directory& directory, const char* name, std::string& error) {
  const std::optional<std::string> text = directory.read(name, error);
  if (!text) return std::nullopt;
  std::string mistake;
  std::optional<StudyRecord> record = parse_record(*text, mistake);
  if (!record) error = fmt::format("cannot understand {}: {}", directory.path_of(name), mistake);
  return record;
}

}  // namespace

std::vector<std::string> changed_files(const DirectoryPath& directory, const StudyRecord& record) {
  std::vector<std::string> found;
  int unopened = 0;
  const std::optional<Directory> folder = Directory::open(directory, unopened);
  for (const FileBatch::File& file : record.files) {
    if (folder ? folder->kind(file.name) == Directory::Kind::none : unopened == ENOENT) {
      found.push_back(file.name + " is missing");
    } else if (!folder) {
      found.push_back(fmt::format("{} can't be read: {}", file.name, Directory::why(unopened)));
    } else if (const int reason = folder->blocked(file.name); reason != 0) {
      found.push_back(fmt::format("{} can't be used: {}", file.name, Directory::why(reason)));
    } else {
      int wrong = 0;
      const std::optional<std::string> hash = folder->sha256(file.name, wrong);
      if (!hash) found.push_back(fmt::format("{} can't be read: {}", file.name, Directory::why(wrong)));
      if (hash && hash != file.sha256) found.push_back(file.name + " was changed since it was written");
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

std::optional<StudyRecord> read_study_record(const Directory& directory, std::string& error) {
  if (directory.kind(kRecordFile) != Directory::Kind::none) return read_record(directory, kRecordFile, error);
  error = fmt::format("{} holds no study: {} is missing", directory.path(), directory.path_of(kRecordFile));
  return std::nullopt;
}

std::optional<StudyRecord> read_study_record(const DirectoryPath& directory, std::string& error) {
  int reason = 0;
  const std::optional<Directory> folder = Directory::open(directory, reason);
  if (folder) return read_study_record(*folder, error);
  error = reason == ENOENT ? fmt::format("{0} holds no study: {0}/{1} is missing", directory.text(), kRecordFile)
                           : refusal("read", directory.text(), reason);
  return std::nullopt;
}

std::optional<StudyRecord> read_beginning(const Directory& unfinished, std::string& error) {
  return read_record(unfinished, kBeginningFile, error);
}

StudiesState state_of_studies(const Directory& directory) {
  StudiesState state;
  const auto add = [&](const Directory& one, bool (*is_known)(std::string_view)) {
    std::vector<std::string> names;
    if (const int reason = one.list(names); reason != 0) state.error = refusal("read", one.path(), reason);
    for (const std::string& name : names)
      if (is_known(name)) state.files += fmt::format("{} {}\n", one.path_of(name), one.state_of(name));
  };
  add(directory, is_name_of_study);
  if (const auto unfinished = directory.sub(std::string(kUnfinished))) add(*unfinished, is_name_of_unfinished);
  return state;
}

StudiesState state_of_studies(const DirectoryPath& directory) {
  const std::optional<Directory> folder = Directory::open(directory);
  return folder ? state_of_studies(*folder) : StudiesState();
}

FileBatch::Check unchanged_since(StudiesState state) {
  return [before = std::move(state)](const Directory& directory) {
    const StudiesState now = state_of_studies(directory);
    if (!before.error.empty() || !now.error.empty()) return before.error.empty() ? now.error : before.error;
    if (now.files == before.files) return std::string();
    return fmt::format("another process has written into {} meanwhile: start the command again", directory.path());
  };
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
    found.push_back(fmt::format("the values set over the file's ({} there, {} now)",
                                there.overrides.empty() ? "none" : fmt::format("{}", fmt::join(there.overrides, " ")),
                                now.overrides.empty() ? "none" : fmt::format("{}", fmt::join(now.overrides, " "))));
  }
  if (there.alternatives != now.alternatives) {
    found.push_back(fmt::format("the alternatives ({} there, {} now)", fmt::join(there.alternatives, " "),
                                fmt::join(now.alternatives, " ")));
  }
  if (there.comparison != now.comparison) {
    const auto shown = [](const std::optional<ComparisonIdentity>& one) {
      return one ? fmt::format("{} with {}", fmt::join(one->outcomes, ", "), one->reference) : "nothing";
    };
    found.push_back(fmt::format("what is compared ({} there, {} now)", shown(there.comparison), shown(now.comparison)));
  }
  if (there.analysis != now.analysis) {
    const auto shown = [](const std::optional<AnalysisIdentity>& one) {
      return one ? words_of(*one) : std::string("a plain study");
    };
    found.push_back(fmt::format("what is analysed ({} there, {} now)", shown(there.analysis), shown(now.analysis)));
  }
  if (there.stopping_rule != now.stopping_rule) {
    const auto shown = [](const std::string& rule) { return rule.empty() ? "a number of samples" : rule; };
    found.push_back(
        fmt::format("the stopping rule ({} there, {} now)", shown(there.stopping_rule), shown(now.stopping_rule)));
  }
  number("the seed", there.seed, now.seed);
  if (now.stopping_rule.empty()) number("the number of samples", there.samples, now.samples);
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

UnfinishedFinding inspect_unfinished(const DirectoryPath& directory, const StudyIdentity& identity) {
  using Found = UnfinishedFinding::State;
  const std::optional<Directory> folder = Directory::open(directory);
  UnfinishedFinding finding;
  if (!folder) return finding;
  const std::string name(kUnfinished), path = folder->path_of(name);
  if (finding.explanation = foreign_unfinished(*folder, name); !finding.explanation.empty()) {
    finding.state = Found::other;
    return finding;
  }
  const std::optional<Directory> unfinished = folder->sub(name);
  if (!unfinished || unfinished->kind(kBeginningFile) == Directory::Kind::none) return finding;
  std::string error, mistake;
  const std::optional<std::string> text = unfinished->read(kBeginningFile, error);
  if (text) finding.record = parse_record(*text, mistake);
  if (!finding.record) {
    finding.state = Found::other;
    finding.explanation = fmt::format("{} is damaged ({}): remove {} to start the study again",
                                      unfinished->path_of(kBeginningFile), text ? mistake : error, path);
    return finding;
  }
  if (finding.record->identity == identity) {
    finding.state = Found::same;
    return finding;
  }
  const std::optional<StudyRecord> complete = read_study_record(*folder, error);
  if (complete && complete->identity == finding.record->identity) return {};  // it was finished, but not cleared away
  finding.state = Found::other;
  finding.explanation = fmt::format(
      "{} holds an unfinished study, which differs in {}: finish it by its command, choose another directory, "
      "or remove {}",
      directory.text(), difference_of(finding.record->identity, identity), path);
  return finding;
}

DirectoryFinding inspect_study_directory(const DirectoryPath& path, const StudyIdentity& identity,
                                         const std::string& beside) {
  const std::string directory = path.text();
  int reason = 0;
  const std::optional<Directory> folder = Directory::open(path, reason);
  if (!folder && reason == ENOENT) return {};
  if (!folder && reason == ENOTDIR && is_no_directory(path))
    return {State::taken, fmt::format("{} is a file, not a directory: choose another one", directory), {}};
  if (!folder && reason == ENOTDIR) return {};  // told by who makes the directory
  if (!folder) return {State::taken, refusal("read", directory, reason), {}};
  if (folder->kind(kRecordFile) == Directory::Kind::none) return inspect_unrecorded(*folder, beside);
  DirectoryFinding finding;
  finding.record = read_study_record(*folder, finding.explanation);
  if (!finding.record) {
    finding.state = State::taken;
    return finding;
  }
  const StudyIdentity& there = finding.record->identity;
  const bool same_study = differ_in_length_only(there, identity);
  const std::vector<std::string> files = same_study ? changed_files(path, *finding.record) : std::vector<std::string>();
  const std::string changed = files.empty() ? std::string() : files.front();
  finding.extendable = same_study && changed.empty() && !identity.analysis;  // not of a sweep or an analysis
  if (!is_same_study(there, identity)) {
    finding.state = State::taken;
    finding.explanation = fmt::format(
        "{} holds the results of another study, which differs in {}: choose another directory, or remove this "
        "one{}",
        directory, difference_of(there, identity),
        finding.extendable ? ", or extend it"
        : changed.empty()  ? ""
                           : "; besides, " + changed);
    return finding;
  }
  finding.explanation = changed;
  finding.state = changed.empty() ? State::complete : State::damaged;
  return finding;
}

}  // namespace materiel::store
