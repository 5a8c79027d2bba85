#include <materiel/study/quantiles.h>

namespace materiel::study {

std::vector<model::ParameterQuantiles> parameter_quantiles(const Variant& variant) {
  constexpr std::uint64_t kSeed = 1;
  constexpr std::uint32_t kSamples = 10'000;
  return model::parameter_quantiles(*variant.model, kSeed, kSamples);
}

}  // namespace materiel::study
