#pragma once

#include <atomic>

namespace materiel::cli {

/// While one exists, Ctrl-C (SIGINT), SIGTERM and SIGHUP don't end the program but ask it to stop; a second one ends it
/// at once. A signal that was ignored before (nohup) stays ignored. One at a time.
class Interruption {
 public:
  Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  ~Interruption();

  [[nodiscard]] const std::atomic<bool>& requested() const;
};

/// Lets writes fail with EFBIG and EPIPE, which are reported, instead of ending the program.
void ignore_write_signals();

/// Opens what is closed of standard input, output and error, so that no file gets their numbers: what is printed would
/// go into it. Printing fails as it did.
void fill_standard_descriptors();

}  // namespace materiel::cli
