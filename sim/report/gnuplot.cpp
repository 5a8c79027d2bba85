#include <materiel/report/figure.h>

#include "report/tool.h"

namespace materiel::report {

std::string run_gnuplot(const Directory& directory, const std::vector<std::string>& scripts) {
  constexpr Tool kGnuplot{"gnuplot", "draws the figures", "gnuplot-nox"};
  std::vector<std::string> arguments = {"-d"};  // the user's own settings don't change the figures
  arguments.insert(arguments.end(), scripts.begin(), scripts.end());
  return run_tool(kGnuplot, directory, arguments);
}

}  // namespace materiel::report
