#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <materiel/base/number_text.h>

namespace materiel {
namespace {

TEST(NumberText, IsTheShortest) {
  struct Case {
    double number;
    const char* text;
  };
  for (const Case& c :
       {Case{0, "0"}, Case{1, "1"}, Case{-7, "-7"}, Case{0.1, "0.1"}, Case{0.1 + 0.2, "0.30000000000000004"},
        Case{1e15, "1000000000000000"}, Case{9007199254740991, "9007199254740991"}, Case{30.4375, "30.4375"},
        Case{1e300, "1e+300"}, Case{5e-324, "5e-324"}, Case{-2.5, "-2.5"}}) {
    EXPECT_EQ(number_text(c.number), c.text);
  }
}

TEST(NumberText, IsEmptyForAMissingValue) {
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "");
  EXPECT_EQ(number_text(-std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(NumberText, AppendsAfterWhatIsThere) {
  std::string row = "a,";
  append_number(row, 2.5);
  row += ',';
  append_number(row, std::nan(""));
  row += ',';
  append_number(row, 3);
  EXPECT_EQ(row, "a,2.5,,3");
}

TEST(NumberText, ReadsBackAsTheSameNumber) {
  std::mt19937_64 random{11};
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t bits = random();
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (std::isnan(number)) continue;
    ASSERT_EQ(std::strtod(number_text(number).c_str(), nullptr), number) << number_text(number);
    const auto whole = static_cast<double>(static_cast<std::int64_t>(bits >> 10U));
    ASSERT_EQ(std::strtod(number_text(whole).c_str(), nullptr), whole) << number_text(whole);
    ASSERT_EQ(std::strtod(number_text(whole / 1000).c_str(), nullptr), whole / 1000);
  }
  for (const double edge : {std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(),
                            std::numeric_limits<double>::min(), std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity(), 9007199254740992.0, 9007199254740994.0}) {
    EXPECT_EQ(std::strtod(number_text(edge).c_str(), nullptr), edge) << number_text(edge);
  }
}

}  // namespace
}  // namespace materiel
