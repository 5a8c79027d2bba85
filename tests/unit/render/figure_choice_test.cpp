#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/figure_choice.h>

namespace materiel::render {
namespace {

using ::testing::ElementsAre;

MetricSeries series(const std::string& name, double value = 1) {
  return {name, "units", {{7, value, value, value, value, value}}};
}

TEST(FigureChoice, UnaskedOnlyTotalsThatEverHappen) {
  const std::vector<MetricSeries> all = {series("stock.a.x"),       series("stock.b.x", 0), series("produced.p"),
                                         series("arrived.r"),       series("arrived.r.x"),  series("utilisation.p"),
                                         series("produced_rate.p"), series("consumed.d")};
  EXPECT_THAT(choose_telling(all), ElementsAre(0U, 2U, 3U, 7U));
}

TEST(FigureChoice, UnaskedEveryKindGetsItsShareOfTheMost) {
  std::vector<MetricSeries> all;
  for (int i = 0; i < 40; ++i) all.push_back(series("stock.s" + std::to_string(i) + ".x"));
  all.push_back(series("produced.p"));
  const std::vector<std::size_t> chosen = choose_telling(all);
  EXPECT_EQ(chosen.size(), kMostUnasked);
  EXPECT_EQ(chosen.back(), 40U);
}

}  // namespace
}  // namespace materiel::render
