#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <materiel/base/csv_reader.h>
#include <materiel/study/run.h>

#include "support/small_study.h"

/// Studies on the disk, for tests of what reads them.
namespace materiel::testing {

/// Runs the small study into a directory.
inline void store_study(const std::string& directory, std::uint64_t samples = 120,
                        const std::vector<std::string>& alternatives = {"base", "less"}) {
  study::RunRequest request = small_request_into(directory, alternatives);
  request.plan.samples = samples;
  const auto result = study::run(request);
  ASSERT_TRUE(result) << result.error().what;
}

/// The rows of a CSV text, each by the names of its columns.
inline std::vector<std::map<std::string, std::string>> csv_rows(const std::string& text) {
  CsvReader reader(text);
  std::vector<std::string> names, cells;
  std::vector<std::map<std::string, std::string>> rows;
  for (reader.next(names); reader.next(cells);) {
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = cells.at(i);
  }
  EXPECT_EQ(reader.error(), "");
  return rows;
}

/// Replaces the first `old` in a file.
inline void edit_file(const std::string& path, const std::string& old, const std::string& now) {
  std::string text = text_of(path);
  const std::size_t at = text.find(old);
  ASSERT_NE(at, std::string::npos) << old;
  put_text(path, text.replace(at, old.size(), now));
}

/// Takes the last line from a file.
inline void drop_last_line(const std::string& path) {
  std::string text = text_of(path);
  text.pop_back();
  put_text(path, text.substr(0, text.rfind('\n') + 1));
}

}  // namespace materiel::testing
