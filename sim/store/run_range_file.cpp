#include <array>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include <materiel/store/run_range_file.h>
#include <materiel/store/sha256.h>

namespace materiel::store {
namespace {

constexpr std::string_view kRunRangeWords = "materiel stretch 1 ";
constexpr std::size_t kChecksumDigits = 64;  // of a SHA-256
constexpr std::size_t kHead = kRunRangeWords.size() + kChecksumDigits + 1;

}  // namespace

// A line with the SHA-256 of what follows, a line of numbers, and the texts.
std::string run_range_bytes(const RunRangeResult& result) {
  const std::array texts{result.state, result.runs, result.inputs, result.compared};
  std::string numbers = fmt::format("{} {} {}", result.range.alternative, result.range.first, result.range.end);
  std::size_t size = kHead + 1;
  for (const std::string_view text : texts) {
    numbers += fmt::format(" {}", text.size());
    size += text.size();
  }
  std::string bytes;
  bytes.reserve(size + numbers.size());
  bytes += kRunRangeWords;
  bytes.append(kChecksumDigits, ' ');
  bytes += fmt::format("\n{}\n", numbers);
  for (const std::string_view text : texts) bytes += text;
  bytes.replace(kRunRangeWords.size(), kChecksumDigits, sha256_of_text(std::string_view(bytes).substr(kHead)));
  return bytes;
}

std::optional<RunRangeResult> parse_run_range(std::string_view bytes, bool trusted) {
  if (!bytes.starts_with(kRunRangeWords) || bytes.size() < kHead || bytes[kHead - 1] != '\n') return std::nullopt;
  const std::string_view digits = bytes.substr(kRunRangeWords.size(), kChecksumDigits);
  bytes.remove_prefix(kHead);
  if (!trusted && sha256_of_text(bytes) != digits) return std::nullopt;
  const std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return std::nullopt;
  std::istringstream numbers{std::string(bytes.substr(0, line))};
  bytes.remove_prefix(line + 1);
  RunRangeResult result;
  numbers >> result.range.alternative >> result.range.first >> result.range.end;
  for (std::string_view* const text : {&result.state, &result.runs, &result.inputs, &result.compared}) {
    std::size_t size = 0;
    if (!(numbers >> size) || size > bytes.size()) return std::nullopt;
    *text = bytes.substr(0, size);
    bytes.remove_prefix(size);
  }
  return bytes.empty() ? std::optional(result) : std::nullopt;
}

std::string run_range_file_prefix(std::size_t alternative) {
  return fmt::format("stretch-{}-", alternative);
}

std::uint64_t runs_in_run_ranges(const Directory& directory, std::size_t alternative, std::uint64_t from) {
  const std::string prefix = run_range_file_prefix(alternative);
  std::uint64_t runs = 0;
  std::vector<std::string> names;
  std::string error;
  if (directory.list(names) != 0) return 0;
  for (const std::string& name : names) {
    if (!name.starts_with(prefix)) continue;
    const auto bytes = directory.read(name, error);
    const auto kept = bytes ? parse_run_range(*bytes) : std::nullopt;
    if (kept && kept->range.alternative == alternative && kept->range.first >= from)
      runs += kept->range.end - kept->range.first;
  }
  return runs;
}

}  // namespace materiel::store
