#include "store/write_all.h"

#include <unistd.h>

namespace materiel::store {

int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = again([&] { return ::write(descriptor, text.data(), text.size()); });
    if (written < 0) return errno;
    if (written == 0) return EIO;  // no file that is written to does that
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int flush(int descriptor) {
  return again([&] { return ::fsync(descriptor); }) == 0 || errno == EINVAL ? 0 : errno;
}

int close_written(int descriptor) {
  return ::close(descriptor) == 0 || errno == EINTR ? 0 : errno;
}

}  // namespace materiel::store
