#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/discover.h>

#include "study/discovery_event.h"
#include "study/stored_analysis.h"

namespace materiel::study {
namespace {

/// What is wrong with a request, whatever the study is; empty if nothing is.
std::string mistake_in(const DiscoverRequest& request) {
  const stats::PrimOptions& prim = request.prim;
  const auto is_inner = [](double x) { return x > 0 && x < 1; };
  const auto is_share = [](double x) { return x >= 0 && x <= 1; };
  if (!is_inner(prim.alpha)) return "the share of a box that one peel removes is between 0 and 1";
  if (!is_inner(prim.min_mass)) return "the smallest mass of a box is between 0 and 1";
  if (!is_share(prim.min_density)) return "the smallest density of a box is from 0 to 1";
  if (!is_share(prim.max_p)) return "the largest quasi p-value is from 0 to 1";
  if (request.boxes == 0) return "at least one box is looked for";
  const std::optional<EventThreshold>& limit = request.event.threshold;
  if (limit && (limit->is_share ? !is_inner(limit->value) : !std::isfinite(limit->value)))
    return "a threshold is a number, or a quantile between 0 and 1";
  return {};
}

/// One request.
class Discovery {
 public:
  Discovery(const DiscoverRequest& request, store::StudyRecord record, std::string alternative,
            const Observer& observer)
      : request_(request),
        alternative_(std::move(alternative)),
        observer_(observer),
        files_(request.study, std::move(record), request.store, request.caller, observer) {}

  Expected<DiscoverResult> run() {
    const Interruptible interruptible(observer_, ProcessEnd::Manner::at_once,
                                      [] { return std::string("interrupted; nothing was kept"); });
    if (std::optional<Error> error = files_.identify(identity())) return *std::move(error);
    const Expected<EventTable> table = read_event(request_, files_.record(), alternative_, observer_);
    if (!table) return table.error();
    const Expected<bool> to_write = files_.settle(false);
    if (!to_write) return to_write.error();
    if (observer_.is_stopped()) return nothing_kept(observer_);
    search(*table);
    if (observer_.is_stopped()) return nothing_kept(observer_);
    describe(*table);
    if (!*to_write) {
      result_.state = DiscoverResult::State::complete;
    } else if (std::optional<Error> error =
                   files_.write({{"boxes.csv", &result_.boxes_csv}, {"trajectory.csv", &result_.trajectory_csv}})) {
      return *std::move(error);
    }
    result_.record = files_.record();
    return std::move(result_);
  }

 private:
  /// All that decides the files.
  [[nodiscard]] store::AnalysisIdentity identity() const {
    const stats::PrimOptions& prim = request_.prim;
    store::AnalysisIdentity identity{.kind = store::AnalysisIdentity::Kind::discovery};
    identity.set("event", event_words(request_.event));
    identity.set("alternative", alternative_);
    identity.set("boxes", std::to_string(request_.boxes));
    identity.set("alpha", number_text(prim.alpha));
    identity.set("min_mass", number_text(prim.min_mass));
    identity.set("min_density", number_text(prim.min_density));
    identity.set("max_p", number_text(prim.max_p));
    return identity;
  }

  void search(const EventTable& table) {
    const stats::PrimTable prim{{table.columns.begin(), table.columns.end()}, table.outcome};
    std::vector<stats::PrimFinding>& boxes = result_.boxes;
    boxes = stats::prim_boxes(prim, request_.prim, request_.boxes);
    result_.boxes_csv = store::boxes_header();
    result_.trajectory_csv = store::trajectory_header();
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      stats::PrimFinding& found = boxes[i];
      show_in_units(table, found.box);
      store::append_box_rows(table.subject, i + 1, found, result_.boxes_csv);
      store::append_trajectory_rows(table.subject, i + 1, found, result_.trajectory_csv);
      const double density = found.trajectory[found.chosen].quality.density;
      if (density < request_.prim.min_density)
        observer_.warn(fmt::format("box {}: no box has a density of {}; the densest has {:.3f}", i + 1,
                                   request_.prim.min_density, density));
    }
    if (boxes.front().quality.restricted == 0)
      observer_.warn(
          "no box is better than all samples together: the event doesn't depend on the parameters, or not "
          "in a way that a box can tell");
    else if (boxes.size() < request_.boxes)
      observer_.info(fmt::format("{} of {} boxes: what is left has no denser one", boxes.size(), request_.boxes));
  }

  /// The limits are found among values of the model, and shown in the units of the parameters.
  static void show_in_units(const EventTable& table, stats::PrimBox& box) {
    for (std::size_t p = 0; p < box.size(); ++p) {
      for (double* limit : {&box[p].lower, &box[p].upper})
        if (std::isfinite(*limit)) *limit = table.infos[p].in_shown_unit(*limit);
    }
  }

  void describe(const EventTable& table) {
    result_.start = Date::parse(files_.record().scenario.start).value_or(Date{});
    result_.subject = table.subject;
    result_.infos = table.infos;
    result_.runs = table.runs;
    const double events = std::accumulate(table.outcome.begin(), table.outcome.end(), 0.0);
    result_.share = events / static_cast<double>(table.outcome.size());
  }

  const DiscoverRequest& request_;
  std::string alternative_;
  const Observer& observer_;
  AnalysisFiles files_;
  DiscoverResult result_;
};

}  // namespace

Expected<DiscoverResult> discover(const DiscoverRequest& request, const Observer& observer) {
  if (std::string mistake = mistake_in(request); !mistake.empty())
    return Error{Error::Code::invalid_request, std::move(mistake)};
  Expected<store::StudyRecord> record = sampled_study(request.study, "discover");
  if (!record) return record.error();
  std::string alternative = request.alternative.empty() ? usual_alternative(record->identity) : request.alternative;
  std::string missing = store::missing_alternative(request.study, record->identity, alternative);
  if (!missing.empty()) return Error{Error::Code::invalid_request, std::move(missing)};
  return Discovery(request, *std::move(record), std::move(alternative), observer).run();
}

}  // namespace materiel::study
