// Runs every scenario of this folder as a test of its own, or those that are named: expect_tests [FILE...]

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "expect/scenario_check.h"

namespace materiel::testing {
namespace {

namespace fs = std::filesystem;

class ScenarioFile : public ::testing::Test {
 public:
  explicit ScenarioFile(fs::path path) : path_(std::move(path)) {}

  void TestBody() override {
    std::ifstream file(path_, std::ios::binary);
    ASSERT_TRUE(file) << "cannot read " << path_;
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::string name = path_.string();
    for (const Diagnostic& wrong : check_scenario(text, name))
      ADD_FAILURE_AT(name.c_str(), static_cast<int>(wrong.where.line)) << diagnostic_text(wrong, text, false);
  }

 private:
  fs::path path_;
};

std::vector<fs::path> scenario_files(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".toml") paths.push_back(fs::relative(entry.path()));
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// The tests are called FOLDER.NAME, for FOLDER/NAME.toml.
void register_tests(const std::vector<fs::path>& paths) {
  for (const fs::path& path : paths) {
    const std::string folder = fs::absolute(path).parent_path().filename().string();
    const std::string file = path.string();
    ::testing::RegisterTest(folder.c_str(), path.stem().c_str(), nullptr, nullptr, file.c_str(), 1,
                            [path]() -> ::testing::Test* { return new ScenarioFile(path); });
  }
}

}  // namespace
}  // namespace materiel::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  namespace fs = std::filesystem;
  std::vector<fs::path> paths(argv + 1, argv + argc);
  if (paths.empty()) {
    fs::current_path(MATERIEL_SOURCE_DIR);
    paths = materiel::testing::scenario_files("tests/expect");
    if (paths.empty()) {
      std::cerr << "error: there are no scenarios in tests/expect\n";
      return 1;
    }
  }
  materiel::testing::register_tests(paths);
  return RUN_ALL_TESTS();
}
