#include "cli/command.h"

namespace materiel::cli {

bool GivenOptions::flag(const Option& option) const {
  return text(option) == "true";
}

std::string GivenOptions::text(const Option& option) const {
  const auto found = values_.find(option.names);
  return std::string(found == values_.end() || found->second.empty() ? option.default_value : found->second.back());
}

std::vector<std::string> GivenOptions::list(const Option& option) const {
  const auto found = values_.find(option.names);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace materiel::cli
