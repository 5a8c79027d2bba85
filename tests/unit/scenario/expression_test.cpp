#include <array>
#include <cmath>
#include <ctime>
#include <limits>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <materiel/scenario/expression.h>

namespace materiel::scenario {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Location kQuote{.line = 5, .column = 9, .length = 1};

ExpressionNames names() {
  return {.variables = {"base", "base-rate", "rate", "lead-time", "x", "milestone.a", "milestone.b",
                        "stock.depot.drone", "plan-2024"},
          .start = *Date::of(2024, 1, 1)};
}
const std::vector<double> kValues{2, 3, 5, 7, 49, kNaN, 10, 100, 11};

CheckedExpression check(std::string_view text) {
  return check_expression(text, names(), "x.toml", kQuote);
}

double value(std::string_view text, const std::vector<double>& values = kValues) {
  const CheckedExpression checked = check(text);
  EXPECT_TRUE(checked.errors.empty()) << text << ": " << (checked.errors.empty() ? "" : checked.errors[0].message);
  if (!checked.errors.empty()) return kNaN;
  return Expression(text, names()).evaluate(values);
}

struct Sum {
  std::string_view text;
  double value;
};

void expect_values(const std::vector<Sum>& sums) {
  for (const Sum& sum : sums) {
    const double found = value(sum.text);
    if (std::isnan(sum.value)) {
      EXPECT_TRUE(std::isnan(found)) << sum.text << " gives " << found;
    } else {
      EXPECT_DOUBLE_EQ(found, sum.value) << sum.text;
    }
  }
}

TEST(Expression, FollowsThePrecedenceOfItsOperators) {
  expect_values({{"1+2*3", 7},           {"1-2-3", -4},       {"8/2/2", 2},
                 {"2^3^2", 512},         {"-2^2", -4},        {"(-2)^2", 4},
                 {"2^-1", 0.5},          {"2*-3", -6},        {"2--3", 5},
                 {"+3-+2", 1},           {"-sin(0)+1", 1},    {"1+2<4", 1},
                 {"1<2==1", 1},          {"2==1<2", 1},       {"0!=1<1", 0},
                 {"1||0&&0", 1},         {"(1||0)&&0", 0},    {"2>=2 && 2<=2 && 2!=3", 1},
                 {"0?2:1?4:5", 4},       {"1?0?6:7:5", 7},    {"min(0?2:3, 4)", 3},
                 {"(1 ? 2 : 3) + 1", 3}, {"x>48 ? 1 : 0", 1}, {" 1 +\t2 ", 3},
                 {".5+1.", 1.5},         {"1e-3*1E+3", 1}});
}

TEST(Expression, HasExactFunctions) {
  expect_values({{"abs(-3)", 3},
                 {"sqrt(16)", 4},
                 {"exp(0)", 1},
                 {"ln(exp(2))", 2},
                 {"log10(1000)", 3},
                 {"log2(2^29)-29", 0},
                 {"sign(-7)", -1},
                 {"sign(0)", 0},
                 {"floor(-1.5)", -2},
                 {"ceil(-1.5)", -1},
                 {"round(2.5)", 3},
                 {"round(-2.5)", -2},
                 {"round(0.49999999999999994)", 0},
                 {"rint(3.5)", 4},
                 {"clamp(5, 1, 3)", 3},
                 {"clamp(-5, 1, 3)", 1},
                 {"clamp(2, 1, 3)", 2},
                 {"min(3, 1, 2)", 1},
                 {"max(3, 1, 2)", 3},
                 {"sum(1, 2, 3)", 6},
                 {"avg(1, 2)", 1.5},
                 {"min(4)", 4},
                 {"atan2(0, -1)", std::acos(-1.0)},
                 {"sin(0)+cos(0)+tan(0)", 1},
                 {"asin(0)+acos(1)+atan(0)", 0},
                 {"sinh(0)+cosh(0)+tanh(0)", 1},
                 {"asinh(0)+acosh(1)+atanh(0)", 0}});
}

TEST(Expression, ComputesInTheOrderInWhichItIsWritten) {
  // No constants are gathered: (2/49)*x < 2, and 49 + (0.1 + 0.2).
  EXPECT_EQ(value("floor(2*x/49)"), 2);
  EXPECT_EQ(value("x+0.1+0.2"), 49 + 0.1 + 0.2);
  EXPECT_EQ(value("rate^3"), std::pow(5.0, 3.0));
}

TEST(Expression, ConstantsAreFoldedOnlyWithinTheirBranch) {
  expect_values({{"(x ? 1 : 2) + 3", 4},
                 {"(x > 50 ? 1 : 2) + 3", 5},
                 {"(x > 50 ? 1+1 : 2*2) * (x ? 3-1 : 4) ^ 2", 16},
                 {"1 + 2 + (x < 50 ? 3 : 4 + 5)", 6},
                 {"x > 50 ? 1 : x > 48 ? 2 + 3 : 4", 5},
                 {"-(x > 50 ? 1 : 2)", -2},
                 {"max(1, 2, x ? 3 : 4)", 3},
                 {"avg(1, 2, x > 50 ? 3 : 6)", 3}});
}

TEST(Expression, KnowsDatesAndUnitsOfTime) {
  expect_values({{"day", 1},
                 {"week", 7},
                 {"month", 30.4375},
                 {"year", 365.25},
                 {"2024-01-01", 0},
                 {"2024-02-29", 59},
                 {"2023-12-31", -1},
                 {"1 - 2023-12-31", 2},
                 {"2024-01-31-2024-01-01", 30},
                 {"2024-01-31 + 2*week", 44},
                 {"2024 - 1 - 31", 1992},
                 {"x-2024-01-02", 48}});
}

TEST(Expression, TakesTheLongestNameThatExists) {
  expect_values({{"base-rate", 3},
                 {"base - rate", -3},
                 {"base -rate", -3},
                 {"base- rate", -3},
                 {"base-rate-base", 1},
                 {"base-x", -47},
                 {"rate-base", 3},
                 {"rate-base-rate", 2},
                 {"base-3", -1},
                 {"base-min(1, 2)", 1},
                 {"stock.depot.drone/rate", 20},
                 {"plan-2024", 11},
                 {"base-month", 2 - 30.4375}});
}

TEST(Expression, LetsAVariableHideAConstant) {
  const ExpressionNames hiding{.variables = {"year"}, .start = {}};
  EXPECT_EQ(Expression("2*year", hiding).evaluate(std::array{4.0}), 8);
  EXPECT_TRUE(is_constant_name("year"));
  EXPECT_FALSE(is_constant_name("years"));
}

TEST(Expression, TellsWhatItUsesAndWhatItNeeds) {
  using Indices = std::vector<std::uint32_t>;
  const CheckedExpression plain = check("x + base*x + month");
  EXPECT_EQ(plain.used, (Indices{0, 4}));
  EXPECT_EQ(plain.needed, (Indices{0, 4}));
  const CheckedExpression races = check("before(milestone.b, milestone.a) ? rate : reached(milestone.a) + milestone.b");
  EXPECT_EQ(races.used, (Indices{2, 5, 6}));
  EXPECT_EQ(races.needed, (Indices{2, 6}));
}

TEST(Expression, IsMissingWhereAMilestoneThatItNeedsIs) {
  expect_values({{"milestone.a", kNaN},
                 {"milestone.a > 5", kNaN},
                 {"0 ? milestone.a : 1", kNaN},
                 {"reached(milestone.a)", 0},
                 {"reached(milestone.b)", 1},
                 {"milestone.b - 2024-01-05", 6},
                 {"reached(milestone.a) ? milestone.b : 3", 3}});
}

TEST(Expression, DaysThatAreNeverReachedHaveAnOrderAndAreLaterThanAll) {
  for (const double never : {kNeverReached, 2 * kNeverReached, HUGE_VAL}) {
    std::vector<double> values = kValues;
    values[5] = never;
    EXPECT_EQ(value("reached(milestone.a)", values), 0);
    EXPECT_EQ(value("milestone.a > 1e9", values), 1);
    EXPECT_EQ(value("milestone.a - milestone.b > 30", values), 1);
    EXPECT_EQ(value("milestone.b - milestone.a > 30", values), 0);
    EXPECT_EQ(value("before(milestone.b, milestone.a)", values), 1);
    values[6] = 1.5 * kNeverReached;
    EXPECT_EQ(value("before(milestone.b, milestone.a)", values), never > 1.5 * kNeverReached ? 1 : 0);
  }
}

TEST(Expression, TellsWhichOfTwoMilestonesCameFirst) {
  struct Case {
    double a, b, before;
  };
  const Case cases[]{{1, 2, 1}, {2, 1, 0}, {2, 2, 0}, {1, kNaN, 1}, {kNaN, 1, 0}, {kNaN, kNaN, kNaN}};
  for (const Case& c : cases) {
    std::vector<double> values = kValues;
    values[5] = c.a;
    values[6] = c.b;
    const std::string shown = fmt::format("a = {}, b = {}", c.a, c.b);
    const double found = value("before(milestone.a, milestone.b)", values);
    const double compared = value("before( milestone.a , milestone.b ) == 0", values);
    EXPECT_EQ(std::isnan(found), std::isnan(c.before)) << shown;
    EXPECT_EQ(std::isnan(compared), std::isnan(c.before)) << shown;
    if (std::isnan(c.before)) continue;
    EXPECT_EQ(found, c.before) << shown;
    EXPECT_EQ(compared, 1 - c.before) << shown;
  }
}

TEST(Expression, OverflowsToInfinityAndUndefinedIsMissing) {
  expect_values({{"0/0", kNaN},
                 {"1/0", kInfinity},
                 {"-1/0", -kInfinity},
                 {"10^400", kInfinity},
                 {"sqrt(-1)", kNaN},
                 {"ln(0)", -kInfinity},
                 {"min(0/0, 1)", kNaN},
                 {"max(1, 0/0)", kNaN},
                 {"(0/0) > 1", 0}});
}

struct Wrong {
  std::string_view text;
  std::uint32_t column;  // of the expression, counted from 0
  std::uint32_t length;
  std::string_view message;
  std::string_view note = {};
};

TEST(Expression, SaysWhatIsWrongAndWhere) {
  const std::vector<Wrong> table{
      {"basee", 0, 5, "unknown name 'basee'", "did you mean 'base'?"},
      {"2 * basee-3", 4, 5, "unknown name 'basee'", "did you mean 'base'?"},
      {"x+lead-tmie-3", 2, 9, "unknown name 'lead-tmie'", "did you mean 'lead-time'?"},
      {"qqqqqq-base", 0, 6, "unknown name 'qqqqqq'"},
      {"qqqqqq-wwwwww", 0, 13, "unknown name 'qqqqqq-wwwwww'"},
      {"mnth*2", 0, 4, "unknown name 'mnth'", "did you mean 'month'?"},
      {"stock.depot.drones", 0, 18, "unknown name 'stock.depot.drones'", "did you mean 'stock.depot.drone'?"},
      {"Base", 0, 4, "unknown name 'Base'", "did you mean 'base'?"},
      {"sqr(4)", 0, 3, "unknown function 'sqr'", "did you mean 'sqrt'?"},
      {"x-sqr(4)", 2, 3, "unknown function 'sqr'", "did you mean 'sqrt'?"},
      {"log(4)", 0, 3, "unknown function 'log'", "write ln for the natural logarithm, log10 for the decimal one"},
      {"x and 1", 2, 3, "unknown name 'and'", "for 'and' write &&"},
      {"é + prodüktion", 4, 10, "unknown name 'prodüktion'"},
      {"min", 0, 3, "'min' is a function: write min(...)"},
      {"min()", 0, 3, "min() has no arguments"},
      {"clamp(1, 2)", 0, 5, "clamp takes 3 arguments, not 2"},
      {"abs(1, 2)", 0, 3, "abs takes 1 argument, not 2"},
      {"min(1,,2)", 6, 1, "a value is missing before ','"},
      {"1, 2", 1, 1, "a ',' that separates no arguments of a function"},
      {"(1+2", 0, 1, "a ')' is missing for this '('"},
      {"1+2)", 3, 1, "a ')' without its '('"},
      {"2*()", 3, 1, "there is nothing between '(' and ')'"},
      {"1 +", 3, 0, "the expression ends too early"},
      {"1 * / 2", 4, 1, "a value is missing before '/'"},
      {"--3", 1, 1, "two signs in a row", "write -(-x)"},
      {"2 x", 2, 1, "an operator is missing before 'x'"},
      {"3month", 1, 5, "an operator is missing before 'month'"},
      {"2 (3)", 2, 1, "an operator is missing before '('"},
      {"1 ? 2", 5, 0, "a ':' is missing after '?'"},
      {"min(1?2, 3)", 7, 1, "a ':' is missing after '?'"},
      {"(1?2):3", 4, 1, "a ':' is missing after '?'"},
      {"1 : 2", 2, 1, "a ':' without its '?'"},
      {"x = 3", 2, 1, "an expression cannot assign", "use == to compare"},
      {"!x", 0, 1, "unknown operator '!'", "for 'not x' write x == 0"},
      {"x & 1", 2, 1, "unknown operator '&'", "for 'and' write &&"},
      {"x | 1", 2, 1, "unknown operator '|'", "for 'or' write ||"},
      {"x + 'base'", 4, 6, "an expression has no texts", "names are written without quotes"},
      {"x % 2", 2, 1, "unexpected character '%'"},
      {"0x1f", 0, 4, "'0x1f' is not a decimal number"},
      {"1_000-x", 0, 5, "'1_000' is not a decimal number"},
      {"1.2.3", 0, 5, "'1.2.3' is not a decimal number"},
      {"1e400", 0, 5, "the number 1e400 is out of range"},
      {"2023-02-29", 0, 10, "there is no day 2023-02-29"},
      {"x+2024-1-31", 2, 9, "'2024-1-31' is not a date", "a date is written like 2024-01-31, a difference with spaces"},
      {"2201-01-01", 0, 10, "the date 2201-01-01 is outside the years 1900 to 2200"},
      {"before(base, milestone.b)", 7, 4, "'base' is not a milestone", "write before(milestone.a, milestone.b)"},
      {"before(milestone.a)", 18, 1, "before takes the names of two milestones",
       "write before(milestone.a, milestone.b)"},
      {"reached(milestone.a+1)", 19, 1, "reached takes the name of a milestone", "write reached(milestone.a)"},
      {"reached(milestone.c)", 8, 11, "unknown name 'milestone.c'", "did you mean 'milestone.a'?"},
      {"", 0, 0, "the expression is empty"},
      {"  ", 0, 2, "the expression is empty"},
  };
  for (const Wrong& wrong : table) {
    const CheckedExpression checked = check(wrong.text);
    ASSERT_FALSE(checked.errors.empty()) << wrong.text;
    const Diagnostic& error = checked.errors.back();
    EXPECT_EQ(error.message, wrong.message) << wrong.text;
    EXPECT_EQ(error.where, (Location{kQuote.line, kQuote.column + 1 + wrong.column, wrong.length})) << wrong.text;
    EXPECT_EQ(error.notes.empty() ? "" : error.notes[0], wrong.note) << wrong.text;
    EXPECT_EQ(error.file, "x.toml");
  }
}

TEST(Expression, ReportsEveryUnknownNameAtOnce) {
  const CheckedExpression checked = check("basee + ratte * 2023-02-30");
  ASSERT_EQ(checked.errors.size(), 3U);
  EXPECT_EQ(checked.errors[1].message, "unknown name 'ratte'");
  EXPECT_EQ(checked.errors[2].message, "there is no day 2023-02-30");
}

TEST(Expression, PointsAtTheQuoteWhereColumnsAreUnknown) {
  EXPECT_EQ(check("base +\nratte").errors.at(0).where, kQuote);
  EXPECT_EQ(check("base + \"x\" + \\").errors.at(0).where, kQuote);
  const Location nowhere{};
  EXPECT_EQ(check_expression("ratte", names(), "--set", nowhere).errors.at(0).where, nowhere);
}

TEST(Expression, LimitsLengthAndNesting) {
  EXPECT_EQ(value(std::string(200, '(') + "1" + std::string(200, ')')), 1);
  EXPECT_EQ(check(std::string(201, '(') + "1" + std::string(201, ')')).errors.at(0).message,
            "more than 200 nested parentheses");
  std::string longest = "x";
  while (longest.size() < 4094) longest += "+x";
  EXPECT_EQ(value(longest), 49.0 * 2048) << longest.size();
  EXPECT_EQ(check(longest + "+xx").errors.at(0).message, "the expression is longer than 4096 characters");
  EXPECT_EQ(value(std::string("1") + std::string(4095, ' ')), 1);
}

/// A random expression in full parentheses, and its value reckoned here.
Sum random_tree(std::mt19937& random, std::string& text, int depth) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  if (depth == 0 || pick(5) == 0) {
    const auto leaf = static_cast<std::size_t>(pick(5));
    text += names().variables[leaf];
    return {{}, kValues[leaf]};
  }
  static constexpr std::array<std::string_view, 12> kOperators{
      "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "&&", "||"};
  const int form = pick(15);
  text += form == 14 ? "max(" : form == 13 ? "(-" : "(";
  const double a = random_tree(random, text, depth - 1).value;
  text += form < 12 ? kOperators[static_cast<std::size_t>(form)] : form == 12 ? "?" : form == 13 ? "-" : ",";
  if (form < 12 && kOperators[static_cast<std::size_t>(form)] == "-") text += ' ';  // base-rate is one name
  if (form == 13) text += ' ';
  const double b = random_tree(random, text, depth - 1).value;
  double c = 0;
  if (form == 12) {
    text += ":";
    c = random_tree(random, text, depth - 1).value;
  }
  text += ")";
  const std::array<double, 15> values{a + b,
                                      a - b,
                                      a * b,
                                      a / b,
                                      a < b ? 1.0 : 0,
                                      a <= b ? 1.0 : 0,
                                      a > b ? 1.0 : 0,
                                      a >= b ? 1.0 : 0,
                                      a == b ? 1.0 : 0,
                                      a != b ? 1.0 : 0,
                                      a != 0 && b != 0 ? 1.0 : 0,
                                      a != 0 || b != 0 ? 1.0 : 0,
                                      a != 0 ? b : c,
                                      -a - b,
                                      std::isnan(a) || a > b ? a : b};
  return {{}, values[static_cast<std::size_t>(form)]};
}

TEST(Expression, AgreesWithADirectReckoningOfRandomTrees) {
  std::mt19937 random{20240131};
  for (int i = 0; i < 500; ++i) {
    std::string text;
    const double expected = random_tree(random, text, 4).value;
    const double found = value(text);
    EXPECT_TRUE(found == expected || (std::isnan(found) && std::isnan(expected)))
        << text << ": " << found << " instead of " << expected;
  }
}

TEST(Expression, SurvivesAnySequenceOfTokens) {
  static constexpr std::array kWords{"1",      "2.5",   "x",       "base-rate", "-",           "+",          "*",
                                     "/",      "^",     "(",       ")",         ",",           "?",          ":",
                                     "min",    "clamp", "<",       "&&",        "day",         " ",          "(",
                                     "before", ")",     "reached", "==",        "milestone.a", "2024-02-29", "abs("};
  std::mt19937 random{7};
  int right = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    const auto length = 1 + random() % 9;
    for (auto j = length; j > 0; --j) text += kWords[random() % kWords.size()];
    const CheckedExpression checked = check(text);
    if (checked.errors.empty()) {
      ++right;
      EXPECT_NO_THROW(static_cast<void>(Expression(text, names()).evaluate(kValues))) << text;
    }
  }
  EXPECT_GT(right, 500);
}

