#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/base/text_file.h>

#include "statistical/document.h"
#include "statistical/validation_case.h"

namespace materiel::validation {
namespace {

bool is_to_be_written() {
  return std::getenv("MATERIEL_UPDATE_VALIDATION") != nullptr;
}

std::string document() {
  std::string why;
  return read_text_file(document_path(), why).value_or("");
}

bool is_rejected(const Quantity& quantity) {
  return std::abs(quantity.z()) > critical_z();
}

class ValidationCase : public ::testing::TestWithParam<Case> {};

TEST_P(ValidationCase, IsExactAsDocumentedAndFindsThePlantedBias) {
  const Findings found = findings(GetParam());
  ASSERT_FALSE(found.right.empty());
  for (const Quantity& quantity : found.right) {
    EXPECT_FALSE(is_rejected(quantity)) << quantity.name << ": " << quantity.measured.estimate << ", standard error "
                                        << quantity.measured.standard_error << ", not " << quantity.exact;
  }
  EXPECT_TRUE(std::any_of(found.biased.begin(), found.biased.end(), is_rejected)) << "planted: " << GetParam().bias;
  if (is_to_be_written()) return;
  std::string section_of_this = section(GetParam(), found);
  section_of_this.pop_back();  // the empty line, which the last section does not have
  EXPECT_NE(document().find(section_of_this), std::string::npos)
      << "docs/validation.md says something else; MATERIEL_UPDATE_VALIDATION=1 statistical_tests writes it anew.\n"
      << section_of_this;
}

INSTANTIATE_TEST_SUITE_P(Of, ValidationCase, ::testing::ValuesIn(all_cases()), [](const auto& test) {
  std::string name = test.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(ValidationScenarios, AreThoseOfTheCases) {
  std::set<std::string> files, expected;
  for (const auto& file : std::filesystem::directory_iterator(MATERIEL_SOURCE_DIR "/scenarios/validation"))
    files.insert(file.path().filename().string());
  for (const Case& each : all_cases()) {
    if (each.has_scenario) expected.insert(each.name + ".toml");
  }
  EXPECT_EQ(files, expected);
}

TEST(ValidationDocument, IsAPrefaceAndASectionForEachCase) {
  if (is_to_be_written()) {
    std::string text = preface(all_cases());
    for (const Case& each : all_cases()) text += section(each, findings(each));
    text.pop_back();  // the last section's empty line
    std::ofstream(document_path()) << text;
  }
  const std::string text = document();
  EXPECT_EQ(text.substr(0, text.find("## ")), preface(all_cases()));
  std::vector<std::string> headings, expected;
  std::size_t quantities = 0;
  for (std::size_t line = 0; line < text.size(); line = text.find('\n', line) + 1) {
    if (text.compare(line, 3, "## ") == 0) headings.push_back(text.substr(line + 3, text.find('\n', line) - line - 3));
    if (text.compare(line, 2, "| ") == 0) ++quantities;
  }
  for (const Case& each : all_cases()) expected.push_back(each.title);
  EXPECT_EQ(headings, expected);
  EXPECT_LE(quantities - expected.size(), kFamily);  // less the heads of the tables
}

}  // namespace
}  // namespace materiel::validation
