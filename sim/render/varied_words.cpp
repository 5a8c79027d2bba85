#include <algorithm>
#include <string_view>

#include <materiel/render/varied_words.h>

namespace materiel::render {
namespace {

constexpr std::string_view kParameter = "parameter.";

const model::ParameterInfo* parameter_of(const std::string& path, const std::vector<model::ParameterInfo>& parameters) {
  if (!path.starts_with(kParameter)) return nullptr;
  const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const model::ParameterInfo& one) {
    return one.name == path.substr(kParameter.size());
  });
  return found == parameters.end() ? nullptr : &*found;
}

/// Dates stand as they are, without a unit.
std::string with_unit(std::string name, const model::ParameterInfo* parameter) {
  if (parameter && !parameter->is_date && !parameter->unit.empty()) name += ", " + parameter->unit;
  return name;
}

}  // namespace

std::string varied_column(const std::string& path, const std::vector<model::ParameterInfo>& parameters) {
  const std::string name = path.starts_with(kParameter) ? path.substr(kParameter.size()) : path;
  return with_unit(name, parameter_of(path, parameters));
}

std::string varied_title(const std::string& path, const std::vector<model::ParameterInfo>& parameters) {
  const model::ParameterInfo* parameter = parameter_of(path, parameters);
  return with_unit(parameter && !parameter->label.empty() ? parameter->label : path, parameter);
}

}  // namespace materiel::render
