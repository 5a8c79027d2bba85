#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include <materiel/base/diagnostic.h>

namespace materiel {
namespace {

struct Palette {
  std::string_view bold, error, warning, mark, off;
};
constexpr Palette kColoured{"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;32m", "\033[0m"};
constexpr Palette kPlain{};

std::string_view line_of(std::string_view source, std::uint32_t number) {
  for (std::uint32_t i = 1; i < number; ++i) {
    const std::size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  std::string_view line = source.substr(0, source.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool starts_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

/// A quoted line that is safe and short enough to show, and the characters cut from its beginning.
struct Quote {
  std::string text;
  std::uint32_t cut = 0;
};

Quote quote(std::string_view line, std::uint32_t column) {
  constexpr std::uint32_t kWidth = 160;
  const std::uint32_t first = column > kWidth / 2 && line.size() > kWidth ? column - kWidth / 2 : 0;
  Quote shown{.text = {}, .cut = first};
  std::uint32_t character = 0;
  for (const char c : line) {
    if (starts_character(c)) ++character;
    if (character <= first) continue;
    if (character > first + kWidth) break;
    shown.text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  }
  return shown;
}

std::uint32_t characters(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), starts_character));
}

}  // namespace

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void sort_diagnostics(Diagnostics& diagnostics) {
  const auto key = [](const Diagnostic& d) {
    return std::tie(d.file, d.where.line, d.where.column, d.severity, d.message, d.notes);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  diagnostics.erase(std::unique(diagnostics.begin(), diagnostics.end(),
                                [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); }),
                    diagnostics.end());
}

std::string diagnostic_text(const Diagnostic& diagnostic, std::string_view source, bool colour) {
  const Palette& palette = colour ? kColoured : kPlain;
  const bool is_error = diagnostic.severity == Severity::error;
  std::string text = fmt::format("{}{}", palette.bold, diagnostic.file);
  if (diagnostic.where.line > 0) text += fmt::format(":{}:{}", diagnostic.where.line, diagnostic.where.column);
  text += fmt::format(": {}{}:{} {}\n", is_error ? palette.error : palette.warning, is_error ? "error" : "warning",
                      palette.off, diagnostic.message);
  const std::string_view line = diagnostic.where.line > 0 ? line_of(source, diagnostic.where.line) : std::string_view{};
  if (!line.empty()) {
    const Quote shown = quote(line, diagnostic.where.column);
    const std::uint32_t column = std::max(diagnostic.where.column, shown.cut + 1) - shown.cut;
    const std::uint32_t room = std::max(characters(shown.text), column) - column + 1;
    const std::uint32_t length = std::clamp(diagnostic.where.length, 1U, room);
    text += fmt::format("{:5} | {}\n", diagnostic.where.line, shown.text);
    text += fmt::format("      | {:{}}{}^{:~<{}}{}\n", "", column - 1, palette.mark, "", length - 1, palette.off);
  }
  for (const std::string& note : diagnostic.notes) text += fmt::format("      = {}\n", note);
  return text;
}

}  // namespace materiel
