#include "cli/stored_tables.h"

#include <utility>

#include <materiel/render/json_text.h>

#include "cli/exit_codes.h"

namespace materiel::cli {

int print_stored(const store::DirectoryPath& directory, const std::vector<std::string>& names, int code,
                 Console& console) {
  std::vector<render::NamedTable> tables;
  for (const std::string& name : names) {
    if (!store::has_study_file(directory, name)) continue;
    std::string error;
    std::optional<std::string> text = store::read_study_file(directory, name, error);
    if (!text) {
      console.error(error);
      return kInternalError;
    }
    tables.push_back({name, std::move(*text)});
  }
  console.print(render::tables_text(directory.text(), tables));
  return code;
}

}  // namespace materiel::cli
