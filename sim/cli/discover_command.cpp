#include <chrono>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>
#include <materiel/render/discovery_text.h>
#include <materiel/render/json_text.h>
#include <materiel/store/discovery_tables.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/output_directory.h>

#include "cli/build_facts.h"
#include "cli/discover_options.h"
#include "cli/discovery_event.h"
#include "cli/exit_codes.h"
#include "cli/interruption.h"
#include "cli/misplaced_argument.h"
#include "cli/open_batch.h"
#include "cli/requests.h"

namespace materiel::cli {
namespace {

/// One `materiel discover`.
class Discovery {
 public:
  Discovery(const DiscoverOptions& options, store::StudyRecord record, std::string alternative, Console& console)
      : options_(options),
        record_(std::move(record)),
        alternative_(std::move(alternative)),
        console_(console),
        path_(options.directory.empty() ? store::DirectoryPath(options.study, "discover") : options.directory),
        directory_(path_.text()) {}

  int run(const std::vector<std::string>& words) {
    const Interruption interruption(Interruption::Manner::at_once,
                                    [] { return std::string("interrupted; nothing was kept"); });
    started_ = std::chrono::steady_clock::now();
    record_.times.started = store::utc_now();
    record_.command = words;
    record_.identity.analysis = analysis();
    if (store::are_same_directory(options_.study, path_))
      return failed(fmt::format("{} holds the study itself: choose another directory with -o", directory_));
    const std::optional<EventTable> table = read_event(options_, record_, alternative_, console_);
    if (!table) return kUsage;
    const study::OutputDirectory place(path_, record_.identity, true, if_taken(true, options_.overwrite));
    if (!place.is_complete() && settle(place, "analysis", console_)) return kInternalError;
    unchanged_ = place.unchanged();
    search(*table);
    const int code = write(*table);
    if (code == kDone) place.remove_overwritten(record_, observer_of(console_));
    return code;
  }

 private:
  /// All that decides the files.
  [[nodiscard]] std::string analysis() const {
    const stats::PrimOptions& prim = options_.prim;
    return fmt::format(
        "discover --outcome {} --alternative {} --boxes {} --alpha {} --min-mass {} --min-density {} "
        "--max-p {}",
        shell_word(event_words(options_)), alternative_, options_.boxes, prim.alpha, prim.min_mass, prim.min_density,
        prim.max_p);
  }

  void search(const EventTable& table) {
    const stats::PrimTable prim{{table.columns.begin(), table.columns.end()}, table.outcome};
    found_ = stats::prim_boxes(prim, options_.prim, options_.boxes);
    for (stats::PrimFinding& found : found_) show_in_units(table, found.box);
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const stats::PrimFinding& found = found_[i];
      store::append_box_rows(table.subject, i + 1, found, boxes_);
      store::append_trajectory_rows(table.subject, i + 1, found, trajectory_);
      const double density = found.trajectory[found.chosen].quality.density;
      if (density < options_.prim.min_density)
        console_.warn(fmt::format("box {}: no box has a density of {}; the densest has {:.3f}", i + 1,
                                  options_.prim.min_density, density));
    }
    if (found_.front().quality.restricted == 0)
      console_.warn(
          "no box is better than all samples together: the event doesn't depend on the parameters, or not "
          "in a way that a box can tell");
    else if (found_.size() < options_.boxes)
      console_.info(fmt::format("{} of {} boxes: what is left has no denser one", found_.size(), options_.boxes));
  }

  /// The limits are found among values of the model, and shown in the units of the parameters.
  static void show_in_units(const EventTable& table, stats::PrimBox& box) {
    for (std::size_t p = 0; p < box.size(); ++p) {
      for (double* limit : {&box[p].lower, &box[p].upper})
        if (std::isfinite(*limit)) *limit = table.infos[p].in_shown_unit(*limit);
    }
  }

  int write(const EventTable& table) {
    store::FileBatch batch;
    const std::vector<render::NamedTable> files = {{"boxes.csv", boxes_}, {"trajectory.csv", trajectory_}};
    OpenBatch open(batch, path_, unchanged_);
    if (!open.is_open()) return failed(batch.error());
    for (const render::NamedTable& file : files)
      if (!batch.write(batch.create(file.name), file.csv)) return failed(batch.error());
    record_.times.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    record_.times.threads = 1;
    record_.build = build_facts();
    record_.host = store::this_host();
    if (!batch.finish()) return failed(batch.error());
    record_.files = batch.files();
    if (!batch.write(batch.create(store::kRecordFile), store::record_text(record_)) || !open.commit())
      return failed(batch.error());
    if (options_.json) {
      console_.print(render::tables_text(directory_, files));
    } else if (!options_.quiet) {
      console_.print(render::discovery_text(summary_of(table), found_));
      console_.print(fmt::format("into {}:\n", directory_));
      for (const render::NamedTable& file : files) console_.print("  " + file.name + "\n");
      console_.print(fmt::format("  {}\n", store::kRecordFile));
    }
    return kDone;
  }

  [[nodiscard]] render::DiscoverySummary summary_of(const EventTable& table) const {
    const double events = std::accumulate(table.outcome.begin(), table.outcome.end(), 0.0);
    return {Date::parse(record_.scenario.start).value_or(Date{}), table.subject, table.infos,
            events / static_cast<double>(table.outcome.size()), table.runs};
  }

  int failed(const std::string& what) {
    console_.error(what);
    return kInternalError;
  }

  const DiscoverOptions& options_;
  store::StudyRecord record_;
  std::string alternative_;
  Console& console_;
  store::DirectoryPath path_;
  std::string directory_;              // the same for messages
  store::FileBatch::Check unchanged_;  // since it was looked at
  std::chrono::steady_clock::time_point started_;
  std::vector<stats::PrimFinding> found_;
  std::string boxes_ = store::boxes_header(), trajectory_ = store::trajectory_header();
};

int refused(Console& console, const std::string& what) {
  console.error(what);
  return kUsage;
}

}  // namespace

int discover_command(const DiscoverOptions& options, const std::vector<std::string>& words, Console& console) {
  if (options.quiet) console.be_quiet();
  std::string error = scenario_for_study(options.study, "discover --outcome " + shell_word(options.outcome));
  if (!error.empty()) return refused(console, error);
  if (!store::Directory::open(options.study))
    return refused(console, fmt::format("{} is no directory: discover takes the directory of a study that 'materiel "
                                        "run' wrote",
                                        options.study));
  std::optional<store::StudyRecord> record = store::read_study_record(options.study, error);
  if (!record) return refused(console, error);
  if (!record->identity.analysis.empty())
    return refused(console, fmt::format("{} holds an analysis, whose runs are no sample of the parameters: discover "
                                        "needs the runs of 'materiel run'",
                                        options.study));
  std::string alternative = options.alternative;
  if (alternative.empty()) {
    const std::vector<std::string>& all = record->identity.alternatives;
    const bool has_base = store::missing_alternative(options.study, record->identity, "base").empty();
    alternative = has_base ? "base" : all.front();
    if (all.size() > 1)
      console.info(fmt::format("these are the runs of {}; choose others with --alternative", alternative));
  }
  const std::string missing = store::missing_alternative(options.study, record->identity, alternative);
  if (!missing.empty()) return refused(console, missing);
  return Discovery(options, std::move(*record), std::move(alternative), console).run(words);
}

}  // namespace materiel::cli
