#include <filesystem>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/sensitivity_figures.h>

#include "support/temporary_directory.h"

namespace materiel::render {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

TEST(SensitivityFigures, AreDrawn) {
  const TemporaryDirectory directory;
  const FigureWords words{"It's a title", "Subtitle", "share", "Source"};
  const FigureText bars = index_bars_text(
      {words, {"S1", "ST"}, {{"first", {{0.5, 0.4, 0.6}, {kMissing, kMissing, kMissing}}}, {"second", {{}, {}}}}},
      "bars", FigureFormat::svg);
  const FigureText plane = morris_chart_text(
      {words, {{"far", 5, 4, 6, 2}, {"near", 5, 4, 6, 2.01}, {"alone", 1, 1, 1, 0}}}, "plane", FigureFormat::svg);
  EXPECT_THAT(bars.table, HasSubstr("0 ? ? ?"));
  EXPECT_THAT(plane.script, HasSubstr("'far'"));
  EXPECT_THAT(plane.script, Not(HasSubstr("'near'")));  // its name would lie over the other
  for (const auto& [name, text] : {std::pair{"bars", bars}, std::pair{"plane", plane}}) {
    put_text(directory.path() + "/" + name + ".gp", text.script);
    put_text(directory.path() + "/" + name + ".dat", text.table);
  }
  EXPECT_EQ(run_gnuplot(*store::Directory::open(directory.path()), {"bars.gp", "plane.gp"}), "");
  EXPECT_GT(std::filesystem::file_size(directory.path() + "/bars.svg"), 2000U);
  EXPECT_GT(std::filesystem::file_size(directory.path() + "/plane.svg"), 2000U);
}

}  // namespace
}  // namespace materiel::render
