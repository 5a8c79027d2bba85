#pragma once

#include <optional>
#include <string>

#include <materiel/store/file_batch.h>

#include "cli/interruption.h"

namespace materiel::cli {

/// A batch of files while it is written, of a command that keeps nothing when it is interrupted: an interruption clears
/// away what there is of it, and the directories that were made for it.
class OpenBatch {
 public:
  /// Opens the batch, which has to outlive this.
  OpenBatch(store::FileBatch& batch, const store::DirectoryPath& directory, const store::FileBatch::Check& check = {});

  /// Whether it could; the batch has the error.
  [[nodiscard]] bool is_open() const { return interruption_.has_value(); }

  /// Puts the files in their places: all of them, whatever signal comes.
  bool commit();

 private:
  store::FileBatch& batch_;
  std::optional<Interruption> interruption_;
};

}  // namespace materiel::cli
