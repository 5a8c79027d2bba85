#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/json_schema.h"

namespace materiel::cli {

int schema_command(Console& console) {
  console.print(json_schema());
  return kDone;
}

}  // namespace materiel::cli
