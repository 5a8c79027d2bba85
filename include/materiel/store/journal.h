#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/store/file_batch.h>

/// What an unfinished study keeps beside its files, from which the same command resumes (docs/cli.md).
namespace materiel::store {

/// How far one alternative of a study had come.
struct JournalEntry {
  std::uint64_t sequence = 0;          ///< grows from entry to entry of a study; set by Journal::write()
  std::uint64_t runs = 0;              ///< that are done
  std::vector<std::uint64_t> targets;  ///< target sample size of each alternative
  std::vector<FilePosition> files;     ///< how far each file with its rows went, in an order that its command knows
  std::string state;                   ///< of the statistics (experiment::OpenStudy::state)
  std::string extra;                   ///< what else its command keeps
};

/// The entries of a study's alternatives: of each the last two, in files journal-I-0 and journal-I-1 that are written
/// in turn. An entry counts only if it is whole (SHA-256), so a write that was cut short leaves the one before.
class Journal {
 public:
  /// @param directory  that the files are in; has to outlive this
  explicit Journal(const Directory& directory) : directory_(directory) {}

  /// Looks for entries of that many alternatives.
  void read(std::size_t alternatives);

  /// Whether an alternative has an entry.
  [[nodiscard]] bool has(std::size_t alternative) const {
    return alternative < entries_.size() && !entries_[alternative].empty();
  }

  /// The runs of its newest entry; 0 if it has none.
  [[nodiscard]] std::uint64_t runs(std::size_t alternative) const {
    return has(alternative) ? entries_[alternative].front().runs : 0;
  }

  /// Takes out the newest entry of an alternative that `fits` accepts; nothing if it has none.
  [[nodiscard]] std::optional<JournalEntry> take(std::size_t alternative,
                                                 const std::function<bool(const JournalEntry&)>& fits);

  /// The target sample sizes of the newest entry of all; empty if there is none.
  [[nodiscard]] const std::vector<std::uint64_t>& targets() const { return targets_; }

  /// Puts an entry in the place of the last but one, down to the disk.
  /// @return false if it failed: error() says why, and the last entry still stands
  bool write(std::size_t alternative, JournalEntry entry);

  /// What was found damaged or can't be written, for the user; empty: nothing.
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  const Directory& directory_;
  std::string error_;
  std::uint64_t sequence_ = 0;
  std::vector<std::uint64_t> targets_;
  std::vector<std::vector<JournalEntry>> entries_;  // by alternative, the newest first
  std::vector<std::uint64_t> places_;               // by alternative: where its next entry goes
};

/// Reads the bytes of an entry's file; nothing if they are no such file's, or not whole.
[[nodiscard]] std::optional<JournalEntry> parse_journal(std::string_view bytes);

}  // namespace materiel::store
