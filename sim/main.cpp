#include <malloc.h>

#include <materiel/cli/main.h>

int main(int argc, char** argv) {
  // What is large is given back to the system as soon as it is freed. By default that ends with the first large thing
  // that is freed, and each state that a study keeps leaves its memory behind.
  constexpr int kLarge = 128 << 10;
  mallopt(M_MMAP_THRESHOLD, kLarge);
  return materiel::cli::run_program(argc, argv);
}
