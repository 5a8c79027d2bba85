#include "cli/console.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <unistd.h>

#include <materiel/base/text.h>

namespace materiel::cli {
namespace {

bool terminal_has_colour() {
  const char* no_colour = std::getenv("NO_COLOR");  // https://no-color.org
  const char* terminal = std::getenv("TERM");
  return (!no_colour || *no_colour == '\0') && terminal && std::strcmp(terminal, "dumb") != 0;
}

/// If standard error can't be written there is nobody left to tell.
void write_error(std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

struct Console::Log {
  explicit Log(bool colour)
      : logger("materiel", std::make_shared<spdlog::sinks::stderr_color_sink_mt>(colour ? spdlog::color_mode::always
                                                                                        : spdlog::color_mode::never)) {
    logger.set_pattern("%^%l:%$ %v");
  }
  spdlog::logger logger;
};

Console::Console()
    : error_is_terminal_(::isatty(STDERR_FILENO) == 1), colour_(error_is_terminal_ && terminal_has_colour()) {
  log_ = std::make_unique<Log>(colour_);
}

Console::~Console() = default;

void Console::be_quiet() {
  log_->logger.set_level(spdlog::level::warn);
}

void Console::info(std::string_view text) {
  log_->logger.info("{}", printable(text));
}
void Console::warn(std::string_view text) {
  log_->logger.warn("{}", printable(text));
}
void Console::error(std::string_view text) {
  log_->logger.error("{}", printable(text));
}

void Console::show(const Diagnostics& diagnostics, std::string_view source) {
  std::string text;
  const std::string lines = printable(source);
  for (Diagnostic diagnostic : diagnostics) {
    diagnostic.message = printable(diagnostic.message);
    diagnostic.file = printable(diagnostic.file);
    for (std::string& note : diagnostic.notes) note = printable(note);
    text += diagnostic_text(diagnostic, lines, colour_);
  }
  write_error(text);
}

void Console::print(std::string_view text) {
  const std::string shown = printable(text);
  if (std::fwrite(shown.data(), 1, shown.size(), stdout) != shown.size() && output_error_ == 0) output_error_ = errno;
}

void Console::draw_progress(std::string_view line) {
  const std::string shown = printable(line);
  write_error(error_is_terminal_ ? fmt::format("\r{}\x1b[K", shown) : fmt::format("{}\n", shown));
}

void Console::clear_progress() {
  if (error_is_terminal_) write_error("\r\x1b[K");
}

bool Console::flush() {
  if (std::fflush(stdout) != 0 && output_error_ == 0) output_error_ = errno;
  if (output_error_ == 0) return true;
  if (output_error_ != EPIPE) error(fmt::format("cannot write to standard output: {}", std::strerror(output_error_)));
  return false;
}

}  // namespace materiel::cli
