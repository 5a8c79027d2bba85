#include "study/shards.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/store/run_table.h>
#include <materiel/store/state_file.h>
#include <materiel/store/study_directory.h>

namespace materiel::study {
namespace {

using Status = experiment::StudyResult::Status;

/// Numbers in a list that stays short.
std::string numbers_text(const std::vector<std::uint64_t>& numbers) {
  constexpr std::size_t kMost = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(numbers.size(), kMost); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", numbers[i]);
  return numbers.size() > kMost ? text + fmt::format(" and {} more", numbers.size() - kMost) : text;
}

/// The states of a shard, checked against what its record says.
std::vector<store::StatePart> states_of(const std::string& path, std::size_t alternatives) {
  std::string error;
  const auto bytes = store::read_study_file(path, kShardFile, error);
  if (!bytes) throw MergeError(error);
  auto parts = store::read_states(*bytes);
  if (!parts || parts->size() != alternatives)
    throw MergeError(fmt::format("{}/{} was written by another version", path, kShardFile));
  return std::move(*parts);
}

void expect_unchanged(const std::string& path, const store::StudyRecord& record) {
  const std::vector<std::string> changed = store::changed_files(path, record);
  if (!changed.empty()) throw MergeError(fmt::format("{}/{}: run that shard again", path, changed.front()));
}

}  // namespace

ShardRuns runs_of(const Shard& shard, const experiment::OpenStudy& study, std::uint64_t runs) {
  const std::uint64_t units = runs / study.unit();
  const auto begin_of = [&](std::uint64_t number) {  // without overflow: there are fewer than 2^30 units
    return units * number / shard.count * study.unit();
  };
  const std::uint64_t first = begin_of(shard.number - 1);
  return {first, shard.number == shard.count ? study.whole_chunks(runs) : begin_of(shard.number)};
}

// Each study is released before the next begins: they take memory.
SamplingResult run_shard(const Sampling::Setting& setting, const Shard& shard) {
  SamplingResult end;
  for (std::size_t i = 0; i < setting.models.size() && end.status == Status::finished; ++i) {
    const auto study = setting.make(i);
    const ShardRuns part = runs_of(shard, *study, setting.most * setting.replications);
    setting.prepare(i, part.end);
    if (study->runs() == 0) study->begin_at(part.first);
    end.status = study->advance_runs(part.end);
    FinishedStudy finished{study->result(), {}, 0, setting.most};
    finished.result.runs_done = study->runs() - part.first;
    if (end.status != Status::write_failed) finished.state = study->state(finished.state_runs);
    end.studies.push_back(std::move(finished));
  }
  return end;
}

ShardDirectories find_shards(const std::string& directory) {
  std::vector<std::pair<Shard, std::string>> found;
  int reason = 0;
  std::vector<std::string> names;
  const std::optional<store::Directory> folder = store::Directory::open(directory, reason);
  if (folder) reason = folder->list(names);
  if (reason != 0) throw MergeError(store::refusal("read", directory, reason));
  for (const std::string& name : names) {
    const auto shard = shard_of_directory(name);
    if (!shard) continue;
    if (!folder->sub(name, reason)) throw MergeError(store::refusal("use", folder->path_of(name), reason));
    found.emplace_back(*shard, folder->path_of(name));
  }
  if (found.empty()) throw MergeError(fmt::format("{} holds no shards of a study", directory));
  const auto by_number = [](const auto& one) { return one.first.number; };
  std::ranges::sort(found, {}, by_number);
  const std::uint64_t count = found.front().first.count;
  ShardDirectories shards;
  std::vector<std::uint64_t> missing;
  for (std::uint64_t number = 1; number <= count; ++number) {
    const auto next = std::ranges::lower_bound(found, number, {}, by_number);
    if (next == found.end() || next->first.number != number ||
        !store::has_study_file(next->second, store::kRecordFile)) {
      missing.push_back(number);
    } else {
      shards.paths.push_back(next->second);
    }
  }
  for (const auto& [shard, path] : found)
    if (shard.count != count)
      throw MergeError(fmt::format("{} is one of {} shards, and {} one of {}: remove those that don't belong here",
                                   found.front().second, count, path, shard.count));
  if (!missing.empty())
    throw MergeError(fmt::format("{} of {} shards are not done: {}", missing.size(), count, numbers_text(missing)));
  for (const std::string& path : shards.paths) {
    std::string error;
    auto record = store::read_study_record(path, error);
    if (!record) throw MergeError(error);
    expect_unchanged(path, *record);
    record->identity.shard.clear();
    if (&path == &shards.paths.front()) {
      shards.record = std::move(*record);
      continue;
    }
    const std::string difference = store::difference_of(shards.record.identity, record->identity);
    if (!difference.empty())
      throw MergeError(
          fmt::format("{} and {} are not of one study: they differ in {}", shards.paths.front(), path, difference));
  }
  return shards;
}

SamplingResult merge_shards(const Sampling::Setting& setting, const std::vector<std::string>& shards, StudyFiles& files,
                            Comparison* comparison) {
  std::vector<std::string> compared;
  if (comparison)
    for (const model::OutcomeInfo& one : comparison->outcomes()) compared.push_back(one.name);
  SamplingResult end;
  for (std::size_t i = 0; i < setting.models.size() && end.status == Status::finished; ++i) {
    const auto study = setting.make(i);
    setting.prepare(i, setting.most * setting.replications);
    for (const std::string& path : shards) {
      const std::uint64_t first = study->runs();
      try {
        study->append(states_of(path, setting.models.size())[i].state);
      } catch (const MergeError&) {
        throw;
      } catch (const std::exception& error) {
        throw MergeError(fmt::format("{}/{}: {}", path, kShardFile, error.what()));
      }
      if (!files.copy_rows(i, path, first, study->runs(), setting.replications)) throw MergeError(files.error());
      if (!comparison) continue;
      std::string error;
      const auto tables = store::read_runs(path, {setting.models[i].alternative}, compared, error);
      if (!tables) throw MergeError(error);
      comparison->keep_stored(i, tables->front());
    }
    end.status = study->advance(setting.most, true);
    FinishedStudy finished{study->result(), {}, 0, setting.most};
    if (end.status != Status::write_failed) finished.state = study->state(finished.state_runs);
    end.studies.push_back(std::move(finished));
  }
  return end;
}

}  // namespace materiel::study
