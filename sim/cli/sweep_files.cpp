#include "cli/sweep_files.h"

#include <materiel/report/csv.h>

namespace materiel::cli {

using experiment::RunRecord;

std::string points_table(const SweepPoints& points) {
  std::vector<std::string> cells = {"point"};
  cells.insert(cells.end(), points.paths.begin(), points.paths.end());
  std::string text = report::csv_line(cells);
  for (std::size_t i = 0; i < points.values.size(); ++i) {
    cells = {std::to_string(i)};
    cells.insert(cells.end(), points.values[i].begin(), points.values[i].end());
    text += report::csv_line(cells);
  }
  return text;
}

SweepFiles::SweepFiles(const std::string& alternative, const SweepPoints& points, bool keep_series)
    : alternative_(alternative), points_(points), keep_series_(keep_series) {}

bool SweepFiles::open(const std::string& directory, const model::Model& model) {
  if (!batch_.open(directory)) return false;
  const report::FileBatch::FileId points = batch_.create("points.csv");
  runs_ = batch_.create("runs.csv");
  inputs_ = batch_.create("inputs.csv");
  summary_ = batch_.create("summary.csv");
  milestones_ = batch_.create("milestones.csv");
  if (keep_series_) series_ = batch_.create("series.csv");
  summary_text_ = report::summary_header();
  if (!batch_.write(milestones_, report::milestones_header())) return false;
  if (keep_series_ && !batch_.write(series_, report::series_header())) return false;
  return batch_.write(points, points_table(points_)) && batch_.write(runs_, report::runs_header(model.outcomes())) &&
         batch_.write(inputs_, report::inputs_header(model.parameters())) && batch_.write(summary_, summary_text_);
}

experiment::StudySink SweepFiles::sink(std::size_t point) {
  const report::StudyPart part{alternative_, point};
  experiment::StudySink sink;
  sink.format_run = [part](const RunRecord& record, std::string& text) { report::append_run_row(part, record, text); };
  sink.format_inputs = [part](const RunRecord& record, std::string& text) {
    report::append_inputs_row(part, record, text);
  };
  sink.write = [this](std::string_view runs, std::string_view inputs) {
    return batch_.write(runs_, runs) && batch_.write(inputs_, inputs);
  };
  return sink;
}

bool SweepFiles::write_summary(std::size_t point, const std::vector<model::OutcomeInfo>& outcomes,
                               const std::vector<experiment::SummaryLine>& lines) {
  std::string text;
  for (const experiment::SummaryLine& line : lines)
    report::append_summary_row({alternative_, point}, outcomes, line, text);
  summary_text_ += text;
  return batch_.write(summary_, text);
}

bool SweepFiles::write_dates(std::size_t point, const model::Model& model, const experiment::StudyResult& result) {
  const report::StudyPart part{alternative_, point};
  std::string text;
  for (const experiment::MilestoneLine& line : result.milestones)
    report::append_milestone_row(part, model.outcomes(), model.start(), line, text);
  if (!batch_.write(milestones_, text)) return false;
  if (!keep_series_) return true;
  const report::SeriesAxes axes{model.metrics(), model.observation_days(), model.start()};
  text.clear();
  for (std::size_t metric = 0; metric < axes.metrics.size(); ++metric)
    report::append_series_rows(part, axes, metric, result.series, text);
  return batch_.write(series_, text);
}

bool SweepFiles::commit(report::StudyRecord& record) {
  if (!batch_.finish()) return false;
  record.files = batch_.files();
  return batch_.write(batch_.create(report::kRecordFile), report::record_text(record)) && batch_.commit();
}

}  // namespace materiel::cli
