#include <materiel/scenario/json_schema.h>
#include <materiel/store/new_file.h>

#include "cli/exit_codes.h"
#include "cli/shared_options.h"

namespace materiel::cli {
namespace {

constexpr Option kSchemaFile =
    output_file("File for the schema; an existing file is never overwritten", "standard output");

int schema_command(const std::string& file, Console& console) {
  if (file.empty()) {
    console.print(scenario::json_schema());
    return kDone;
  }
  const std::string trouble = store::write_new_file(file, scenario::json_schema());
  if (trouble.empty()) return kDone;
  console.error(trouble);
  return kInternalError;
}

Action prepare_schema(const GivenOptions& given) {
  const std::string file = given.text(kSchemaFile);
  return [file](const auto&, Console& console) { return schema_command(file, console); };
}

}  // namespace

Command schema_row() {
  return {.name = "schema",
          .group = CommandGroup::scenarios,
          .one_line = "Print a JSON Schema of scenario files, for editors",
          .options = {kSchemaFile},
          .examples = {{"materiel schema -o materiel.schema.json",
                        "then begin the scenario with the line: #:schema ./materiel.schema.json"}},
          .prepare = prepare_schema};
}

}  // namespace materiel::cli
