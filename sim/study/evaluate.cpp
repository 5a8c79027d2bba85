#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include <materiel/base/special_numbers.h>
#include <materiel/model/replicator.h>
#include <materiel/study/evaluate.h>

#include "study/evaluation_columns.h"

namespace materiel::study {
namespace {

/// One evaluation: its runs are numbered row by row and handed out to the threads in blocks.
class Evaluation {
 public:
  Evaluation(const EvaluationRequest& request, EvaluationColumns columns, const Observer& observer)
      : request_(request), columns_(std::move(columns)), observer_(observer) {
    const auto design = std::make_shared<model::SampleDesign>();
    design->parameters = columns_.parameters;
    design->numbers = request.values;
    design->scale = request.scale;
    design->chance = request.samples;
    if (!columns_.parameters.empty() || !request.samples.empty()) design_ = design;
    for (const std::size_t outcome : columns_.outcomes)
      result_.outcomes.push_back(request.model->outcomes()[outcome].name);
    result_.rows = request.rows;
    result_.replications = request.replications;
    result_.values.assign(runs() * columns_.outcomes.size(), kMissing);
  }

  Expected<EvaluationResult> run(unsigned threads) {
    block_ = std::clamp<std::uint64_t>(runs() / std::max(threads, 1U) / kBlocksPerThread, 1, kMostInBlock);
    const std::uint64_t workers = std::clamp<std::uint64_t>(threads, 1, std::max<std::uint64_t>(runs() / block_, 1));
    {
      std::vector<std::jthread> others;
      try {
        for (std::uint64_t i = 1; i < workers; ++i) others.emplace_back([this] { work(false); });
      } catch (const std::system_error&) {  // the machine grants no more: those that run do the work
      }
      work(true);
    }
    if (failure_) std::rethrow_exception(failure_);
    if (is_stopped_) return Error{Error::Code::interrupted, "interrupted", {}};
    std::sort(result_.failures.begin(), result_.failures.end(), [](const auto& a, const auto& b) {
      return std::pair(a.row, a.replication) < std::pair(b.row, b.replication);
    });
    return std::move(result_);
  }

 private:
  static constexpr std::uint64_t kBlocksPerThread = 16;
  static constexpr std::uint64_t kMostInBlock = 64;

  [[nodiscard]] std::uint64_t runs() const { return request_.rows * request_.replications; }

  void work(bool is_caller) {
    try {
      run_blocks(is_caller);
    } catch (...) {
      is_abandoned_ = true;
      const std::lock_guard lock(ending_);
      if (!failure_) failure_ = std::current_exception();
    }
  }

  void run_blocks(bool is_caller) {
    model::Replicator replicator(request_.model, {request_.max_events, observer_.stop_requested}, design_);
    std::vector<double> outcomes(request_.model->outcomes().size());
    for (;;) {
      const std::uint64_t first = next_.fetch_add(block_);
      if (first >= runs()) return;
      const std::uint64_t end = std::min(first + block_, runs());
      for (std::uint64_t run = first; run < end; ++run)
        if (!run_once(replicator, run, outcomes)) return;
      done_ += end - first;
      if (is_caller && observer_.progress) observer_.progress({done_, runs()});
    }
  }

  /// @return false if it was stopped
  bool run_once(model::Replicator& replicator, std::uint64_t run, std::vector<double>& outcomes) {
    if (is_abandoned_) return false;
    if (observer_.stop_requested && observer_.stop_requested->load()) return stop();
    const std::uint64_t row = run / request_.replications, replication = run % request_.replications;
    const std::uint64_t seed = request_.seeds[request_.seeds.size() == 1 ? 0 : row];
    replicator.set_sample(seed, static_cast<std::uint32_t>(row));
    const model::ReplicationReport report = replicator.run(static_cast<std::uint32_t>(replication), {}, outcomes);
    if (report.stopped) return stop();
    if (!report.ok) {
      const std::lock_guard lock(ending_);
      result_.failures.push_back({row, replication, report.failed_at, report.failure});
      return true;
    }
    double* to = result_.values.data() + run * columns_.outcomes.size();
    for (const std::size_t column : columns_.outcomes) *to++ = outcomes[column];
    return true;
  }

  bool stop() {
    is_stopped_ = true;
    return false;
  }

  const EvaluationRequest& request_;
  EvaluationColumns columns_;
  const Observer& observer_;
  std::shared_ptr<const model::SampleDesign> design_;
  EvaluationResult result_;
  std::uint64_t block_ = 1;
  std::atomic<std::uint64_t> next_ = 0, done_ = 0;
  std::atomic<bool> is_stopped_ = false;    // as was asked
  std::atomic<bool> is_abandoned_ = false;  // because something was thrown
  std::mutex ending_;                       // guards the failures
  std::exception_ptr failure_;
};

}  // namespace

Expected<EvaluationResult> evaluate(const EvaluationRequest& request, const EvaluationResources& resources,
                                    const Observer& observer) {
  Expected<EvaluationColumns> columns = check_evaluation(request);
  if (!columns) return columns.error();
  return Evaluation(request, *std::move(columns), observer).run(resources.threads);
}

}  // namespace materiel::study
