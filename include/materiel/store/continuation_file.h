#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// continuation.bin: what each alternative of a study needs to go on from its end (experiment::OpenStudy::state).
namespace materiel::store {

struct ContinuationPart {
  std::string alternative;
  std::string state;
};

/// A part as it is somewhere.
struct ContinuationView {
  std::string_view alternative, state;
};

/// Writes the bytes of the file, in pieces, until one can't be written; then returns false too.
[[nodiscard]] bool write_continuation(const std::vector<ContinuationView>& parts,
                                      const std::function<bool(std::string_view)>& write);

/// Reads them back; nothing if they are no such file's, or not whole.
[[nodiscard]] std::optional<std::vector<ContinuationPart>> read_continuation(std::string_view bytes);

inline constexpr const char* kContinuationFile = "continuation.bin";

}  // namespace materiel::store
