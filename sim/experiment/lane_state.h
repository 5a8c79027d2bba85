#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <string_view>

#include "experiment/bounded_load.h"
#include "experiment/compressed_stream.h"

namespace materiel::experiment {

using StateWriter = cereal::PortableBinaryOutputArchive;
using StateReader = cereal::PortableBinaryInputArchive;

/// What `save` writes into an archive, compressed. Equal on every machine.
template <class Save>
std::string saved_state(Save&& save) {
  CompressingStream compressing;
  std::ostream stream(&compressing);
  stream.exceptions(std::ios::badbit);
  {
    StateWriter archive(stream);
    save(archive);
  }
  return compressing.finish();
}

/// Lets `load` read what a `save` wrote.
/// @throws std::exception if that isn't there
template <class Load>
void load_state(std::string_view state, Load&& load) {
  DecompressingStream decompressing(state);
  std::istream stream(&decompressing);
  StateReader archive(stream);
  load(archive);
}

}  // namespace materiel::experiment
