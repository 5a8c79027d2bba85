#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <materiel/base/read_count.h>
#include <materiel/store/directory.h>
#include <materiel/store/directory_lock.h>
#include <materiel/store/study_directory.h>
#include <materiel/study/earlier_study.h>

namespace materiel::study {
namespace {

using store::Directory;
using Unfinished = store::UnfinishedFinding::State;

constexpr std::uint64_t kMostNumber = 1'000'000'000;

/// The directory in which that of the study lies, and its name there.
struct Beside {
  std::string parent, name;
};

Beside beside(const std::string& directory) {
  const std::size_t slash = directory.rfind('/');
  return slash == std::string::npos ? Beside{".", directory}
                                    : Beside{directory.substr(0, slash), directory.substr(slash + 1)};
}

std::string numbered(const std::string& directory, std::uint64_t number) {
  return fmt::format("{}-{}", directory, number);
}

/// The numbers of the directories that lie beside it, ascending.
std::vector<std::uint64_t> numbers_beside(const std::string& directory) {
  const Beside place = beside(directory);
  const std::string beginning = place.name + "-";
  std::vector<std::uint64_t> numbers;
  std::vector<std::string> names;
  const std::optional<Directory> parent = Directory::open(place.parent);
  if (parent && parent->list(names) != 0) names.clear();
  for (const std::string& name : names) {
    if (!name.starts_with(beginning)) continue;
    const auto number = read_count(name.substr(beginning.size()), 1, kMostNumber);
    if (number && name == beginning + std::to_string(*number)) numbers.push_back(*number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

/// The study that the directory holds, complete or not, if it is another one.
std::optional<store::StudyRecord> other_study(const std::string& directory, const store::StudyIdentity& now) {
  const Beside place = beside(directory);
  const std::optional<Directory> parent = Directory::open(place.parent);
  if (!parent || parent->kind(place.name) != Directory::Kind::directory) return std::nullopt;
  store::UnfinishedFinding unfinished = store::inspect_unfinished(directory, now);
  if (unfinished.state == Unfinished::same) return std::nullopt;
  if (!store::has_study_file(directory, store::kRecordFile)) return std::move(unfinished.record);
  std::string unreadable;
  std::optional<store::StudyRecord> complete = store::read_study_record(directory, unreadable);
  if (!complete || store::is_same_study(complete->identity, now)) return std::nullopt;
  return complete;
}

bool holds(const std::string& directory, const store::StudyIdentity& now) {
  if (store::inspect_unfinished(directory, now).state == Unfinished::same) return true;
  std::string unreadable;
  const auto complete = store::read_study_record(directory, unreadable);
  return complete && store::is_same_study(complete->identity, now);
}

}  // namespace

EarlierStudy::EarlierStudy(std::string directory, const store::StudyIdentity& now)
    : directory_(std::move(directory)), now_(now), there_(other_study(directory_, now)) {}

EarlierStudy::~EarlierStudy() {
  if (moved_to_.empty()) return;
  const Beside place = beside(directory_);
  const std::optional<Directory> parent = Directory::open(place.parent);
  if (parent) (void)parent->move_directory_to_free_name(beside(moved_to_).name, place.name);
}

std::string EarlierStudy::destination() const {
  if (!moved_to_.empty()) return moved_to_;
  const std::vector<std::uint64_t> numbers = numbers_beside(directory_);
  return numbered(directory_, numbers.empty() ? 1 : numbers.back() + 1);
}

void EarlierStudy::make_way() {
  if (!there_) return;
  const std::optional<Directory> there = Directory::open(directory_);
  if (!there) return;  // removed meanwhile, or the write reports the reason
  store::DirectoryLock lock;
  const store::DirectoryLock::Outcome outcome = lock.take(*there);
  if (outcome == store::DirectoryLock::Outcome::failed) return;  // the write reports the reason
  if (outcome == store::DirectoryLock::Outcome::taken) {
    error_ = fmt::format("another process is writing into {}", directory_);
    return;
  }
  there_ = other_study(directory_, now_);  // now that nobody changes it
  if (!there_) return;
  const std::vector<std::uint64_t> numbers = numbers_beside(directory_);
  const auto same = std::find_if(numbers.rbegin(), numbers.rend(),
                                 [&](std::uint64_t number) { return holds(numbered(directory_, number), now_); });
  if (same == numbers.rend() || !exchange(*same)) move(numbers.empty() ? 1 : numbers.back() + 1);
}

bool EarlierStudy::exchange(std::uint64_t number) {
  const std::string other = numbered(directory_, number);
  const Beside place = beside(directory_);
  const std::optional<Directory> parent = Directory::open(place.parent), there = Directory::open(other);
  store::DirectoryLock lock;
  if (!parent || !there || lock.take(*there) != store::DirectoryLock::Outcome::locked) return false;
  if (parent->exchange(place.name, *parent, beside(other).name) != 0) return false;
  words_ = fmt::format("{} held this study already, and {} another one, which differs in {}: they have changed places",
                       other, directory_, store::difference_of(there_->identity, now_));
  return true;
}

void EarlierStudy::move(std::uint64_t number) {
  const Beside place = beside(directory_);
  int reason = 0;
  const std::optional<Directory> parent = Directory::open(place.parent, reason);
  std::string to = numbered(directory_, number);
  if (parent) {
    while ((reason = parent->move_directory_to_free_name(place.name, beside(to).name)) == EEXIST)
      to = numbered(directory_, ++number);
  }
  if (reason != 0) {
    error_ = fmt::format("cannot move {} to {}: {}", directory_, to, Directory::why(reason));
    return;
  }
  moved_to_ = to;
  words_ = fmt::format("{} held another study, which differs in {}: that is in {} now", directory_,
                       store::difference_of(there_->identity, now_), to);
}

}  // namespace materiel::study
