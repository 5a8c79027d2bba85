#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/run_table.h>

#include "support/lines.h"
#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

using materiel::testing::lines;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A study of two alternatives, the second of which lacks q.
class RunTables : public ::testing::Test {
 protected:
  void SetUp() override { put(kInputs, kRuns); }

  void put(const std::string& inputs, const std::string& runs) {
    put_text(home_.path("inputs.csv"), lines(inputs));
    put_text(home_.path("runs.csv"), lines(runs));
  }

  std::string mistake(const std::string& outcome = "y") {
    std::string error;
    EXPECT_FALSE(read_runs(home_.path(), {"base", "slow"}, {outcome}, error));
    return error;
  }

  const std::string kInputs = R"(
alternative,point,sample,q,p
base,0,0,1,2
base,0,1,3,4
slow,0,0,,6
slow,0,1,,8
)";
  const std::string kRuns = R"(
run,alternative,point,sample,replication,status,events,y,z
0,base,0,0,0,ok,9,10,
1,base,0,0,1,failed,9,,
2,base,0,1,0,ok,9,30,inf
0,slow,0,0,0,ok,9,50,51
)";
  const TemporaryDirectory home_;
};

TEST_F(RunTables, JoinRunsWithTheParametersOfTheirSamples) {
  std::string error;
  const auto tables = read_runs(home_.path(), {"base", "slow"}, {"z", "y"}, error);
  ASSERT_TRUE(tables) << error;
  const RunTable& base = tables->front();
  EXPECT_THAT(base.run, ElementsAre(0, 2));
  EXPECT_THAT(base.sample, ElementsAre(0, 1));
  EXPECT_EQ(base.failed, 1U);
  EXPECT_THAT(base.parameters, ElementsAre("p", "q")) << "in the order of names";
  EXPECT_THAT(base.parameter_values[0], ElementsAre(2, 4));
  EXPECT_THAT(base.parameter_values[1], ElementsAre(1, 3));
  EXPECT_THAT(base.outcome_values[1], ElementsAre(10, 30));
  EXPECT_TRUE(std::isnan(base.outcome_values[0][0]));
  EXPECT_TRUE(std::isnan(base.outcome_values[0][1])) << "studies of old wrote inf";
}

TEST_F(RunTables, LeaveOutTheParametersThatAnAlternativeLacks) {
  std::string error;
  const auto tables = read_runs(home_.path(), {"base", "slow"}, {"y"}, error);
  ASSERT_TRUE(tables) << error;
  EXPECT_THAT(tables->back().parameters, ElementsAre("p"));
  ASSERT_EQ(tables->back().parameter_values.size(), 1U);
  EXPECT_THAT(tables->back().parameter_values[0], ElementsAre(6));
}

TEST_F(RunTables, OfOneAlternativePassOverTheOthers) {
  std::string error;
  const auto tables = read_runs(home_.path(), {"slow"}, {"y"}, error);
  ASSERT_TRUE(tables) << error;
  EXPECT_THAT(tables->front().run, ElementsAre(0));
  EXPECT_THAT(tables->front().outcome_values[0], ElementsAre(50));
}

TEST_F(RunTables, AMissingOrDoubledRunIsAMistake) {
  put(kInputs, kRuns + "2,slow,0,1,0,ok,9,60,61\n");
  EXPECT_EQ(mistake(), home_.path("runs.csv") +
                           ": line 6: the row of run 2 of 'slow' where that of run 1 has to stand: rows are missing or "
                           "doubled");
  put(kInputs, kRuns + "0,slow,0,0,0,ok,9,50,51\n");
  EXPECT_THAT(mistake(), HasSubstr("the row of run 0 of 'slow' where that of run 1 has to stand"));
}

TEST_F(RunTables, ARunWithoutItsSampleIsAMistake) {
  put(kInputs, kRuns + "1,slow,0,7,0,ok,9,60,61\n");
  EXPECT_EQ(mistake(), home_.path("runs.csv") + ": line 6: inputs.csv lacks its sample");
}

TEST_F(RunTables, AParameterThatOnlySomeSamplesHaveIsAMistake) {
  put(kInputs + "slow,0,2,9,10\n", kRuns);
  EXPECT_EQ(mistake(), home_.path("inputs.csv") + ": q is missing in some samples");
}

TEST_F(RunTables, ARunWithoutANumberIsAMistake) {
  std::string error;
  for (const std::string number : {"", "-1", "1e30", "nan", "inf"}) {
    put(kInputs, kRuns + number + ",slow,0,1,0,failed,9,,\n");
    EXPECT_EQ(mistake(),
              home_.path("runs.csv") + ": line 6: column 'run': '" + number + "' is not the number of a run");
    EXPECT_FALSE(read_failed_runs(home_.path(), {"slow"}, error));
    EXPECT_EQ(error, mistake());
  }
  put(kInputs, kRuns + "x,slow,0,1,0,failed,9,,\n");
  EXPECT_THAT(mistake(), HasSubstr("runs.csv: line 6: column 'run': 'x' is not a number"));
  EXPECT_FALSE(read_failed_runs(home_.path(), {"slow"}, error));
  EXPECT_EQ(error, mistake());
}

TEST_F(RunTables, AMissingColumnIsAMistake) {
  EXPECT_THAT(mistake("w"), HasSubstr("runs.csv has no column 'w'"));
  put("\nalternative,point\n", kRuns);
  EXPECT_THAT(mistake(), HasSubstr("inputs.csv has no column 'sample'"));
}

TEST_F(RunTables, AFinishedStudyHasARowForEachRunThatItsRecordCounts) {
  std::string error;
  const auto tables = read_runs(home_.path(), {"base"}, {"y"}, error);
  ASSERT_TRUE(tables) << error;
  StudyRecord record;
  record.identity.replications = 1;
  record.alternatives = {{"base", "", {}, 3, 1}, {"slow", "", {}, 99, 0}};
  EXPECT_EQ(missing_runs("out", record, {"base"}, *tables), "");
  record.alternatives[0].samples = 4;
  EXPECT_EQ(missing_runs("out", record, {"base"}, *tables),
            "out/runs.csv has 3 rows of 'base', 1 of them of failed runs, but the study ran 4, of which 1 failed");
  record.alternatives[0] = {"base", "", {}, 3, 0};
  EXPECT_THAT(missing_runs("out", record, {"base"}, *tables), HasSubstr("of which 0 failed"));
  record.identity.shard = "1/2";
  EXPECT_EQ(missing_runs("out", record, {"base"}, *tables), "") << "its record counts the runs of the whole study";
}

TEST_F(RunTables, FailedRunsAreFoundByAlternative) {
  std::string error;
  const auto failed = read_failed_runs(home_.path(), {"slow", "base"}, error);
  ASSERT_TRUE(failed) << error;
  EXPECT_THAT((*failed)[0], IsEmpty());
  EXPECT_THAT((*failed)[1], ElementsAre(1));
  put(kInputs, "\nrun,alternative\n");
  EXPECT_FALSE(read_failed_runs(home_.path(), {"base"}, error));
  EXPECT_THAT(error, HasSubstr("has no column 'status'"));
}

}  // namespace
}  // namespace materiel::store
