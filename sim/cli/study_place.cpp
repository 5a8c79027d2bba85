#include "cli/study_place.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/shell_words.h>
#include <materiel/base/text.h>
#include <materiel/store/interrupted_commit.h>

#include "cli/exit_codes.h"

namespace materiel::cli {

using State = store::DirectoryFinding::State;
using Unfinished = store::UnfinishedFinding::State;

IfTaken if_taken(bool has_output, bool overwrites) {
  if (overwrites) return IfTaken::overwrite;
  return has_output ? IfTaken::refuse : IfTaken::move_aside;
}

StudyPlace::StudyPlace(store::DirectoryPath directory, const store::StudyIdentity& identity, bool changes,
                       IfTaken if_taken, const std::string& beside)
    : path_(std::move(directory)), directory_(path_.text()), if_taken_(if_taken) {
  if (if_taken == IfTaken::move_aside) earlier_.emplace(directory_, identity);
  if (earlier_ && changes) earlier_->make_way();
  completed_ = changes && store::complete_commit(path_, identity);
  state_ = store::state_of_studies(path_);
  finding_ = store::inspect_study_directory(path_, identity, beside);
  unfinished_ = store::inspect_unfinished(path_, identity);
}

bool StudyPlace::goes_on() const {
  return unfinished_.state == Unfinished::same;
}

/// Whether another study is moved aside or overwritten.
bool StudyPlace::gives_way() const {
  return if_taken_ == IfTaken::overwrite || (earlier_ && earlier_->exists());
}

std::optional<std::string> StudyPlace::blocked(bool replaces) const {
  if (unfinished_.state != Unfinished::other || (gives_way() && unfinished_.record)) return std::nullopt;
  if (replaces) return unfinished_.explanation;
  if (finding_.state == State::complete || finding_.state == State::taken) return std::nullopt;
  return unfinished_.explanation;
}

std::optional<std::string> StudyPlace::refused() const {
  if (earlier_ && !earlier_->error().empty()) return earlier_->error();
  if (auto explanation = blocked()) return explanation;
  if (finding_.state != State::taken || (gives_way() && finding_.record)) return std::nullopt;
  return finding_.explanation;
}

std::optional<int> StudyPlace::settle(const std::string& what, Console& console) const {
  if (earlier_ && !earlier_->words().empty()) console.info(earlier_->words());
  if (const auto explanation = refused()) {
    console.error(*explanation);
    return kInternalError;
  }
  switch (finding_.state) {
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
    case State::taken:
      console.info(fmt::format("the study in {} is replaced when this {} is complete", directory_, what));
      return std::nullopt;
    case State::free:
      return std::nullopt;
  }
  return std::nullopt;
}

void StudyPlace::clear_away() const {
  if (unfinished_.state != Unfinished::other) store::clear_away_unfinished(path_, unchanged());
}

store::FileBatch::Check StudyPlace::unchanged() const {
  return store::unchanged_since(state_);
}

void StudyPlace::remove_overwritten(const store::StudyRecord& now, Console& console) const {
  if (if_taken_ != IfTaken::overwrite || finding_.state != State::taken || !finding_.record) return;
  const std::optional<store::Directory> place = store::Directory::open(path_);
  if (!place) return;
  for (const store::FileBatch::File& old : finding_.record->files) {
    const auto same = [&](const store::FileBatch::File& file) { return file.name == old.name; };
    if (std::any_of(now.files.begin(), now.files.end(), same)) continue;
    if (place->sha256(old.name) == old.sha256) (void)place->remove(old.name);
  }
  if (place->kind("figures") != store::Directory::Kind::none)
    console.warn(
        fmt::format("the figures in {0}/figures are those of the study that was replaced: draw them again with "
                    "{1}",
                    directory_, shell_command({"materiel", "plot", path_argument(directory_)})));
}

std::string StudyPlace::words() const {
  if (blocked()) return "which is refused: it holds another study, unfinished";
  switch (finding_.state) {
    case State::complete:
      return "which holds this very study already";
    case State::damaged:
      return "which holds this study, with changed or missing files";
    case State::taken:
      if (refused()) return "which is refused";
      break;
    case State::free:
      break;
  }
  if (goes_on()) return "which holds this study, unfinished: it goes on from there";
  if (if_taken_ == IfTaken::overwrite && finding_.record) return "whose study is replaced";
  if (earlier_ && earlier_->exists()) return fmt::format("whose study is moved to {}", earlier_->destination());
  return "which is free";
}

}  // namespace materiel::cli
