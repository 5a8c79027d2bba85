#include "cli/stored_tables.h"

#include <utility>

#include <materiel/report/directory.h>
#include <materiel/report/json_text.h>

namespace materiel::cli {

std::optional<std::string> stored_tables(const report::DirectoryPath& directory, const std::vector<std::string>& names,
                                         std::string& error) {
  std::vector<report::NamedTable> tables;
  for (const std::string& name : names) {
    if (!report::has_study_file(directory, name)) continue;
    std::optional<std::string> text = report::read_study_file(directory, name, error);
    if (!text) return std::nullopt;
    tables.push_back({name, std::move(*text)});
  }
  return report::tables_text(directory.text(), tables);
}

}  // namespace materiel::cli
