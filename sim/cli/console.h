#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <materiel/base/diagnostic.h>

namespace materiel::cli {

/// Standard output for results, standard error for the log: the only place that knows whether they are terminals. All
/// text passes printable(), so that nothing from a file or a name gives a terminal orders.
class Console {
 public:
  Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;
  ~Console();

  /// From now on only warnings and errors are logged.
  void be_quiet();

  void info(std::string_view text);
  void warn(std::string_view text);
  void error(std::string_view text);

  /// Shows diagnostics as a compiler would, with lines from the file's text.
  void show(const Diagnostics& diagnostics, std::string_view source);

  /// Writes results.
  void print(std::string_view text);

  /// Draws a line over the last one on a terminal, or a line of its own elsewhere.
  void draw_progress(std::string_view line);
  void clear_progress();

  /// False, once, with a message, if results could not be written.
  [[nodiscard]] bool flush();

  [[nodiscard]] bool error_is_terminal() const { return error_is_terminal_; }

 private:
  struct Log;
  std::unique_ptr<Log> log_;
  bool error_is_terminal_ = false;
  bool colour_ = false;
  int output_error_ = 0;
};

}  // namespace materiel::cli
