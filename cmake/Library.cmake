# libmateriel.so: what other programs link, all layers but the command line in one library. It is made of the object files
# that the layers have anyway. docs/architecture.md says why it is shared.
get_property(library_layers GLOBAL PROPERTY MATERIEL_LAYERS)
list(REMOVE_ITEM library_layers cli)
set(library_objects)
set(library_links)
foreach(layer IN LISTS library_layers)
  get_property(links GLOBAL PROPERTY MATERIEL_LAYER_${layer}_LINKS)
  list(APPEND library_objects $<TARGET_OBJECTS:materiel_${layer}>)
  list(APPEND library_links ${links})
endforeach()
list(REMOVE_DUPLICATES library_links)
add_library(materiel_library SHARED ${library_objects})
add_library(materiel::materiel ALIAS materiel_library)
set(exported_names ${PROJECT_SOURCE_DIR}/cmake/exported_names.map)
set_target_properties(materiel_library PROPERTIES OUTPUT_NAME materiel EXPORT_NAME materiel LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR} LINK_DEPENDS ${exported_names})
target_compile_features(materiel_library PUBLIC cxx_std_20)
target_include_directories(materiel_library INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                           $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>)
target_link_libraries(materiel_library PRIVATE "$<BUILD_INTERFACE:${library_links}>" $<BUILD_INTERFACE:materiel_settings>)
target_link_options(materiel_library PRIVATE -Wl,--version-script=${exported_names} -Wl,-Bsymbolic-functions)
