#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <materiel/base/csv_reader.h>

namespace materiel {

// A row that is longer is none: a quote that is never closed makes one of the rest of the file.
constexpr std::size_t kMostRowBytes = std::size_t{1} << 28U;

CsvRecords::CsvRecords(Source source, std::size_t wanted, std::size_t piece)
    : source_(std::move(source)), wanted_(wanted), piece_(piece) {}

/// Drops what was read from the buffer and reads on; false at the end. The buffer doubles if one row fills it, so that
/// a long row is parsed a few times only.
bool CsvRecords::read_more() {
  if (buffer_.size() - at_ > kMostRowBytes) {
    error_ = fmt::format("line {}: a row of more than {} bytes", line_, kMostRowBytes);
    return false;
  }
  buffer_.erase(0, std::exchange(at_, 0));
  const std::size_t there = buffer_.size(), wanted = std::max(piece_, there);
  buffer_.resize(there + wanted);
  const std::size_t got = source_(buffer_.data() + there, wanted);
  buffer_.resize(there + got);
  at_end_ = got == 0;
  return !at_end_;
}

bool CsvRecords::next() {
  while (error_.empty()) {
    const std::string_view rest = std::string_view(buffer_).substr(at_);
    if (take_plain_row(rest) || take_row(rest)) return true;
    if (at_end_ || !error_.empty()) return false;
    read_more();
  }
  return false;
}

/// Takes a row of cells without quotes, as nearly all are: such a row ends at the first line break.
bool CsvRecords::take_plain_row(std::string_view rest) {
  const std::size_t end = rest.find('\n');
  if (line_ == 1 || end == std::string_view::npos) return false;  // the first may have the mark of UTF-8
  bytes_ = rest.substr(0, end);
  if (bytes_.find('"') != std::string_view::npos || bytes_.find('\r') != std::string_view::npos) return false;
  cell_count_ = 1 + static_cast<std::size_t>(std::count(bytes_.begin(), bytes_.end(), ','));
  cells_.resize(std::min(wanted_, cell_count_));
  std::size_t first = 0;
  for (std::string& cell : cells_) {
    const std::size_t comma = std::min(bytes_.find(',', first), bytes_.size());
    cell = bytes_.substr(first, comma - first);
    first = comma + 1;
  }
  row_line_ = line_++;
  at_ += end + 1;
  return true;
}

/// Takes any row; false if the buffer ends within it, or if it is wrong.
bool CsvRecords::take_row(std::string_view rest) {
  CsvReader reader = line_ == 1 ? CsvReader(rest) : CsvReader(rest, line_);
  const bool found = reader.next(cells_);
  const std::size_t end = reader.offset();
  const bool has_line_end = found && rest[end - 1] == '\n';
  // What the buffer ends within may look otherwise once the next piece is there: "\r" before "\n", or a quote that is
  // one of two.
  if (!at_end_ && !has_line_end && end + 1 >= rest.size()) return false;
  row_line_ = reader.line();
  error_ = reader.error();
  if (!found) return false;
  bytes_ = rest.substr(0, end);
  if (has_line_end) bytes_.remove_suffix(1);
  if (has_line_end && bytes_.ends_with('\r')) bytes_.remove_suffix(1);
  cell_count_ = cells_.size();
  cells_.resize(std::min(wanted_, cell_count_));
  line_ = reader.next_line();
  at_ += end;
  return true;
}

}  // namespace materiel