TEST(Expression, FollowsTheVariablesAndIsSharedByItsCopies) {
  const Expression sum("base + rate", names());
  const Expression copy = sum;  // NOLINT(performance-unnecessary-copy-initialization)
  std::vector<double> values = kValues;
  for (const double base : {1.0, 2.0, 3.0}) {
    values[0] = base;
    EXPECT_EQ(sum.evaluate(values), base + 5);
    EXPECT_EQ(copy.evaluate(values), base + 5);
  }
  EXPECT_EQ(sum.used().data(), copy.used().data());
  EXPECT_EQ(std::vector(sum.used().begin(), sum.used().end()), (std::vector<std::uint32_t>{0, 2}));
}

TEST(Expression, IsSharedByThreads) {
  const Expression shared("base + 2024-01-02 * clamp(x, 0, 5)", names());
  std::array<double, 4> totals{};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < totals.size(); ++t) {
    threads.emplace_back([&, t] {
      std::vector<double> values = kValues;
      for (int i = 0; i < 1000; ++i) {
        values[0] = static_cast<double>(t);
        values[4] = i;
        totals[t] += shared.evaluate(values);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t t = 0; t < totals.size(); ++t) {
    EXPECT_EQ(totals[t], 1000.0 * static_cast<double>(t) + 1 + 2 + 3 + 4 + 5 * 995);
  }
}

TEST(Expression, WaitsForAsManyNumbersAsItsLengthAllows) {
  std::string powers = "1";
  while (powers.size() + 2 <= 4096) powers += "^1";
  EXPECT_EQ(value(powers), 1) << "constants";
  std::string variables = "x";
  while (variables.size() + 2 <= 4096) variables += "^x";
  EXPECT_EQ(value(variables, std::vector<double>(9, 1.0)), 1);
  std::string choices = "x";
  while (choices.size() + 4 <= 4096) choices += "?x:x";
  EXPECT_EQ(value(choices), 49);
  std::string sums;
  for (int i = 0; i < 200; ++i) sums += "x+sum(x,";
  EXPECT_EQ(value(sums + "x" + std::string(200, ')')), 49.0 * 401);
}

TEST(VariableNames, AreFoundInTheirOrderAndSharedUntilChanged) {
  VariableNames names{"a", "b", "a"};
  EXPECT_EQ(names.find("a"), 0U) << "the first of a name";
  EXPECT_EQ(names.find("b"), 1U);
  EXPECT_FALSE(names.find("c"));
  VariableNames more = names;
  more.push_back("c");
  EXPECT_EQ(more.find("c"), 3U);
  EXPECT_EQ(more.size(), 4U);
  EXPECT_FALSE(names.find("c")) << "a copy has been changed, not this";
  EXPECT_EQ(names.size(), 3U);
}

TEST(Expression, NamesAreFoundAmongManyAtOnce) {
  ExpressionNames many;
  for (int i = 0; i < 20'000; ++i) many.variables.push_back(fmt::format("p{}", i));
  const auto began = std::clock();
  for (int i = 0; i < 20'000; ++i)
    EXPECT_EQ(check_expression(fmt::format("2 * p{} + p7", i), many, "", {}).errors.size(), 0U);
  EXPECT_LT(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC, 10) << "quadratic in the number of names";
}

}  // namespace
}  // namespace materiel::scenario
