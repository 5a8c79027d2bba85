#include <gtest/gtest.h>

#include "support/small_model.h"

namespace materiel::testing {
namespace {

TEST(Disruption, AFactorOfOneChangesNothing) {
  const std::string plant = head(300) + R"(
[item.drone]
[site.plant]
[production.line]
site = "plant"
makes = "drone"
rate = 2
variability = "poisson"
)";
  SmallRun with(plant + R"(
[disruption.outage]
every = 13
lasts = 5
targets = ["production.line"]
factor = 1
)");
  SmallRun without(plant);
  for (std::uint32_t i = 0; i < 20; ++i)
    EXPECT_EQ(with.run(i)["produced.line"], without.run(i)["produced.line"]) << "sample " << i;
}

}  // namespace
}  // namespace materiel::testing
