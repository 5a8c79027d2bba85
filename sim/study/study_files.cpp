#include "study/study_files.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include <materiel/store/stored_rows.h>
#include <materiel/store/study_directory.h>

namespace materiel::study {
namespace {

using experiment::RunRecord;
using model::OutcomeInfo;

/// Columns without repetitions. There may be hundreds of thousands.
template <class Info>
class Columns {
 public:
  void add(const std::vector<Info>& infos) {
    for (const Info& one : infos)
      if (names_.insert(one.name).second) all_.push_back(one);
  }
  [[nodiscard]] std::vector<Info> take() { return std::move(all_); }

 private:
  std::vector<Info> all_;
  std::unordered_set<std::string> names_;
};

/// Where each of all is in a part of them.
template <class Info>
std::vector<std::size_t> places_in(const std::vector<Info>& part, const std::vector<Info>& all) {
  std::unordered_map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < part.size(); ++i) index.emplace(part[i].name, i);
  std::vector<std::size_t> places;
  places.reserve(all.size());
  for (const Info& one : all) {
    const auto found = index.find(one.name);
    places.push_back(found == index.end() ? store::kNoColumn : found->second);
  }
  return places;
}

/// A file in which rows of an alternative wait.
std::string waiting_name(std::size_t alternative, const char* rows) {
  return fmt::format("waiting-{}-{}", alternative, rows);
}

/// The samples of some runs, of which the last need not be whole.
store::RowRange samples_of(const store::RowRange& runs, std::uint64_t replications) {
  return {runs.alternative, runs.first / replications, (runs.end + replications - 1) / replications};
}

}  // namespace

std::size_t outcome_place(const model::Model& model, const std::string& name) {
  const std::vector<OutcomeInfo>& all = model.outcomes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const OutcomeInfo& one) { return one.name == name; });
  return found == all.end() ? store::kNoColumn : static_cast<std::size_t>(found - all.begin());
}

StudyFiles::StudyFiles(std::vector<StudyModel> models, Observer observer)
    : models_(std::move(models)),
      observer_(std::move(observer)),
      columns_(models_.size()),
      parameter_columns_(models_.size()) {
  Columns<OutcomeInfo> outcomes;
  Columns<model::ParameterInfo> parameters;
  for (const StudyModel& one : models_) {
    parts_.push_back({.alternative = one.alternative});
    outcomes.add(one.model->outcomes());
    parameters.add(one.model->parameters());
  }
  outcomes_ = outcomes.take();
  parameters_ = parameters.take();
  if (models_.size() == 1) return;
  std::stable_sort(outcomes_.begin(), outcomes_.end(),
                   [](const OutcomeInfo& a, const OutcomeInfo& b) { return a.kind < b.kind; });
  for (std::size_t i = 0; i < models_.size(); ++i) {
    columns_[i] = places_in(models_[i].model->outcomes(), outcomes_);
    parameter_columns_[i] = places_in(models_[i].model->parameters(), parameters_);
  }
}

bool StudyFiles::open(const store::DirectoryPath& directory, bool keep_runs, const store::FileBatch::Check& check) {
  keep_runs_ = keep_runs;
  waiting_.resize(models_.size());
  return batch_.open_lasting(directory, check);
}

void StudyFiles::discard_rows() {
  keep_runs_ = false;
  waiting_.resize(models_.size());
}

bool StudyFiles::begin_rows(std::size_t alternative, const RowsPosition* from) {
  if (!keep_runs_) return true;
  if (alternative > 0) {
    waiting_[alternative] = std::make_unique<Waiting>();
    Waiting& rows = *waiting_[alternative];
    const RowsPosition position = from ? *from : RowsPosition(2);
    if (rows.runs.open(unfinished(), waiting_name(alternative, "runs"), position[0]) &&
        rows.inputs.open(unfinished(), waiting_name(alternative, "inputs"), position[1]))
      return true;
    error_ = rows.runs.error() + rows.inputs.error();
    return false;
  }
  const auto resume = [&](const char* name, const store::FilePosition& position, store::FileBatch::FileId& file) {
    const auto found = batch_.resume(name, position);
    if (!found) error_ = fmt::format("cannot resume {}", name);
    file = found.value_or(0);
    return found.has_value();
  };
  if (from) return resume("runs.csv", (*from)[0], runs_) && resume("inputs.csv", (*from)[1], inputs_);
  runs_ = batch_.create("runs.csv");
  inputs_ = batch_.create("inputs.csv");
  return batch_.write(runs_, store::runs_header(outcomes_)) && batch_.write(inputs_, store::inputs_header(parameters_));
}

