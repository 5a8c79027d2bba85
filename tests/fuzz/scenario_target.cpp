// Any text is a scenario or a list of mistakes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <materiel/scenario/parse.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  (void)materiel::scenario::parse_text(text, "no-such-folder/fuzz.toml");
  return 0;
}
