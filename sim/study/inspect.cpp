#include <algorithm>
#include <numeric>
#include <utility>

#include <materiel/store/interrupted_commit.h>
#include <materiel/store/journal.h>
#include <materiel/store/run_range_file.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/inspect.h>
#include <materiel/study/shard.h>

namespace materiel::study {
namespace {

/// A study's directory, or that of one of its shards, in the making.
struct Inspected {
  Inspection study;
  std::uint64_t target = 0;  ///< samples, where that is more than the record says: of all points of a sweep
};

/// What is in the directory's place for unfinished studies.
Inspected unfinished_study(const store::DirectoryPath& path, const store::Directory& unfinished) {
  Inspected found{.study = {.directory = path.text(), .state = Inspection::State::unfinished}};
  if ((found.study.record = store::interrupted_commit(path))) {
    found.study.runs = found.study.record->counts.runs;
    return found;
  }
  std::string error;
  found.study.record = store::read_beginning(unfinished, error);
  if (!found.study.record) {
    found.study.wrong.push_back(error);
    return found;
  }
  const std::size_t alternatives = found.study.record->identity.alternatives.size();
  store::Journal journal(unfinished);
  journal.read(alternatives);
  if (!journal.error().empty()) found.study.wrong.push_back(journal.error());
  for (std::size_t i = 0; i < alternatives; ++i) {
    const auto entry = journal.take(i, [](const store::JournalEntry&) { return true; });
    const std::uint64_t runs = entry ? entry->runs : 0;
    found.study.runs += runs + store::runs_in_run_ranges(unfinished, i, runs);
  }
  found.target = std::accumulate(journal.targets().begin(), journal.targets().end(), std::uint64_t{0});
  return found;
}

Inspected complete_study(const store::DirectoryPath& path) {
  Inspected found{.study = {.directory = path.text(), .state = Inspection::State::complete}};
  std::string error;
  found.study.record = store::read_study_record(path, error);
  if (!found.study.record) {
    found.study.wrong.push_back(error);
    return found;
  }
  found.study.runs = found.study.record->counts.runs;
  found.study.failed = found.study.record->counts.failed;
  found.study.wrong = store::changed_files(path, *found.study.record);
  return found;
}

/// Whether what an unfinished study left is that of the complete one, killed before it cleared that away.
bool is_only_left(const Inspected& unfinished, const Inspected& complete) {
  return complete.study.record && complete.study.wrong.empty() && unfinished.study.record &&
         store::is_same_study(complete.study.record->identity, unfinished.study.record->identity);
}

Inspected find_study(const store::DirectoryPath& path) {
  Inspected nothing{.study = {.directory = path.text()}};
  int reason = 0;
  const std::optional<store::Directory> folder = store::Directory::open(path, reason);
  if (!folder) {
    nothing.study.wrong.push_back(store::refusal("read", path.text(), reason));
    return nothing;
  }
  const std::string name(store::kUnfinished);
  const std::string foreign = store::foreign_unfinished(*folder, name);
  const std::optional<store::Directory> unfinished = foreign.empty() ? folder->sub(name) : std::nullopt;
  const bool begun = unfinished && unfinished->kind(store::kBeginningFile) != store::Directory::Kind::none;
  Inspected found = nothing;
  if (folder->kind(store::kRecordFile) != store::Directory::Kind::none) {
    found = complete_study(path);
    if (begun) {
      Inspected more = unfinished_study(path, *unfinished);
      if (!is_only_left(more, found)) found = std::move(more);
    }
  } else if (begun) {
    found = unfinished_study(path, *unfinished);
  }
  if (!foreign.empty()) found.study.wrong.push_back(foreign);
  return found;
}

Inspection inspect_one(const store::DirectoryPath& path) {
  auto [study, target] = find_study(path);
  if (!study.record) return study;
  const store::StudyIdentity& identity = study.record->identity;
  study.all_runs = identity.samples * identity.replications * identity.alternatives.size();
  if (study.state == Inspection::State::complete) study.all_runs = study.runs;
  if (target > 0) study.all_runs = std::max(study.all_runs, target * identity.replications);
  if (target == 0 && identity.analysis && identity.analysis->kind == store::AnalysisIdentity::Kind::sweep)
    study.all_runs = 0;  // of all points: not known
  return study;
}

}  // namespace

Expected<std::vector<Inspection>> inspect(const std::string& directory) {
  int reason = 0;
  std::vector<std::string> names;
  const std::optional<store::Directory> folder = store::Directory::open(directory, reason);
  if (folder) reason = folder->list(names);
  if (reason != 0) return Error{Error::Code::unreadable, store::refusal("read", directory, reason)};
  std::vector<Inspection> all = {inspect_one(directory)};
  for (const std::string& name : names)
    if (name.starts_with(kShardPrefix)) all.push_back(inspect_one({directory, name}));
  std::ranges::sort(all.begin() + 1, all.end(), [](const auto& a, const auto& b) {
    return std::pair(a.directory.size(), a.directory) < std::pair(b.directory.size(), b.directory);
  });
  return all;
}

}  // namespace materiel::study
