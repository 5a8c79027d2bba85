#pragma once

#include <string>

namespace materiel::scenario {

struct Parameter;
struct Spec;

/// A scenario as the text of a file, which parses to one of the same_meaning: for programs that make or change
/// scenarios. Numbers are written in the shortest form that reads back exactly. What is not kept: comments, the order
/// of sections of different kinds (but for supplies and productions, whose order decides ties), the file that an
/// empirical distribution came from, and the name of the alternative that was applied.
[[nodiscard]] std::string to_toml(const Spec& spec);

/// The expression of a parameter as it was written: without the product by its unit of time, in which it is evaluated.
[[nodiscard]] std::string written_expression(const Parameter& parameter);

}  // namespace materiel::scenario
