#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/text.h>
#include <materiel/store/interrupted_commit.h>
#include <materiel/study/output_directory.h>

namespace materiel::study {

using State = store::DirectoryFinding::State;
using UnfinishedState = store::UnfinishedFinding::State;

OutputDirectory::OutputDirectory(store::DirectoryPath directory, const store::StudyIdentity& identity, bool changes,
                                 IfTaken if_taken, const std::string& beside)
    : path_(std::move(directory)), directory_(path_.text()), if_taken_(if_taken) {
  if (if_taken == IfTaken::move_aside) earlier_.emplace(directory_, identity);
  if (earlier_ && changes) earlier_->make_way();
  completed_ = changes && store::complete_commit(path_, identity);
  state_ = store::state_of_studies(path_);
  finding_ = store::inspect_study_directory(path_, identity, beside);
  unfinished_ = store::inspect_unfinished(path_, identity);
}

bool OutputDirectory::is_unfinished() const {
  return unfinished_.state == UnfinishedState::same;
}

/// Whether another study is moved aside or overwritten.
bool OutputDirectory::gives_way() const {
  return if_taken_ == IfTaken::overwrite || (earlier_ && earlier_->exists());
}

std::optional<std::string> OutputDirectory::blocked(bool replaces) const {
  if (unfinished_.state != UnfinishedState::other || (gives_way() && unfinished_.record)) return std::nullopt;
  if (replaces) return unfinished_.explanation;
  if (finding_.state == State::complete || finding_.state == State::taken) return std::nullopt;
  return unfinished_.explanation;
}

std::optional<std::string> OutputDirectory::refused() const {
  if (earlier_ && !earlier_->error().empty()) return earlier_->error();
  if (auto explanation = blocked()) return explanation;
  if (finding_.state != State::taken || (gives_way() && finding_.record)) return std::nullopt;
  return finding_.explanation;
}

Expected<bool> OutputDirectory::settle(const std::string& what, const Observer& observer) const {
  if (earlier_ && !earlier_->words().empty()) observer.info(earlier_->words());
  if (const auto explanation = refused()) {
    const bool extendable = finding_.extendable && explanation == finding_.explanation;
    return Error{extendable ? Error::Code::extendable : Error::Code::refused, *explanation};
  }
  switch (finding_.state) {
    case State::complete: {
      clear_away();
      observer.info(
          completed_ ? fmt::format("{}: this {} was done, and its last files are in their places now", directory_, what)
                     : fmt::format("{} holds this very {} already: nothing to do", directory_, what));
      return false;
    }
    case State::damaged:
      if (!is_unfinished())
        observer.warn(
            fmt::format("{} holds this {}, but {}: running it again", directory_, what, finding_.explanation));
      return true;
    case State::taken:
      observer.info(fmt::format("the study in {} is replaced when this {} is complete", directory_, what));
      return true;
    case State::free:
      return true;
  }
  return true;
}

void OutputDirectory::clear_away() const {
  if (unfinished_.state != UnfinishedState::other) store::clear_away_unfinished(path_, unchanged());
}

store::FileBatch::Check OutputDirectory::unchanged() const {
  return store::unchanged_since(state_);
}

void OutputDirectory::remove_overwritten(const store::StudyRecord& now, const Observer& observer) const {
  if (if_taken_ != IfTaken::overwrite || finding_.state != State::taken || !finding_.record) return;
  const std::optional<store::Directory> folder = store::Directory::open(path_);
  if (!folder) return;
  for (const store::FileBatch::File& old : finding_.record->files) {
    const auto same = [&](const store::FileBatch::File& file) { return file.name == old.name; };
    if (std::any_of(now.files.begin(), now.files.end(), same)) continue;
    if (folder->sha256(old.name) == old.sha256) (void)folder->remove(old.name);
  }
  if (folder->kind("figures") != store::Directory::Kind::none)
    observer.warn(
        fmt::format("the figures in {}/figures are those of the study that was replaced: draw them again", directory_));
}

std::string OutputDirectory::words() const {
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
  if (is_unfinished()) return "which holds this study, unfinished: it resumes there";
  if (if_taken_ == IfTaken::overwrite && finding_.record) return "whose study is replaced";
  if (earlier_ && earlier_->exists()) return fmt::format("whose study is moved to {}", earlier_->destination());
  return "which is free";
}

}  // namespace materiel::study
