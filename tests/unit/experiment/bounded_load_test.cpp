#include "experiment/bounded_load.h"

#include <cstdint>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>

namespace materiel {
namespace {

template <class Value>
std::string saved(const Value& value) {
  std::ostringstream stream;
  {
    cereal::PortableBinaryOutputArchive archive(stream);
    archive(value);
  }
  return stream.str();
}

template <class Value>
Value loaded(const std::string& bytes, Value value = {}) {
  std::istringstream stream(bytes);
  cereal::PortableBinaryInputArchive archive(stream);
  archive(value);
  return value;
}

TEST(BoundedLoad, ReadsWhatWasSaved) {
  for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 20000U}) {
    std::vector<double> numbers(size);
    for (std::size_t i = 0; i < size; ++i) numbers[i] = 0.5 * static_cast<double>(i);
    EXPECT_EQ(loaded<std::vector<double>>(saved(numbers)), numbers);
    EXPECT_EQ(loaded(saved(numbers), std::vector<double>{1, 2}), numbers) << "what was there is gone";
    const std::vector<std::vector<std::uint16_t>> nested(size, {1, 2, 3});
    EXPECT_EQ(loaded<std::vector<std::vector<std::uint16_t>>>(saved(nested)), nested);
    const std::string text(size, 'x');
    EXPECT_EQ(loaded<std::string>(saved(text)), text);
  }
}

// Only the archive's own exception will do: another says that room for all elements was asked for.
TEST(BoundedLoad, TakesNoSizeAtItsWord) {
  for (const std::uint64_t size :
       {std::uint64_t{3}, std::uint64_t{1} << 40, std::numeric_limits<std::uint64_t>::max()}) {
    std::string bytes = saved(std::vector<double>{1, 2});
    const std::string other = saved(size);
    bytes.replace(1, 8, other.substr(1));  // behind the byte that tells the order of bytes
    EXPECT_THROW((void)loaded<std::vector<double>>(bytes), cereal::Exception) << size;
    EXPECT_THROW((void)loaded<std::vector<std::vector<double>>>(bytes), cereal::Exception) << size;
    std::string text = saved(std::string("ab"));
    text.replace(1, 8, other.substr(1));
    EXPECT_THROW((void)loaded<std::string>(text), cereal::Exception) << size;
  }
}

}  // namespace
}  // namespace materiel
