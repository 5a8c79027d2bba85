#pragma once

#include <string>
#include <vector>

#include "cli/course_options.h"

namespace CLI {
class App;
}

namespace materiel::cli {

/// The options that decide how far a study is run, as they are written.
class CourseGrammar {
 public:
  void add_to(CLI::App& command);
  void add_selection_to(CLI::App& command);

  /// Throws CLI::ValidationError with what is wrong.
  [[nodiscard]] CourseOptions options() const;

 private:
  std::vector<std::string> precision_;
  std::string budget_, selection_;
  bool extend_ = false;
};

}  // namespace materiel::cli
