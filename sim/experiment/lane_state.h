#pragma once

#include <sstream>
#include <string>
#include <string_view>

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

namespace materiel::experiment {

using StateWriter = cereal::PortableBinaryOutputArchive;
using StateReader = cereal::PortableBinaryInputArchive;

/// Zstandard, quickest level, with a checksum.
[[nodiscard]] std::string compressed(std::string_view text);
/// @throws std::runtime_error if it isn't what compressed() made
[[nodiscard]] std::string decompressed(std::string_view bytes);

/// What `save` writes into an archive, compressed. Equal on every machine.
template <class Save>
std::string saved_state(Save&& save) {
  std::ostringstream stream;
  StateWriter archive(stream);
  save(archive);
  return compressed(stream.view());
}

/// Lets `load` read what a `save` wrote.
/// @throws std::exception if that isn't there
template <class Load>
void load_state(std::string_view state, Load&& load) {
  std::istringstream stream(decompressed(state));
  StateReader archive(stream);
  load(archive);
}

}  // namespace materiel::experiment