bool StudyFiles::can_begin_rows(std::size_t alternative, const RowsPosition& from) const {
  if (from.size() != (keep_runs_ ? 2U : 0U)) return false;
  if (!keep_runs_) return true;
  if (alternative == 0) return batch_.can_resume("runs.csv", from[0]) && batch_.can_resume("inputs.csv", from[1]);
  return batch_.can_resume(waiting_name(alternative, "runs"), from[0]) &&
         batch_.can_resume(waiting_name(alternative, "inputs"), from[1]);
}

RowsPosition StudyFiles::rows_position(std::size_t alternative) const {
  if (!keep_runs_) return {};
  if (alternative == 0) return {batch_.position(runs_), batch_.position(inputs_)};
  return {waiting_[alternative]->runs.position(), waiting_[alternative]->inputs.position()};
}

bool StudyFiles::sync_rows(std::size_t alternative) {
  if (!keep_runs_) return true;
  if (alternative == 0) return batch_.sync(runs_) && batch_.sync(inputs_);
  return waiting_[alternative]->runs.sync() && waiting_[alternative]->inputs.sync();
}

bool StudyFiles::write_rows(std::size_t alternative, std::string_view runs, std::string_view inputs) {
  const std::unique_ptr<Waiting>& waiting = waiting_[alternative];
  if (!waiting) return batch_.write(runs_, runs) && batch_.write(inputs_, inputs);
  if (waiting->runs.write(runs) && waiting->inputs.write(inputs)) return true;
  error_ = waiting->runs.error() + waiting->inputs.error();
  return false;
}

bool StudyFiles::copy_rows(std::size_t alternative, const store::DirectoryPath& directory, std::uint64_t first,
                           std::uint64_t end, std::uint64_t replications) {
  const store::RowRange runs{models_[alternative].alternative, first, end};
  return store::copy_run_rows(
             directory, runs, [&](std::string_view rows) { return write_rows(alternative, rows, {}); }, error_) &&
         store::copy_input_rows(
             directory, samples_of(runs, replications),
             [&](std::string_view rows) { return write_rows(alternative, {}, rows); }, error_);
}

std::string StudyFiles::rows_mistake(std::size_t alternative, std::uint64_t first, std::uint64_t end,
                                     std::uint64_t replications, std::string_view runs, std::string_view inputs) const {
  using Kind = store::RowSequence::Kind;
  const store::RowRange range{models_[alternative].alternative, first, end};
  const std::string mistake = store::rows_mistake(Kind::runs, range, runs);
  return mistake.empty() ? store::rows_mistake(Kind::inputs, samples_of(range, replications), inputs) : mistake;
}

std::optional<std::string> StudyFiles::read_beside(const std::string& name) const {
  std::string error;
  return unfinished().read(name, error);
}

std::vector<std::string> StudyFiles::names_beside(const std::string& prefix) const {
  std::vector<std::string> found;
  (void)unfinished().list(found);
  std::erase_if(found, [&](const std::string& name) { return !name.starts_with(prefix); });
  return found;
}

void StudyFiles::remove_beside(const std::string& name) const {
  if (unfinished().kind(name) == store::Directory::Kind::file) (void)unfinished().remove(name);
}

bool StudyFiles::write_piece(store::FileBatch::FileId file, std::string_view text) {
  return !observer_.is_stopped() && batch_.write(file, text);
}

bool StudyFiles::gather() {
  for (const std::unique_ptr<Waiting>& waiting : waiting_) {
    if (!waiting) continue;
    const auto to = [this](store::FileBatch::FileId file) {
      return [this, file](std::string_view rows) { return write_piece(file, rows); };
    };
    if (waiting->runs.read_all(to(runs_)) && waiting->inputs.read_all(to(inputs_))) continue;
    error_ = waiting->runs.error() + waiting->inputs.error();
    return false;
  }
  return true;  // they stay: if the files can't be put in their places, the study goes on from them
}

