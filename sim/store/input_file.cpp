#include <cerrno>

#include <unistd.h>

#include <materiel/store/input_file.h>

#include "store/write_all.h"

namespace materiel::store {

InputFile::InputFile(const DirectoryPath& directory, const std::string& name) : std::istream(nullptr) {
  buffer_.path = directory.text() + "/" + name;
  int reason = 0;
  const std::optional<Directory> folder = Directory::open(directory, reason);
  if (folder) {
    buffer_.file = folder->open_to_read(name);
    reason = buffer_.file.reason;
  }
  rdbuf(&buffer_);
  if (reason == 0) return;
  buffer_.error = refusal("read", buffer_.path, reason);
  setstate(std::ios_base::badbit);
}

InputFile::~InputFile() {
  if (buffer_.file.descriptor >= 0) ::close(buffer_.file.descriptor);
}

// What is thrown here the stream takes as badbit.
InputFile::Buffer::int_type InputFile::Buffer::underflow() {
  if (file.descriptor < 0) return traits_type::eof();
  const ssize_t size = again([&] { return ::read(file.descriptor, block_.data(), block_.size()); });
  if (size < 0) {
    error = refusal("read", path, errno);
    throw std::ios_base::failure(error);
  }
  if (size == 0) return traits_type::eof();
  setg(block_.data(), block_.data(), block_.data() + size);
  return traits_type::to_int_type(*gptr());
}

}  // namespace materiel::store
