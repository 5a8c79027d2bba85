#pragma once

#include <optional>

#include <materiel/store/file_batch.h>
#include <materiel/study/observer.h>

namespace materiel::study {

/// A batch of files while it is written by a request that keeps nothing when it is interrupted: a program that ends
/// clears away what there is of it, and the directories that were made for it.
class OpenBatch {
 public:
  /// Opens the batch, which has to outlive this.
  OpenBatch(store::FileBatch& batch, const store::DirectoryPath& directory, const Observer& observer,
            const store::FileBatch::Check& check = {});

  /// Whether it could; the batch has the error.
  [[nodiscard]] bool is_open() const { return interruptible_.has_value(); }

  /// Puts the files in their places: all of them, whatever comes.
  bool commit();

 private:
  store::FileBatch& batch_;
  Observer observer_;
  std::optional<Interruptible> interruptible_;
};

}  // namespace materiel::study
