// Any scenario that compiles runs to its end, or fails with a reason.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <materiel/model/model.h>
#include <materiel/model/replicator.h>
#include <materiel/scenario/parse.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::size_t kMostCells = 200'000;  // larger ones are as good, but slow
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto parsed = materiel::scenario::parse_text(text, "no-such-folder/fuzz.toml");
  if (!parsed.ok()) return 0;
  const auto compiled = materiel::model::compile(parsed.value().spec);
  if (!compiled.ok()) return 0;
  const auto& model = *compiled.value().model;
  const std::size_t cells = model.metrics().size() * model.observation_days().size();
  if (cells > kMostCells) return 0;
  materiel::model::Replicator replicator(compiled.value().model, {2000});
  std::vector<double> observations(cells), outcomes(model.outcomes().size());
  for (std::uint32_t sample = 0; sample < 2; ++sample) {
    replicator.set_sample(7, sample);
    const auto report = replicator.run(0, observations, outcomes);
    if (!report.ok && report.failure.find("unaccounted") != std::string::npos) __builtin_trap();
  }
  return 0;
}
