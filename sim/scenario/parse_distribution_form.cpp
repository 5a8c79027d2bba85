#include "scenario/parse_distribution_form.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace materiel::scenario {
namespace {

using Form = DistributionFormInfo;

std::vector<const Form*> forms_of(std::string_view family) {
  std::vector<const Form*> forms;
  for (const Form& form : distribution_forms()) {
    if (form.family == family) forms.push_back(&form);
  }
  return forms;
}

std::vector<std::string> families() {
  std::vector<std::string> names;
  for (const Form& form : distribution_forms()) {
    if (names.empty() || names.back() != form.family) names.emplace_back(form.family);
  }
  return names;
}

bool may_come_from_file(std::string_view family) {
  return family == form_info(DistributionForm::empirical).family;
}

bool takes(const Form& form, std::string_view argument) {
  return std::any_of(form.arguments.begin(), form.arguments.end(), [&](const auto& a) { return a.name == argument; });
}

/// "min, mode, max and, if wanted, shape".
std::string argument_words(const Form& form) {
  std::vector<std::string_view> needed, optional;
  for (const DistributionArgument& a : form.arguments) (a.has_default ? optional : needed).push_back(a.name);
  std::string words = fmt::format("{}", fmt::join(needed, ", "));
  if (!optional.empty()) words += fmt::format(" and, if wanted, {}", fmt::join(optional, ", "));
  return words;
}

Notes what_it_takes(std::string_view family) {
  return {fmt::format("it takes {}", form_words(family))};
}

/// Finds the form of one distribution.
class FormChooser {
 public:
  FormChooser(Context& context, const DistributionTable& table) : context_(context), table_(table) {}

  ChosenForm choose(std::string_view what) {
    if (!read_family(what)) return {.fine = false};
    forms_ = forms_of(family_);
    const bool from_file = may_come_from_file(family_) && (table_.find("csv") || table_.find("column"));
    ChosenForm chosen{.form = nullptr, .from_file = from_file, .fine = arguments_known()};
    if (from_file) {
      chosen.form = forms_.front();
      chosen.fine &= file_alone();
    } else if (forms_.size() == 1) {
      chosen.form = forms_.front();
      chosen.fine &= all_given();
    } else {
      chosen.form = exact_form();
      chosen.fine &= chosen.form != nullptr;
    }
    return chosen;
  }

 private:
  bool read_family(std::string_view what);
  bool arguments_known();
  bool file_alone();
  bool all_given();
  const Form* exact_form();

  [[nodiscard]] const Place& dist_place() const { return table_.find("dist")->value.place; }

  Context& context_;
  const DistributionTable& table_;
  std::string family_;
  std::vector<const Form*> forms_;
};

bool FormChooser::read_family(std::string_view what) {
  const std::vector<std::string> known = families();
  const std::string all = fmt::format("distributions: {}", list_names(known, known.size()));
  const Entry* dist = table_.find("dist");
  if (!dist) {
    context_.mistakes.error(table_.node.place, fmt::format("{} is a table without 'dist'", what),
                            {"a distribution is written { dist = \"uniform\", min = 1, max = 2 }", all});
    return false;
  }
  if (dist->value.kind != Node::Kind::text) {
    wrong_type(context_, dist->value, "'dist'", "the name of a distribution in quotes", {all});
    return false;
  }
  family_ = dist->value.text;
  if (!forms_of(family_).empty()) return true;
  context_.mistakes.error(dist->value.place, fmt::format("unknown distribution {}", in_quotes(family_)),
                          suggest(family_, known, "distributions"));
  return false;
}

bool FormChooser::arguments_known() {
  std::vector<std::string> known;
  for (const Form* form : forms_) {
    for (const DistributionArgument& argument : form->arguments) known.emplace_back(argument.name);
  }
  if (may_come_from_file(family_)) known.insert(known.end(), {"csv", "column"});
  const auto arguments = known.size();
  known.insert(known.end(), {"dist", "unit"});
  known.insert(known.end(), table_.own.begin(), table_.own.end());
  bool fine = true;
  for (const Entry& entry : table_.node.entries) {
    const auto last = known.begin() + static_cast<std::ptrdiff_t>(arguments);
    if (!table_.is_argument(entry) || std::find(known.begin(), last, entry.key) != last) continue;
    Notes notes = suggest(entry.key, known, "keys");
    notes.back() = what_it_takes(family_).front();
    context_.mistakes.error(entry.place,
                            fmt::format("the {} distribution has no argument {}", family_, in_quotes(entry.key)),
                            std::move(notes));
    fine = false;
  }
  return fine;
}

bool FormChooser::file_alone() {
  bool fine = true;
  for (const std::string_view key : {"csv", "column"}) {
    if (table_.find(key)) continue;
    context_.mistakes.error(dist_place(), fmt::format("the {} distribution lacks its '{}'", family_, key),
                            what_it_takes(family_));
    fine = false;
  }
  if (const Entry* values = table_.find("values")) {
    context_.mistakes.error(values->place, "'values' and 'csv' exclude each other", what_it_takes(family_));
    fine = false;
  }
  return fine;
}

bool FormChooser::all_given() {
  bool fine = true;
  for (const DistributionArgument& argument : forms_.front()->arguments) {
    if (argument.has_default || table_.find(argument.name)) continue;
    context_.mistakes.error(dist_place(), fmt::format("the {} distribution lacks its '{}'", family_, argument.name),
                            what_it_takes(family_));
    fine = false;
  }
  return fine;
}

/// Of a family of several forms, the one whose arguments are given, all of them and none of the others.
const Form* FormChooser::exact_form() {
  std::vector<std::string> given;
  for (const Entry& entry : table_.node.entries) {
    const bool known =
        std::any_of(forms_.begin(), forms_.end(), [&](const Form* form) { return takes(*form, entry.key); });
    if (known && table_.is_argument(entry)) given.push_back(entry.key);
  }
  for (const Form* form : forms_) {
    const bool all = std::all_of(form->arguments.begin(), form->arguments.end(),
                                 [&](const auto& a) { return table_.find(a.name) != nullptr; });
    if (all && given.size() == form->arguments.size()) return form;
  }
  context_.mistakes.error(dist_place(),
                          given.empty()
                              ? fmt::format("the {} distribution has no arguments", family_)
                              : fmt::format("the {} distribution can't be given by {}", family_, list_names(given)),
                          what_it_takes(family_));
  return nullptr;
}

}  // namespace

bool DistributionTable::is_argument(const Entry& entry) const {
  return entry.key != "dist" && entry.key != "unit" && std::find(own.begin(), own.end(), entry.key) == own.end();
}

ChosenForm choose_form(Context& context, const DistributionTable& table, std::string_view what) {
  return FormChooser(context, table).choose(what);
}

std::string form_words(std::string_view family) {
  std::vector<std::string> words;
  for (const Form* form : forms_of(family)) words.push_back(argument_words(*form));
  if (may_come_from_file(family)) words.emplace_back("csv, column");
  return fmt::format("{}", fmt::join(words, "; or "));
}

}  // namespace materiel::scenario
