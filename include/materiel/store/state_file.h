#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// continuation.bin: the state of the statistics at the end of each alternative, from which it is extended
/// (experiment::OpenStudy::state).
namespace materiel::store {

struct StatePart {
  std::string alternative;
  std::string state;
};

/// A part as it is somewhere.
struct StateView {
  std::string_view alternative, state;
};

/// Writes the bytes of the file, in pieces, until one can't be written; then returns false too.
[[nodiscard]] bool write_states(const std::vector<StateView>& parts,
                                const std::function<bool(std::string_view)>& write);

/// Reads them back; nothing if they are no such file's, or not whole.
[[nodiscard]] std::optional<std::vector<StatePart>> read_states(std::string_view bytes);

inline constexpr const char* kStateFile = "continuation.bin";

}  // namespace materiel::store
