#include "cli/open_batch.h"

namespace materiel::cli {

OpenBatch::OpenBatch(store::FileBatch& batch, const store::DirectoryPath& directory,
                     const store::FileBatch::Check& check)
    : batch_(batch) {
  const Unbroken whole;
  if (!batch_.open(directory, check)) return;
  interruption_.emplace(Interruption::Manner::at_once, [this] {
    batch_.clear_away();
    return std::string("interrupted; nothing was kept");
  });
}

bool OpenBatch::commit() {
  if (!batch_.finish()) return false;  // what takes time
  const Unbroken whole;
  if (!batch_.commit()) return false;
  interruption_.reset();
  return true;
}

}  // namespace materiel::cli