experiment::StudySink StudyFiles::sink(std::size_t alternative) {
  const store::StudyPart& part = parts_[alternative];
  const std::vector<std::size_t>& columns = columns_[alternative];
  experiment::StudySink sink;
  if (!keep_runs_) return sink;
  sink.format_run = [&part, &columns](const RunRecord& record, std::string& text) {
    store::append_run_row(part, record, text, columns);
  };
  const std::vector<std::size_t>& parameters = parameter_columns_[alternative];
  sink.format_inputs = [&part, &parameters](const RunRecord& record, std::string& text) {
    store::append_inputs_row(part, record, text, parameters);
  };
  sink.write = [this, alternative](std::string_view runs, std::string_view inputs) {
    return write_rows(alternative, runs, inputs);
  };
  return sink;
}

bool StudyFiles::add(const std::string& name, std::string_view text) {
  return write_piece(batch_.create(name), text);
}

bool StudyFiles::add_states(const std::string& name, const std::vector<store::StateView>& parts) {
  const store::FileBatch::FileId file = batch_.create(name);
  return store::write_states(parts, [&](std::string_view piece) { return write_piece(file, piece); });
}

bool StudyFiles::write_series(const std::vector<const experiment::StudyResult*>& results) {
  const store::FileBatch::FileId file = batch_.create("series.csv");
  std::string text = store::series_header();
  for (std::size_t i = 0; i < models_.size(); ++i) {
    const model::Model& one = *models_[i].model;
    const store::SeriesAxes axes{one.metrics(), one.observation_days(), one.start()};
    for (std::size_t metric = 0; metric < axes.metrics.size(); ++metric) {
      store::append_series_rows(parts_[i], axes, metric, results[i]->series, text);
      if (!write_piece(file, text)) return false;
      text.clear();
    }
  }
  return write_piece(file, text);
}

/// Writes a whole file: `append(alternative, text)` adds the rows of each.
template <class Append>
bool StudyFiles::write_table(const std::string& name, std::string text, Append&& append) {
  for (std::size_t i = 0; i < models_.size(); ++i) append(i, text);
  return write_piece(batch_.create(name), text);
}

bool StudyFiles::write_results(const std::vector<const experiment::StudyResult*>& results) {
  return write_series(results) &&
         write_table("summary.csv", store::summary_header(),
                     [&](std::size_t i, std::string& text) {
                       for (const experiment::SummaryLine& line : results[i]->summary)
                         store::append_summary_row(parts_[i], models_[i].model->outcomes(), line, text);
                     }) &&
         write_table("milestones.csv", store::milestones_header(),
                     [&](std::size_t i, std::string& text) {
                       const model::Model& one = *models_[i].model;
                       for (const experiment::MilestoneLine& line : results[i]->milestones)
                         store::append_milestone_row(parts_[i], one.outcomes(), one.start(), line, text);
                     }) &&
         write_nested(results) &&
         write_table("ledger.csv", store::ledger_header(), [&](std::size_t i, std::string& text) {
           const std::uint64_t good = results[i]->runs_done - results[i]->runs_failed;
           store::append_ledger_rows(parts_[i], models_[i].model->items(), results[i]->ledger, good, text);
         });
}

/// Of a study with several replications a sample.
bool StudyFiles::write_nested(const std::vector<const experiment::StudyResult*>& results) {
  if (results.front()->nested.empty()) return true;
  return write_table("nested.csv", store::nested_header(),
                     [&](std::size_t i, std::string& text) {
                       for (const experiment::NestedLine& line : results[i]->nested)
                         store::append_nested_row(parts_[i], models_[i].model->outcomes(), line, text);
                     }) &&
         write_table("nested_milestones.csv", store::nested_milestones_header(), [&](std::size_t i, std::string& text) {
           const model::Model& one = *models_[i].model;
           for (const experiment::NestedMilestoneLine& line : results[i]->nested_milestones)
             store::append_nested_milestone_row(parts_[i], one.outcomes(), one.start(), line, text);
         });
}

bool StudyFiles::commit(store::StudyRecord& record) {
  const Whole whole(observer_);
  if (!batch_.finish()) return false;
  record.files = batch_.files();
  return batch_.write(batch_.create(store::kRecordFile), store::record_text(record)) && batch_.commit();
}

}  // namespace materiel::study
