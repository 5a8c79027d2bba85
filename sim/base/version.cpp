#include <materiel/version.h>

namespace materiel {

const char* library_version() {
  return kVersion;
}

}  // namespace materiel
