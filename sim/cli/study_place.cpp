#include "cli/study_place.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/report/interrupted_commit.h>

#include "cli/exit_codes.h"

namespace materiel::cli {

using State = report::DirectoryFinding::State;
using Unfinished = report::UnfinishedFinding::State;

StudyPlace::StudyPlace(report::DirectoryPath directory, const report::StudyIdentity& identity, bool changes,
                       const std::string& beside)
    : path_(std::move(directory)),
      directory_(path_.text()),
      completed_(changes && report::complete_commit(path_, identity)),
      state_(report::state_of_studies(path_)),
      finding_(report::inspect_study_directory(path_, identity, beside)),
      unfinished_(report::inspect_unfinished(path_, identity)) {}

bool StudyPlace::goes_on() const {
  return unfinished_.state == Unfinished::same;
}

std::optional<std::string> StudyPlace::blocked(bool replaces) const {
  if (unfinished_.state != Unfinished::other) return std::nullopt;
  if (replaces) return unfinished_.explanation;
  if (finding_.state == State::complete || finding_.state == State::taken) return std::nullopt;
  return unfinished_.explanation;
}

std::optional<int> StudyPlace::settle(const std::string& what, Console& console) const {
  if (const auto explanation = blocked()) {
    console.error(*explanation);
    return kInternalError;
  }
  switch (finding_.state) {
    case State::taken:
      console.error(finding_.explanation);
      return kInternalError;
    case State::complete: {
      clear_away();
      console.info(
          completed_ ? fmt::format("{}: this {} was done, and its last files are in their places now", directory_, what)
                     : fmt::format("{} holds this very {} already: nothing to do", directory_, what));
      const bool lacks = std::any_of(finding_.record->precision.begin(), finding_.record->precision.end(),
                                     [](const auto& f) { return !f.met; });
      return finding_.record->counts.failed > 0 ? kRunsFailed : lacks ? kNotPrecise : kDone;
    }
    case State::damaged:
      if (!goes_on())
        console.warn(fmt::format("{} holds this {}, but {}: running it again", directory_, what, finding_.explanation));
      return std::nullopt;
    case State::free:
      return std::nullopt;
  }
  return std::nullopt;
}

void StudyPlace::clear_away() const {
  if (unfinished_.state != Unfinished::other) report::clear_away_unfinished(path_);
}

report::FileBatch::Check StudyPlace::unchanged() const {
  return report::unchanged_since(state_);
}

std::string StudyPlace::words() const {
  if (blocked()) return "which is refused: it holds another study, unfinished";
  switch (finding_.state) {
    case State::complete:
      return "which holds this very study already";
    case State::damaged:
      return "which holds this study, with changed or missing files";
    case State::taken:
      return "which is refused";
    case State::free:
      break;
  }
  return goes_on() ? "which holds this study, unfinished: it goes on from there" : "which is free";
}

}  // namespace materiel::cli
