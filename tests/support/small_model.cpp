#include "support/small_model.h"

#include <stdexcept>

#include <materiel/scenario/parse.h>

namespace materiel::testing {

std::string joined(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) text += diagnostic_text(d, {}, false);
  return text;
}

std::shared_ptr<const model::Model> small_model(const std::string& text, const std::string& alternative) {
  auto parsed = scenario::parse_text(text, "test.toml", {}, alternative);
  if (!parsed) throw std::runtime_error(joined(parsed.diagnostics()));
  auto compiled = model::compile(parsed.value().spec);
  if (!compiled) throw std::runtime_error(joined(compiled.diagnostics()));
  return compiled.value().model;
}

std::string compile_errors(const std::string& text) {
  auto parsed = scenario::parse_text(text, "test.toml");
  if (!parsed) return joined(parsed.diagnostics());
  return joined(model::compile(parsed.value().spec).diagnostics());
}

}  // namespace materiel::testing
