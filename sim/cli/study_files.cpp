#include "cli/study_files.h"

#include <utility>

namespace materiel::cli {

using experiment::RunRecord;

StudyFiles::StudyFiles(std::shared_ptr<const model::Model> model) : model_(std::move(model)) {}

bool StudyFiles::open(const std::string& directory) {
  if (!batch_.open(directory)) return false;
  runs_ = batch_.create("runs.csv");
  inputs_ = batch_.create("inputs.csv");
  return batch_.write(runs_, report::runs_header(model_->outcomes())) &&
         batch_.write(inputs_, report::inputs_header(model_->parameters()));
}

experiment::StudySink StudyFiles::sink() {
  experiment::StudySink sink;
  sink.format_run = [this](const RunRecord& record, std::string& text) { report::append_run_row(part_, record, text); };
  sink.format_inputs = [this](const RunRecord& record, std::string& text) {
    report::append_inputs_row(part_, record, text);
  };
  sink.write = [this](std::string_view runs, std::string_view inputs) {
    return batch_.write(runs_, runs) && batch_.write(inputs_, inputs);
  };
  return sink;
}

bool StudyFiles::write_series(const experiment::StudyResult& result) {
  const report::FileBatch::FileId file = batch_.create("series.csv");
  const report::SeriesAxes axes{model_->metrics(), model_->observation_days(), model_->start()};
  std::string text = report::series_header();
  for (std::size_t metric = 0; metric < axes.metrics.size(); ++metric) {
    report::append_series_rows(part_, axes, metric, result.series, text);
    if (!batch_.write(file, text)) return false;
    text.clear();
  }
  return batch_.write(file, text);
}

bool StudyFiles::write_results(const experiment::StudyResult& result) {
  if (!write_series(result)) return false;
  std::string text = report::summary_header();
  for (const experiment::SummaryLine& line : result.summary) {
    report::append_summary_row(part_, model_->outcomes(), line, text);
  }
  if (!batch_.write(batch_.create("summary.csv"), text)) return false;
  text = report::milestones_header();
  for (const experiment::MilestoneLine& line : result.milestones) {
    report::append_milestone_row(part_, model_->outcomes(), model_->start(), line, text);
  }
  return batch_.write(batch_.create("milestones.csv"), text);
}

bool StudyFiles::commit(report::StudyRecord& record) {
  if (!batch_.finish()) return false;
  record.files = batch_.files();
  return batch_.write(batch_.create(report::kRecordFile), report::record_text(record)) && batch_.commit();
}

}  // namespace materiel::cli
