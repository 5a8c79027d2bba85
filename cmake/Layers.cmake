# materiel_layer(NAME USES layer... LINKS library...): the library of one layer, made of sim/NAME/*.cpp with its public
# headers in include/materiel/NAME. USES is also what tests/architecture holds the #include lines against.
function(materiel_layer name)
  cmake_parse_arguments(LAYER "" "" "USES;LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sim/${name}/*.cpp)
  add_library(materiel_${name} STATIC ${sources})
  set_target_properties(materiel_${name} PROPERTIES LINKER_LANGUAGE CXX POSITION_INDEPENDENT_CODE ON)
  target_compile_features(materiel_${name} PUBLIC cxx_std_20)
  target_include_directories(materiel_${name}
    PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include
    PRIVATE ${PROJECT_SOURCE_DIR}/sim)
  list(TRANSFORM LAYER_USES PREPEND materiel_ OUTPUT_VARIABLE layers)
  target_link_libraries(materiel_${name} PUBLIC ${layers} ${LAYER_LINKS} PRIVATE materiel_settings)
  materiel_precompile(materiel_${name} materiel_base <algorithm> <array> <chrono> <cmath> <cstdint> <filesystem> <functional>
                      <limits> <map> <memory> <optional> <random> <span> <string> <string_view> <utility> <vector>
                      <fmt/format.h> <fmt/ranges.h>)
  set_property(GLOBAL APPEND PROPERTY MATERIEL_LAYERS ${name})
  set_property(GLOBAL PROPERTY MATERIEL_LAYER_${name}_USES "${LAYER_USES}")
  set_property(GLOBAL PROPERTY MATERIEL_LAYER_${name}_LINKS "${LAYER_LINKS}")
endfunction()
