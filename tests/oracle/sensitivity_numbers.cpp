// Reads numbers and prints sensitivity indices of them, for programs that compute the same independently:
//   sobol FACTORS SECOND_ORDER < row-major outcomes       prints first orders, totals, second orders and the variance
//   prcc PARAMETERS < rows of parameters and an outcome   prints coefficients and p-values
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <materiel/stats/partial_rank_correlation.h>
#include <materiel/stats/sobol_indices.h>

namespace {

std::vector<double> numbers_from_input() {
  std::vector<double> numbers;
  for (double x = 0; std::cin >> x;) numbers.push_back(x);
  return numbers;
}

void print(double x) {
  std::printf("%.17g\n", x);
}

void print_sobol(std::size_t factors, bool second_order) {
  const auto found =
      materiel::stats::sobol_indices({factors, second_order}, numbers_from_input(), {.seed = 1, .resamples = 10});
  for (const auto& one : found.first_order) print(one.value);
  for (const auto& one : found.total) print(one.value);
  for (const auto& one : found.second_order) print(one.index.value);
  print(found.variance);
}

void print_prcc(std::size_t parameters) {
  const std::vector<double> rows = numbers_from_input();
  const std::size_t width = parameters + 1;
  std::vector<std::vector<double>> columns(width);
  for (std::size_t i = 0; i < rows.size(); ++i) columns[i % width].push_back(rows[i]);
  const auto found =
      materiel::stats::partial_rank_correlations({columns.begin(), columns.end() - 1}, columns.back(), 0.95);
  for (const auto& one : found) print(one.value);
  for (const auto& one : found) print(one.p_value);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  if (words.size() < 3) return 2;
  const auto count = static_cast<std::size_t>(std::strtoul(words[2].c_str(), nullptr, 10));
  if (words[1] == "sobol") {
    print_sobol(count, words.size() > 3 && words[3] == "1");
  } else {
    print_prcc(count);
  }
  return 0;
}
