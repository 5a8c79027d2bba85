#include <numeric>
#include <utility>

#include <materiel/experiment/open_study.h>

#include "experiment/model_source.h"
#include "experiment/running_study.h"

namespace materiel::experiment {

struct OpenStudy::Parts {
  Parts(std::shared_ptr<const model::Model> model, const StudyPlan& the_plan, const StudyResources& the_resources,
        StudySink the_sink, ProgressWatcher the_watcher, const std::atomic<bool>& stop, CheckpointWriter the_writer)
      : shape(shape_of_model(*model)),
        plan(the_plan),
        resources(the_resources),
        sink(std::move(the_sink)),
        watcher(std::move(the_watcher)),
        writer(std::move(the_writer)),
        make_source(replications_of(std::move(model), plan, stop)),
        study(shape, make_source, plan, sink, watcher, stop, writer.write ? &writer : nullptr) {}

  StudyShape shape;
  StudyPlan plan;
  StudyResources resources;
  StudySink sink;
  ProgressWatcher watcher;
  CheckpointWriter writer;
  SourceFactory make_source;
  RunningStudy study;
};

OpenStudy::OpenStudy(std::shared_ptr<const model::Model> model, const StudyPlan& plan, const StudyResources& resources,
                     StudySink sink, ProgressWatcher watcher, const std::atomic<bool>& stop, CheckpointWriter writer)
    : parts_(std::make_unique<Parts>(std::move(model), plan, resources, std::move(sink), std::move(watcher), stop,
                                     std::move(writer))) {}

OpenStudy::~OpenStudy() = default;

void OpenStudy::resume(std::string_view state) {
  parts_->study.restore(state);
}

void OpenStudy::begin_at(std::uint64_t run) {
  parts_->study.begin_at(run);
}

std::uint64_t OpenStudy::unit() const {
  return parts_->study.unit();
}

void OpenStudy::append(std::string_view state) {
  parts_->study.append(state, parts_->resources.threads);
}

std::uint64_t OpenStudy::runs() const {
  return parts_->study.runs();
}

std::uint64_t OpenStudy::batch() const {
  const std::uint64_t chunk = parts_->study.chunk_runs();
  return chunk / std::gcd(chunk, parts_->plan.replications);
}

StudyResult::Status OpenStudy::advance(std::uint64_t samples, bool keep_state) {
  return parts_->study.advance(samples * parts_->plan.replications, parts_->resources.threads, keep_state);
}

StudyResult::Status OpenStudy::advance_runs(std::uint64_t runs) {
  return parts_->study.advance(runs, parts_->resources.threads, false);
}

std::uint64_t OpenStudy::whole_chunks(std::uint64_t runs) const {
  const std::uint64_t chunk = parts_->study.chunk_runs();
  return runs / chunk * chunk;
}

std::vector<SummaryLine> OpenStudy::summary() {
  return parts_->study.summary();
}

StudyResult OpenStudy::result() {
  return parts_->study.result();
}

std::string OpenStudy::state(std::uint64_t& runs) {
  runs = parts_->study.state_runs();
  return parts_->study.state();
}

}  // namespace materiel::experiment
