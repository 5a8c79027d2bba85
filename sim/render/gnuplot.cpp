#include <string_view>
#include <utility>

#include <materiel/render/figure.h>

#include "render/tool.h"

namespace materiel::render {

std::string run_gnuplot(const store::Directory& directory, const std::vector<std::string>& scripts) {
  constexpr Tool kGnuplot{"gnuplot", "draws the figures", "gnuplot-nox"};
  std::vector<std::string> arguments = {"-d"};  // the user's own settings don't change the figures
  arguments.insert(arguments.end(), scripts.begin(), scripts.end());
  return run_tool(kGnuplot, directory, arguments);
}

// Its SVG has '>' as it is, but XML doesn't allow that behind "]]".
std::string mend_svg(std::string svg) {
  constexpr std::string_view kEnd = "]]>";
  for (std::size_t at = svg.find(kEnd); at != std::string::npos; at = svg.find(kEnd, at))
    svg.replace(at, kEnd.size(), "]]&gt;");
  return svg;
}

}  // namespace materiel::render
