#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <materiel/stats/prim.h>

namespace CLI {
class App;
}

namespace materiel::cli {

/// A number, or a quantile of the outcome.
struct EventThreshold {
  double value = 0;       ///< of a quantile 0 to 1
  bool is_share = false;  ///< "90%"
};

struct DiscoverOptions {
  std::string study;                           ///< its directory
  std::string outcome;                         ///< an expression
  std::optional<EventThreshold> above, below;  ///< what makes an event of a number; at most one
  std::string alternative;                     ///< empty: the base, or the first if that was not run
  stats::PrimOptions prim;
  std::uint64_t boxes = 1;
  std::string directory;  ///< empty: DIR/discover
  bool quiet = false, json = false, overwrite = false;
};

/// The grammar of `materiel discover`.
class DiscoverGrammar {
 public:
  explicit DiscoverGrammar(CLI::App& program);
  DiscoverGrammar(const DiscoverGrammar&) = delete;
  DiscoverGrammar& operator=(const DiscoverGrammar&) = delete;
  ~DiscoverGrammar();

  /// Whether the command line has this command.
  [[nodiscard]] bool chosen() const;
  /// Throws CLI::ValidationError with what is wrong.
  [[nodiscard]] DiscoverOptions options() const;

 private:
  struct Texts;
  CLI::App* command_;
  std::unique_ptr<Texts> texts_;
};

}  // namespace materiel::cli
