#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "scenario/parse_context.h"
#include "scenario/parse_sections.h"

namespace materiel::scenario {

struct Alternative;

/// The alternatives of a file, by name.
class AlternativeTables {
 public:
  /// @param written  the file as it stands; must outlive this
  explicit AlternativeTables(const Node& written);

  /// Nothing if there is none of that name, or it is no table.
  [[nodiscard]] const Node* find(const std::string& name) const;
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }  ///< in file order
  [[nodiscard]] const Place& place(std::size_t index) const { return places_[index]; }

 private:
  std::vector<std::string> names_;
  std::vector<Place> places_;
  std::unordered_map<std::string, const Node*> tables_;
};

/// What an alternative says; whether its settings can be is seen when they are applied.
Alternative read_alternative(Context& context, const NamedSection& section);

/// Writes the settings of an alternative over the file's values, after those of what it extends. An alternative that
/// isn't there, or one that extends itself, is reported.
/// @param root   what is written over
/// @param all    of the file as it stands
/// @param place  of who asks for it
void apply_alternative(Node& root, const AlternativeTables& all, const std::string& name, const Place& place,
                       Mistakes& mistakes);

}  // namespace materiel::scenario
