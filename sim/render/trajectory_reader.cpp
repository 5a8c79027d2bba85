#include <string_view>

#include <materiel/render/discovery_figure.h>
#include <materiel/store/table_reader.h>

namespace materiel::render {

std::optional<std::vector<TrajectoryPoint>> read_trajectory(const store::DirectoryPath& directory, std::string& error) {
  constexpr std::string_view kColumns[] = {"box", "coverage", "density", "restricted", "chosen"};
  store::TableReader table(directory, "trajectory.csv", kColumns);
  std::vector<TrajectoryPoint> points;
  while (table.next()) {
    const double box = table.number(0), restricted = table.number(3);
    if (!(box >= 0 && restricted >= 0)) {
      table.fail("this is no row of a trajectory");
      break;
    }
    points.push_back({static_cast<std::size_t>(box), table.number(1), table.number(2),
                      static_cast<std::size_t>(restricted), table.number(4) == 1});
  }
  error = table.error();
  if (!error.empty()) return std::nullopt;
  return points;
}

}  // namespace materiel::render
