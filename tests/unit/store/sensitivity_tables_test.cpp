#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/sensitivity_tables.h>

#include "support/lines.h"
#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

using materiel::testing::lines;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

stats::SobolIndices example() {
  stats::SobolIndices found;
  found.first_order = {{0.5, 0.1, 0.4, 0.6}, {kMissing, kMissing, kMissing, kMissing}};
  found.total = {{0.75, 0.1, 0.65, 0.85}, {0.25, 0.1, 0.15, 0.35}};
  found.second_order = {{0, 1, {0.25, 0.1, 0.15, 0.35}}};
  found.blocks = 60;
  found.dropped = 4;
  return found;
}

TEST(SensitivityTables, HoldWhatTheirHeadersSay) {
  std::string text = sobol_header();
  append_sobol_rows({"base", "outcome.x", "drones"}, {"a, b", "chance"}, example(), text);
  EXPECT_EQ(text, lines(R"(
alternative,outcome,unit,parameter,S1,S1_conf,S1_lo,S1_hi,ST,ST_conf,ST_lo,ST_hi,conf_level,n,n_dropped
base,outcome.x,drones,"a, b",0.5,0.1,0.4,0.6,0.75,0.1,0.65,0.85,0.95,60,4
base,outcome.x,drones,chance,,,,,0.25,0.1,0.15,0.35,0.95,60,4
)"));
  text = sobol_second_header();
  append_sobol_second_rows({"base", "outcome.x", "drones"}, {"a", "chance"}, example(), text);
  EXPECT_THAT(text, HasSubstr("\nbase,outcome.x,drones,a,chance,0.25,0.1,0.15,0.35,0.95,60,4\n"));
  text = morris_header();
  append_morris_rows({"base", "outcome.x", "drones"}, {"a"}, {{{-2, {3, 1, 2, 4}, 5}}, 9, 1}, text);
  EXPECT_THAT(text, HasSubstr("\nbase,outcome.x,drones,a,-2,3,1,2,4,5,0.95,9,1\n"));
}

TEST(SensitivityTables, AreReadBack) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/sobol.csv";
  std::string text = sobol_header();
  append_sobol_rows({"base", "outcome.x", "drones"}, {"a, b", "chance"}, example(), text);
  append_sobol_rows({"other", "outcome.x", "drones"}, {"a, b", "chance"}, example(), text);
  put_text(path, text);
  std::string error;
  const auto rows = read_sensitivity(directory.path(), "sobol.csv", "other", {"ST", "S1_hi"}, error);
  ASSERT_TRUE(rows) << error;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].parameter, "a, b");
  EXPECT_THAT((*rows)[0].numbers, ElementsAre(0.75, 0.6));
  EXPECT_TRUE(std::isnan((*rows)[1].numbers[1]));
  EXPECT_FALSE(read_sensitivity(directory.path(), "sobol.csv", "base", {"mu"}, error));
  EXPECT_THAT(error, HasSubstr("has no column 'mu'"));
}

}  // namespace
}  // namespace materiel::store
