#include <materiel/store/new_file.h>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/json_schema.h"

namespace materiel::cli {

int schema_command(const SchemaOptions& options, Console& console) {
  if (options.file.empty()) {
    console.print(json_schema());
    return kDone;
  }
  const std::string trouble = store::write_new_file(options.file, json_schema());
  if (trouble.empty()) return kDone;
  console.error(trouble);
  return kInternalError;
}

}  // namespace materiel::cli
