#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <materiel/store/study_record.h>

namespace materiel::study {

/// Another study in the directory that a study without -o goes to. It makes way, so that a scenario can be changed and
/// run again: out/NAME becomes out/NAME-1, the next one out/NAME-2, and out/NAME is always the latest.
class EarlierStudy {
 public:
  /// Looks, and changes nothing.
  EarlierStudy(std::string directory, const store::StudyIdentity& now);
  EarlierStudy(const EarlierStudy&) = delete;
  EarlierStudy& operator=(const EarlierStudy&) = delete;
  /// Moves it back if nothing stands in its place.
  ~EarlierStudy();

  [[nodiscard]] bool exists() const { return there_.has_value(); }

  /// Moves it, unless another process is at work in the directory. If a numbered directory holds the very study that is
  /// wanted now, the two change places.
  void make_way();

  /// What was done, for the user; empty: nothing.
  [[nodiscard]] const std::string& words() const { return words_; }
  /// Why it could not be moved; empty if it could.
  [[nodiscard]] const std::string& error() const { return error_; }
  /// Where it goes, or went.
  [[nodiscard]] std::string destination() const;

 private:
  [[nodiscard]] bool exchange(std::uint64_t number);
  void move(std::uint64_t number);

  std::string directory_;
  store::StudyIdentity now_;
  std::optional<store::StudyRecord> there_;
  std::string moved_to_;
  std::string words_, error_;
};

}  // namespace materiel::study
