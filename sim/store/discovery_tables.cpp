#include <cmath>

#include <fmt/format.h>

#include <materiel/base/number_text.h>
#include <materiel/store/csv.h>
#include <materiel/store/discovery_tables.h>

namespace materiel::store {
namespace {

void begin_row(const DiscoverySubject& subject, std::size_t box, std::string& text) {
  append_text(text, subject.alternative);
  text += ',';
  append_text(text, subject.outcome);
  text += fmt::format(",{}", box);
}

/// An infinite limit is none: an empty cell.
void append_cell(std::string& text, double number) {
  text += ',';
  if (std::isfinite(number)) append_number(text, number);
}

void append_cell(std::string& text, const stats::PrimQuality& quality) {
  for (const double number : {quality.coverage, quality.density, quality.mass}) append_cell(text, number);
  text += fmt::format(",{},{}", quality.rows, quality.restricted);
}

}  // namespace

std::string boxes_header() {
  return "alternative,outcome,box,parameter,unit,lower,upper,least,most,quasi_p_value,coverage,density,mass,n,"
         "restricted\n";
}

void append_box_rows(const DiscoverySubject& subject, std::size_t box, const stats::PrimFinding& found,
                     std::string& text) {
  for (std::size_t p = 0; p < found.box.size(); ++p) {
    if (!found.box[p].restricts()) continue;
    const DiscoveryParameter& parameter = subject.parameters[p];
    begin_row(subject, box, text);
    for (const std::string* word : {&parameter.name, &parameter.unit}) {
      text += ',';
      append_text(text, *word);
    }
    for (const double number :
         {found.box[p].lower, found.box[p].upper, parameter.least, parameter.most, found.p_values[p]})
      append_cell(text, number);
    append_cell(text, found.quality);
    text += '\n';
  }
  if (found.quality.restricted > 0) return;
  begin_row(subject, box, text);
  text += ",,,,,,,";
  append_cell(text, found.quality);
  text += '\n';
}

std::string trajectory_header() {
  return "alternative,outcome,box,step,peeled,coverage,density,mass,n,restricted,chosen\n";
}

void append_trajectory_rows(const DiscoverySubject& subject, std::size_t box, const stats::PrimFinding& found,
                            std::string& text) {
  for (std::size_t i = 0; i < found.trajectory.size(); ++i) {
    const stats::PrimStep& step = found.trajectory[i];
    begin_row(subject, box, text);
    text += fmt::format(",{},", i);
    if (step.parameter != stats::PrimStep::kNone) append_text(text, subject.parameters[step.parameter].name);
    append_cell(text, step.quality);
    text += i == found.chosen ? ",1\n" : ",0\n";
  }
}

}  // namespace materiel::store
