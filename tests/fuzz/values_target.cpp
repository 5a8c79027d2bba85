// Any text is an expression or a mistake, a date or none, a value to write over another or none.
#include <cstddef>
#include <cstdint>
#include <string>

#include <materiel/base/date.h>
#include <materiel/scenario/parse.h>

#include "fuzz/small_scenario.h"

// The first byte chooses where the text goes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 1) return 0;
  const std::string text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  constexpr const char* kPaths[] = {"supply.plant.rate", "parameter.delay", "site.depot.stock.shell",
                                    "scenario.start",    "supply.plant",    "outcome.fuzz.value"};
  (void)materiel::Date::parse(text);
  (void)materiel::scenario::parse_text(fuzz::kSmallScenario, "fuzz.toml",
                                       {{kPaths[bytes[0] % std::size(kPaths)], text}});
  (void)materiel::scenario::parse_text(fuzz::kSmallScenario, "fuzz.toml", {{text, "7"}});
  return 0;
}
