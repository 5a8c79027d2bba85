#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/render/study_drawing.h>

#include "support/stored_study.h"

namespace materiel::render {
namespace {

using materiel::testing::store_study;
using study::Error;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> names_of(const StudyDrawing& drawing) {
  std::vector<std::string> names;
  for (const Figure& figure : drawing.figures) names.push_back(figure.name);
  return names;
}

TEST(StudyDrawing, ChoosesWhatIsAskedFor) {
  const TemporaryDirectory home;
  store_study(home.path("study"), 40);
  const auto all = study_drawing({home.path("study"), {}, {}}, "");
  ASSERT_TRUE(all) << all.error().what;
  EXPECT_FALSE(all->metrics.are_all());
  EXPECT_EQ(all->directory.text(), home.path("study/figures"));
  const auto one = study_drawing({home.path("study"), {"stock.*"}, {}}, "less");
  ASSERT_TRUE(one) << one.error().what;
  EXPECT_TRUE(one->metrics.are_all());
  EXPECT_EQ(one->directory.text(), home.path("study/figures/less"));
  EXPECT_EQ(names_of(*one).size(), 1U);
  EXPECT_GT(all->figures.size(), one->figures.size());
}

TEST(StudyDrawing, SaysWhatIsMissing) {
  const TemporaryDirectory home;
  store_study(home.path("study"), 40);
  const auto error_of = [&](const FigureRequest& request, const std::string& alternative = {}) {
    const auto result = study_drawing(request, alternative);
    return result ? Error{Error::Code::failed, "nothing is wrong"} : result.error();
  };
  EXPECT_EQ(error_of({home.path("nothing"), {}, {}}).code, Error::Code::unreadable);
  EXPECT_THAT(error_of({home.path("study"), {}, {}}, "more").what, HasSubstr("no alternative 'more'"));
  EXPECT_EQ(error_of({home.path("study"), {"stok.*"}, {}}).code, Error::Code::invalid_request);
  EXPECT_EQ(error_of({home.path("study"), {}, {"emty"}}).code, Error::Code::invalid_request);
  std::filesystem::remove(home.path("study/series.csv"));
  EXPECT_EQ(error_of({home.path("study"), {}, {}}).code, Error::Code::failed);
}

TEST(StudyDrawing, DrawsAllOrNothing) {
  const TemporaryDirectory home;
  store_study(home.path("study"), 40);
  const auto drawing = study_drawing({home.path("study"), {"stock.*"}, {}}, "base");
  ASSERT_TRUE(drawing) << drawing.error().what;
  const std::string name = drawing->figures.front().name;
  const auto drawn = draw_figures(drawing->figures, home.path("out"), FigureFormat::svg, true);
  ASSERT_TRUE(drawn) << drawn.error().what;
  EXPECT_THAT(*drawn, ElementsAre(name + ".svg", name + ".gp", name + ".dat"));
  EXPECT_THAT(names_in(home.path("out")), Contains(name + ".svg"));
  std::vector<Figure> wrong = drawing->figures;
  wrong.front().text.script = "this is no script\n";
  EXPECT_EQ(draw_figures(wrong, home.path("none"), FigureFormat::svg, false).error().code, Error::Code::failed);
  EXPECT_FALSE(std::filesystem::exists(home.path("none")));
}

}  // namespace
}  // namespace materiel::render
