#include <algorithm>

#include <fmt/format.h>

#include <materiel/base/csv_reader.h>

namespace materiel {

CsvReader::CsvReader(std::string_view text) : text_(text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // spreadsheets put it in front of UTF-8
  if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) at_ = kByteOrderMark.size();
}

bool CsvReader::next(std::vector<std::string>& cells) {
  if (!error_.empty() || at_ >= text_.size()) return false;
  row_line_ = line_;
  std::size_t count = 0;
  for (bool row_ends = false; !row_ends; ++count) {
    if (cells.size() <= count) cells.emplace_back();
    cells[count].clear();
    if (at_ < text_.size() && text_[at_] == '"') {
      if (!quoted_cell(cells[count])) return false;
    } else {
      plain_cell(cells[count]);
    }
    if (!end_of_cell(row_ends)) return false;
  }
  cells.resize(count);
  return true;
}

bool CsvReader::quoted_cell(std::string& cell) {
  for (++at_; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '"') {
      ++at_;
      if (at_ >= text_.size() || text_[at_] != '"') return true;
    }
    if (c == '\n') ++line_;
    cell += c;
  }
  error_ = fmt::format("line {}: a quoted cell doesn't end", row_line_);
  return false;
}

void CsvReader::plain_cell(std::string& cell) {
  const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
  cell = text_.substr(at_, end - at_);
  at_ = end;
}

bool CsvReader::end_of_cell(bool& row_ends) {
  row_ends = true;
  if (at_ >= text_.size()) return true;
  if (text_[at_] == ',') {
    ++at_;
    row_ends = false;
    return true;
  }
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  if (text_[at_] != '\n') {
    error_ = fmt::format("line {}: text after a quoted cell, or a lone carriage return", line_);
    return false;
  }
  ++at_;
  ++line_;
  return true;
}

}  // namespace materiel
