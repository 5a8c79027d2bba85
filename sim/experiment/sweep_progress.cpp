#include <sstream>

#include <materiel/experiment/sweep_progress.h>

#include "experiment/bounded_load.h"

namespace materiel::experiment {

template <class Archive>
void save(Archive& archive, const RunFailure& one) {  // found by the archive
  archive(one.alternative, one.run, one.day, one.what);
}

template <class Archive>
void load(Archive& archive, RunFailure& one) {
  archive(one.alternative, one.run, one.day, one.what);
}

std::string sweep_progress_bytes(const SweepProgress& progress) {
  std::ostringstream stream;
  {
    cereal::PortableBinaryOutputArchive archive(stream);
    archive(progress.points, progress.runs, progress.failed, progress.events, progress.rows, progress.failures);
  }
  return stream.str();
}

SweepProgress read_sweep_progress(const std::string& bytes) {
  std::istringstream stream(bytes);
  cereal::PortableBinaryInputArchive archive(stream);
  SweepProgress progress;
  archive(progress.points, progress.runs, progress.failed, progress.events, progress.rows, progress.failures);
  return progress;
}

}  // namespace materiel::experiment
