#pragma once

#include <string>
#include <vector>

#include <materiel/render/assumptions.h>
#include <materiel/store/directory.h>
#include <materiel/study/error.h>
#include <materiel/study/load.h>
#include <materiel/study/observer.h>

namespace materiel::render {

/// What a scenario assumes.
struct Explanation {
  AssumptionRegister assumptions;
  std::vector<std::string> files;  ///< that were written: assumptions.csv, network.dot, network.svg
  std::string trouble;             ///< why there is no network.svg, for people; empty: there is
};

/// Writes the register of a scenario's assumptions and its network into a directory, all files or none; the network
/// is drawn by Graphviz.
/// @return failed, if the files can't be written
[[nodiscard]] study::Expected<Explanation> explain(const study::Variant& variant, const store::DirectoryPath& directory,
                                                   const study::Observer& observer = {});

}  // namespace materiel::render
