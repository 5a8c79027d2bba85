#include "cli/stored_tables.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include <materiel/report/json_text.h>
#include <materiel/report/study_directory.h>

namespace materiel::cli {

std::optional<std::string> stored_tables(const std::string& directory, const std::vector<std::string>& names,
                                         std::string& error) {
  std::vector<report::NamedTable> tables;
  for (const std::string& name : names) {
    const std::string path = directory + "/" + name;
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) continue;
    std::optional<std::string> text = report::read_named_file(path, error);
    if (!text) return std::nullopt;
    tables.push_back({name, std::move(*text)});
  }
  return report::tables_text(directory, tables);
}

}  // namespace materiel::cli
