#include <istream>
#include <iterator>
#include <ostream>
#include <random>

#include <gtest/gtest.h>

#include "experiment/lane_state.h"

namespace materiel::experiment {
namespace {

std::string text_of(std::size_t size) {
  std::mt19937 bits(3);
  std::string text(size, ' ');
  for (char& c : text) c = static_cast<char>(bits() % 7);
  return text;
}

std::string compressed(const std::string& text, std::size_t piece) {
  CompressingStream compressing;
  std::ostream stream(&compressing);
  for (std::size_t first = 0; first < text.size(); first += piece) stream << text.substr(first, piece);
  return compressing.finish();
}

std::string decompressed(std::string_view bytes) {
  DecompressingStream decompressing(bytes);
  return {std::istreambuf_iterator<char>(&decompressing), std::istreambuf_iterator<char>()};
}

TEST(CompressedStream, GivesBackWhatWasWritten) {
  for (const std::size_t size : {0U, 1U, 131072U, 131073U, 1'000'000U}) {
    const std::string text = text_of(size);
    const std::string bytes = compressed(text, 1'000'000);
    EXPECT_EQ(decompressed(bytes), text) << size;
    EXPECT_LE(bytes.size(), size / 2 + 32);
  }
}

TEST(CompressedStream, DependsOnWhatWasWrittenNotOnHow) {
  const std::string text = text_of(400'000);
  const std::string bytes = compressed(text, text.size());
  EXPECT_EQ(compressed(text, 1), bytes);
  EXPECT_EQ(compressed(text, 65536), bytes);
  EXPECT_EQ(compressed(text, 131073), bytes);
}

TEST(CompressedStream, OfDamagedBytesIsRefusedByTheReaderOfAState) {
  const std::vector<double> values(40'000, 0.1);
  const std::string bytes = saved_state([&](StateWriter& archive) { archive(values); });
  std::vector<double> read;
  const auto load = [&](std::string_view from) { load_state(from, [&](StateReader& archive) { archive(read); }); };
  load(bytes);
  EXPECT_EQ(read, values);
  for (const std::size_t size : {std::size_t{0}, std::size_t{4}, bytes.size() / 2})
    EXPECT_THROW(load(std::string_view(bytes).substr(0, size)), std::exception) << size;
  EXPECT_THROW(load("no state at all"), std::exception);
}

}  // namespace
}  // namespace materiel::experiment
