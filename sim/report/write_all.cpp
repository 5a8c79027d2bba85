#include "report/write_all.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace materiel::report {

int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int flush(int descriptor) {
  return ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
}

int sync_directory(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int reason = flush(descriptor);
  ::close(descriptor);
  return reason;
}

int write_file(const std::string& path, std::span<const std::string_view> texts) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return errno;
  int reason = 0;
  for (const std::string_view text : texts)
    if (reason == 0) reason = write_all(descriptor, text);
  if (reason == 0) reason = flush(descriptor);
  if (::close(descriptor) != 0 && reason == 0) reason = errno;
  return reason;
}

}  // namespace materiel::report
