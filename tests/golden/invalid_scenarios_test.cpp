// Each scenarios/invalid/NAME.toml gives exactly the diagnostics in NAME.expected. To write the .expected files anew,
// and then to read what changed:
//   MATERIEL_UPDATE_GOLDEN=1 build/dev/bin/golden_tests && git diff scenarios/invalid

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/model/model.h>
#include <materiel/scenario/parse.h>

namespace materiel::testing {
namespace {

namespace fs = std::filesystem;

const std::string kFolder = "scenarios/invalid";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The names of all wrong scenarios, from the root of the repository; run from there, so that diagnostics name them so.
std::vector<fs::path> wrong_scenarios() {
  fs::current_path(MATERIEL_SOURCE_DIR);
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string diagnostics_of(const fs::path& path) {
  const std::string text = read(path);
  const Result<scenario::Parsed> parsed = scenario::parse_file(path.string());
  std::string shown;
  for (const Diagnostic& diagnostic : parsed.diagnostics()) shown += diagnostic_text(diagnostic, text, false);
  if (!parsed) return shown;
  const Result<model::Compiled> compiled = model::compile(parsed.value().spec);
  for (const Diagnostic& diagnostic : compiled.diagnostics()) shown += diagnostic_text(diagnostic, text, false);
  return shown;
}

fs::path expected_path(fs::path path) {
  return path.replace_extension(".expected");
}

TEST(InvalidScenarios, GiveTheirExpectedDiagnostics) {
  const bool update = std::getenv("MATERIEL_UPDATE_GOLDEN") != nullptr;
  const std::vector<fs::path> paths = wrong_scenarios();
  ASSERT_GE(paths.size(), 45U);
  for (const fs::path& path : paths) {
    SCOPED_TRACE(path.string());
    const std::string shown = diagnostics_of(path);
    EXPECT_NE(shown.find(": error: "), std::string::npos) << "this scenario isn't wrong";
    if (update) std::ofstream(expected_path(path), std::ios::binary) << shown;
    ASSERT_TRUE(fs::exists(expected_path(path))) << "no expected diagnostics: see the top of this test";
    EXPECT_EQ(shown, read(expected_path(path)));
  }
}

TEST(InvalidScenarios, ExpectationsAllHaveAScenario) {
  const std::vector<fs::path> paths = wrong_scenarios();
  for (const fs::directory_entry& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".expected") continue;
    fs::path scenario = entry.path();
    EXPECT_TRUE(fs::exists(scenario.replace_extension(".toml"))) << entry.path();
  }
}

}  // namespace
}  // namespace materiel::testing
