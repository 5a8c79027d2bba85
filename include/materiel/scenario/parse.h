#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/result.h>
#include <materiel/scenario/override.h>
#include <materiel/scenario/spec.h>

namespace materiel::scenario {

/// The largest scenario file, bytes.
inline constexpr std::size_t kLargestFile = std::size_t{64} << 20;

/// A scenario, and warnings that don't stop it.
struct Parsed {
  Spec spec;
  Diagnostics warnings;
};

/// Reads a scenario file of at most 64 MiB. All mistakes are reported at once, up to 500 of them, sorted by place; only
/// a text that isn't TOML has but one. Mistakes in an override bear "--set PATH=VALUE" as their file and no place.
/// @param alternative  whose settings are written over the file's values, before the overrides; empty: none. All
///   alternatives of a file are checked whichever is asked for.
Result<Parsed> parse_file(const std::string& path, const std::vector<Override>& overrides = {},
                          const std::string& alternative = {});

/// Whose mistakes are looked for.
enum class Checked : std::uint8_t {
  all_alternatives,
  asked,  ///< that which is asked for alone, where all have been checked before: its Spec lists no alternatives
};

/// The text of a scenario, read as TOML once however many variants of it are made. Threads may share it.
class ScenarioText {
 public:
  /// @param file  its name in diagnostics
  ScenarioText(std::string_view text, std::string file);

  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] const std::string& file() const;

  /// As parse_text() of the text.
  [[nodiscard]] Result<Parsed> parse(const std::vector<Override>& overrides = {}, const std::string& alternative = {},
                                     Checked checked = Checked::all_alternatives) const;

 private:
  struct Reading;
  std::shared_ptr<const Reading> reading_;
};

/// The same from a text; `file` is its name in diagnostics.
Result<Parsed> parse_text(std::string_view text, const std::string& file, const std::vector<Override>& overrides = {},
                          const std::string& alternative = {}, Checked checked = Checked::all_alternatives);

}  // namespace materiel::scenario
