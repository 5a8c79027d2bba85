# Compiler settings shared by every target, and the libraries that materiel stands on.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(MATERIEL_CCACHE ccache)
if(MATERIEL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Another clone of the same sources finds what this one has compiled.
  set(MATERIEL_CCACHE ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${MATERIEL_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MATERIEL_CCACHE})
endif()

find_package(Boost 1.74 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt 9 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(tomlplusplus 3.3 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
find_path(CEREAL_INCLUDE cereal/cereal.hpp REQUIRED)

# The instruction set of release builds: the newest of these that this machine can run. Results do not depend on it
# (-ffp-contract=off, no -ffast-math). An empty MATERIEL_MARCH gives the compiler's baseline, for packages.
include(CheckCXXSourceRuns)
if(NOT DEFINED MATERIEL_MARCH)
  set(CMAKE_REQUIRED_FLAGS "-march=x86-64-v3")
  check_cxx_source_runs("
    #include <immintrin.h>
    int main(int n, char**) {
      if (!__builtin_cpu_supports(\"avx2\") || !__builtin_cpu_supports(\"bmi2\")) return 1;
      volatile int x = n;
      __m256i v = _mm256_add_epi32(_mm256_set1_epi32(x), _mm256_set1_epi32(1));
      return _mm256_extract_epi32(v, 0) == n + 1 ? 0 : 1;
    }" MATERIEL_RUNS_X86_64_V3)
  unset(CMAKE_REQUIRED_FLAGS)
  if(MATERIEL_RUNS_X86_64_V3)
    set(MATERIEL_MARCH "x86-64-v3")
  else()
    set(MATERIEL_MARCH "")
  endif()
endif()
set(MATERIEL_MARCH "${MATERIEL_MARCH}" CACHE STRING "Value of -march, or empty for the compiler's baseline")

set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

# Precompiled headers make a build from nothing shorter. In the release build only tests have them, so that it still shows
# a file of sim/ that lacks an #include.
set(MATERIEL_PRECOMPILE OFF CACHE STRING "Precompile the headers that most files include: OFF, TESTS (for tests only), ON")
set_property(CACHE MATERIEL_PRECOMPILE PROPERTY STRINGS OFF TESTS ON)
if(MATERIEL_PRECOMPILE AND CMAKE_CXX_COMPILER_LAUNCHER)  # which has to be told that it may trust them
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
# materiel_precompile(TARGET OWNER HEADER...): for TARGET, the headers that OWNER, which may be itself, has precompiled.
function(materiel_precompile target owner)
  if(NOT MATERIEL_PRECOMPILE OR (MATERIEL_PRECOMPILE STREQUAL "TESTS" AND NOT owner STREQUAL "test_headers"))
    return()
  endif()
  if(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
  target_compile_options(${target} PRIVATE -fpch-preprocess -Winvalid-pch)
endfunction()

# What every target of ours is compiled with; never exported.
add_library(materiel_settings INTERFACE)
target_compile_options(materiel_settings INTERFACE -ffp-contract=off
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Wno-missing-field-initializers)
if(MATERIEL_MARCH)
  target_compile_options(materiel_settings INTERFACE -march=${MATERIEL_MARCH})
endif()
if(MATERIEL_WERROR)
  target_compile_options(materiel_settings INTERFACE -Werror)
endif()
if(MATERIEL_CHECKS)
  target_compile_definitions(materiel_settings INTERFACE MATERIEL_CHECKS=1)
endif()
if(MATERIEL_INSTRUMENTED)
  target_compile_definitions(materiel_settings INTERFACE MATERIEL_SLOW=1)
endif()
if(MATERIEL_SANITIZE)
  target_compile_options(materiel_settings INTERFACE -fsanitize=${MATERIEL_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  target_link_options(materiel_settings INTERFACE -fsanitize=${MATERIEL_SANITIZE})
endif()
