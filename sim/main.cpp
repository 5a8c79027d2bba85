#include "cli/main.h"

int main(int argc, char** argv) {
  return materiel::cli::run_program(argc, argv);
}
