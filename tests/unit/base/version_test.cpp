#include <string>

#include <gtest/gtest.h>

#include <materiel/version.h>

namespace materiel {
namespace {

TEST(Version, NumbersTextAndLibraryAgree) {
  const std::string numbers =
      std::to_string(kVersionMajor) + "." + std::to_string(kVersionMinor) + "." + std::to_string(kVersionPatch);
  EXPECT_EQ(numbers, kVersion);
  EXPECT_EQ(numbers, library_version());
}

}  // namespace
}  // namespace materiel
