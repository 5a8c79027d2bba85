#include "study/sweep_files.h"

#include <algorithm>

#include <fmt/format.h>

#include <materiel/store/csv.h>
#include <materiel/store/study_directory.h>

namespace materiel::study {

using experiment::RunRecord;

namespace {

/// Places in SweepFiles::names().
enum SweptFile : std::size_t { kPoints, kRuns, kInputs, kSummary, kMilestones, kSeries };

}  // namespace

std::string points_table(const SweepPoints& points) {
  std::vector<std::string> cells = {"point"};
  cells.insert(cells.end(), points.paths.begin(), points.paths.end());
  std::string text = store::csv_line(cells);
  for (std::size_t i = 0; i < points.values.size(); ++i) {
    cells = {std::to_string(i)};
    cells.insert(cells.end(), points.values[i].begin(), points.values[i].end());
    text += store::csv_line(cells);
  }
  return text;
}

SweepFiles::SweepFiles(const std::string& alternative, const SweepPoints& points, bool keep_series,
                       const Observer& observer)
    : alternative_(alternative), points_(points), observer_(observer), keep_series_(keep_series) {}

std::vector<std::string> SweepFiles::names() const {
  std::vector<std::string> names = {kPointsFile, "runs.csv", "inputs.csv", kSummaryFile, "milestones.csv"};
  if (keep_series_) names.emplace_back("series.csv");
  return names;
}

bool SweepFiles::begin(const model::Model& model) {
  for (const std::string& name : names()) files_.push_back(batch_.create(name));
  summary_text_ = store::summary_header();
  if (keep_series_ && !batch_.write(files_[kSeries], store::series_header())) return false;
  return batch_.write(files_[kPoints], points_table(points_)) &&
         batch_.write(files_[kRuns], store::runs_header(model.outcomes())) &&
         batch_.write(files_[kInputs], store::inputs_header(model.parameters())) &&
         batch_.write(files_[kSummary], summary_text_) && batch_.write(files_[kMilestones], store::milestones_header());
}

bool SweepFiles::can_resume(const std::vector<store::FilePosition>& positions) const {
  const std::vector<std::string> all = names();
  if (positions.size() != all.size()) return false;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!batch_.can_resume(all[i], positions[i])) return false;
  return true;
}

bool SweepFiles::resume(const std::vector<store::FilePosition>& positions) {
  const std::vector<std::string> all = names();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto file = batch_.resume(all[i], positions[i]);
    if (!file) {
      error_ = fmt::format("cannot resume {}", all[i]);
      return false;
    }
    files_.push_back(*file);
  }
  const auto summary = unfinished().read(all[kSummary], error_);
  summary_text_ = summary.value_or("");
  return summary.has_value();
}

std::vector<store::FilePosition> SweepFiles::positions() const {
  std::vector<store::FilePosition> positions;
  positions.reserve(files_.size());
  for (const store::FileBatch::FileId file : files_) positions.push_back(batch_.position(file));
  return positions;
}

bool SweepFiles::sync() {
  return std::all_of(files_.begin(), files_.end(), [this](store::FileBatch::FileId file) { return batch_.sync(file); });
}

experiment::StudySink SweepFiles::sink(std::size_t point) {
  const store::StudyPart part{alternative_, point};
  experiment::StudySink sink;
  sink.format_run = [part](const RunRecord& record, std::string& text) { store::append_run_row(part, record, text); };
  sink.format_inputs = [part](const RunRecord& record, std::string& text) {
    store::append_inputs_row(part, record, text);
  };
  sink.write = [this](std::string_view runs, std::string_view inputs) {
    return batch_.write(files_[kRuns], runs) && batch_.write(files_[kInputs], inputs);
  };
  return sink;
}

bool SweepFiles::write_summary(std::size_t point, const std::vector<model::OutcomeInfo>& outcomes,
                               const std::vector<experiment::SummaryLine>& lines) {
  std::string text;
  for (const experiment::SummaryLine& line : lines)
    store::append_summary_row({alternative_, point}, outcomes, line, text);
  summary_text_ += text;
  return batch_.write(files_[kSummary], text);
}

bool SweepFiles::write_dates(std::size_t point, const model::Model& model, const experiment::StudyResult& result) {
  const store::StudyPart part{alternative_, point};
  std::string text;
  for (const experiment::MilestoneLine& line : result.milestones)
    store::append_milestone_row(part, model.outcomes(), model.start(), line, text);
  if (!batch_.write(files_[kMilestones], text)) return false;
  if (!keep_series_) return true;
  const store::SeriesAxes axes{model.metrics(), model.observation_days(), model.start()};
  text.clear();
  for (std::size_t metric = 0; metric < axes.metrics.size(); ++metric)
    store::append_series_rows(part, axes, metric, result.series, text);
  return batch_.write(files_[kSeries], text);
}

bool SweepFiles::commit(store::StudyRecord& record) {
  const Whole whole(observer_);
  if (!batch_.finish()) return false;
  record.files = batch_.files();
  return batch_.write(batch_.create(store::kRecordFile), store::record_text(record)) && batch_.commit();
}

}  // namespace materiel::study
