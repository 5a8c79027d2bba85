#pragma once

#include <array>
#include <istream>
#include <streambuf>
#include <string>

#include <materiel/store/directory.h>

namespace materiel::store {

/// A file of a study's directory as a stream, for what may be larger than the memory. It is bad() if it can't be opened
/// or read; error() then names it and says why.
class InputFile : public std::istream {
 public:
  InputFile(const DirectoryPath& directory, const std::string& name);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile() override;

  [[nodiscard]] const std::string& error() const { return buffer_.error; }

 private:
  class Buffer : public std::streambuf {
   public:
    Directory::Opened file;
    std::string path, error;

   protected:
    int_type underflow() override;

   private:
    std::array<char, 1 << 16> block_{};
  };

  Buffer buffer_;
};

}  // namespace materiel::store
