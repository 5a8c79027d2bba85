#include "cli/stored_tables.h"

#include <utility>

#include <materiel/report/json_text.h>

#include "cli/exit_codes.h"

namespace materiel::cli {

int print_stored(const report::DirectoryPath& directory, const std::vector<std::string>& names, int code,
                 Console& console) {
  std::vector<report::NamedTable> tables;
  for (const std::string& name : names) {
    if (!report::has_study_file(directory, name)) continue;
    std::string error;
    std::optional<std::string> text = report::read_study_file(directory, name, error);
    if (!text) {
      console.error(error);
      return kInternalError;
    }
    tables.push_back({name, std::move(*text)});
  }
  console.print(report::tables_text(directory.text(), tables));
  return code;
}

}  // namespace materiel::cli
