#include <string>

#include <materiel/study/open_batch.h>

namespace materiel::study {

OpenBatch::OpenBatch(store::FileBatch& batch, const store::DirectoryPath& directory, const Observer& observer,
                     const store::FileBatch::Check& check)
    : batch_(batch), observer_(observer) {
  const Whole whole(observer_);
  if (!batch_.open(directory, check)) return;
  interruptible_.emplace(observer_, ProcessEnd::Manner::at_once, [this] {
    batch_.clear_away();
    return std::string("interrupted; nothing was kept");
  });
}

bool OpenBatch::commit() {
  if (!batch_.finish()) return false;  // what takes time
  const Whole whole(observer_);
  if (!batch_.commit()) return false;
  interruptible_.reset();
  return true;
}

}  // namespace materiel::study
