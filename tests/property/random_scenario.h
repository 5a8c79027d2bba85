#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace materiel::testing {

/// A valid scenario drawn at random: any feature may occur, and the same number always gives the same text.
class RandomScenario {
 public:
  explicit RandomScenario(std::uint64_t number) : bits_(number * 7919 + 17) {}

  [[nodiscard]] std::string text();

 private:
  using Words = std::vector<std::string>;

  // Chance, the same on every platform.
  std::uint64_t below(std::uint64_t n) { return bits_() % n; }
  bool with(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }
  double between(double low, double high);
  const std::string& any(const Words& words) { return words[below(words.size())]; }

  std::string maybe(int percent, const char* key, const std::string& value);
  void maybe_line(std::string& text, int percent, const char* key, const std::string& value);

  // Values, as TOML.
  std::string number(double low, double high);
  std::string value(double low, double high);  ///< a number, an expression over a parameter, or a distribution
  std::string fixed(double low, double high);  ///< no distribution
  std::string whole(int low, int high);
  std::string distribution(double low, double high);
  std::string pattern();
  std::string interval();
  std::string rate(double most);
  std::string span(const char* begins, const char* ends);

  // Sections.
  std::string parameters();
  std::string sites();
  std::string supply(const std::string& name);
  std::string production(const std::string& name);
  std::string route(const std::string& name);
  std::string demand(const std::string& name);
  std::string exchange();
  std::string disruption(const std::string& name);
  std::string rules();

  std::mt19937_64 bits_;
  Words parameters_, items_, sites_, targets_;
  std::vector<std::string> metrics_;
  bool milestone_ = false;
};

}  // namespace materiel::testing
