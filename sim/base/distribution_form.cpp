#include <array>

#include <materiel/base/distribution_form.h>
#include <materiel/base/special_numbers.h>

namespace materiel {
namespace {

using Argument = DistributionArgument;

constexpr Argument plain(std::string_view name) {
  return {.name = name};
}
constexpr Argument dated(std::string_view name) {
  return {.name = name, .has_dimension = true};
}
constexpr Argument optional(std::string_view name, double value, bool has_dimension) {
  return {.name = name, .has_default = true, .default_value = value, .has_dimension = has_dimension};
}
constexpr Argument list(std::string_view name, bool has_dimension) {
  return {.name = name, .is_list = true, .has_dimension = has_dimension};
}

constexpr std::array kConstant{dated("value")};
constexpr std::array kUniform{dated("min"), dated("max")};
constexpr std::array kTriangular{dated("min"), dated("mode"), dated("max")};
constexpr std::array kPert{dated("min"), dated("mode"), dated("max"), optional("shape", 4, false)};
constexpr std::array kNormal{dated("mean"), plain("sd"), optional("min", -kInfinity, true),
                             optional("max", kInfinity, true)};
constexpr std::array kMeanSd{plain("mean"), plain("sd")};
constexpr std::array kMeanCv{plain("mean"), plain("cv")};
constexpr std::array kMedianGsd{plain("median"), plain("gsd")};
constexpr std::array kP05P95{plain("p05"), plain("p95")};
constexpr std::array kMean{plain("mean")};
constexpr std::array kShapeScale{plain("shape"), plain("scale")};
constexpr std::array kBeta{plain("a"), plain("b"), optional("min", 0, true), optional("max", 1, true)};
constexpr std::array kNP{plain("n"), plain("p")};
constexpr std::array kMeanDispersion{plain("mean"), plain("dispersion")};
constexpr std::array kP{plain("p")};
constexpr std::array kValuesWeights{list("values", true), list("weights", false)};
constexpr std::array kValues{list("values", true)};
constexpr std::array kQuantiles{list("p", false), list("x", true)};

using Form = DistributionForm;
constexpr std::array<DistributionFormInfo, 21> kForms{{
    {Form::constant, "constant", kConstant},
    {Form::uniform, "uniform", kUniform},
    {Form::triangular, "triangular", kTriangular},
    {Form::pert, "pert", kPert},
    {Form::normal, "normal", kNormal},
    {Form::lognormal_mean_sd, "lognormal", kMeanSd},
    {Form::lognormal_mean_cv, "lognormal", kMeanCv},
    {Form::lognormal_median_gsd, "lognormal", kMedianGsd},
    {Form::lognormal_p05_p95, "lognormal", kP05P95},
    {Form::exponential, "exponential", kMean},
    {Form::gamma, "gamma", kMeanCv},
    {Form::weibull, "weibull", kShapeScale},
    {Form::beta, "beta", kBeta},
    {Form::poisson, "poisson", kMean},
    {Form::binomial, "binomial", kNP},
    {Form::negative_binomial, "negative_binomial", kMeanDispersion},
    {Form::geometric, "geometric", kP},
    {Form::bernoulli, "bernoulli", kP},
    {Form::discrete, "discrete", kValuesWeights},
    {Form::empirical, "empirical", kValues},
    {Form::quantiles, "quantiles", kQuantiles},
}};

}  // namespace

std::span<const DistributionFormInfo> distribution_forms() {
  return kForms;
}

const DistributionFormInfo& form_info(DistributionForm form) {
  return kForms[static_cast<std::size_t>(form)];
}

}  // namespace materiel
