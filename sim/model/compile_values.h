#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <materiel/base/diagnostic.h>

#include "model/program.h"

namespace materiel::scenario {
struct Spec;
struct Value;
struct RateProfile;
struct Variability;
struct DistributionSpec;
}  // namespace materiel::scenario

namespace materiel::model {

/// Turns the values of a Spec into values, streams and curves of a Program.
class ValueCompiler {
 public:
  ValueCompiler(const scenario::Spec& spec, Program& program);

  /// A value of the process or section `owner` ("demand.front"), called `what` there ("size").
  /// @return not present if the value is absent
  Draw draw(const scenario::Value& value, ValueRole role, const std::string& owner, const std::string& what);

  /// The number `x` as a value.
  Draw number(double x, ValueRole role, const std::string& owner, const std::string& what);

  CurveId curve(const scenario::RateProfile& profile, const std::string& owner);

  /// The operational time from unit to unit, mean 1.
  Draw step(const scenario::Variability& variability, const std::string& owner);

  /// A random stream of the program.
  StreamId stream(const std::string& owner, const std::string& purpose);

  /// Adds the parameters, in the order in which they are evaluated.
  void parameters();

  /// Adds the correlations of parameters; those that can't be are reported.
  void correlations(Diagnostics& diagnostics);

 private:
  ValueId add(const scenario::Value& value, ValueRole role, const std::string& owner, const std::string& what);
  void add_distribution(const scenario::DistributionSpec& distribution, ValueProgram& made);

  const scenario::Spec& spec_;
  Program& program_;
};

}  // namespace materiel::model
