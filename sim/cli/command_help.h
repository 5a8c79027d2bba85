#pragma once

/// What --help ends with: examples of the program and of each command.
namespace materiel::cli {

inline constexpr const char* kProgramFooter =
    R"(Examples:
  materiel init scenario.toml
  materiel check scenario.toml
  materiel explain scenario.toml
  materiel run scenario.toml -n 10000 -o out/study
  materiel plot out/study

'materiel COMMAND --help' says more about a command.
Exit codes: 0 done; 1 internal error; 2 usage; 3 invalid scenario; 4 finished, but some runs failed;
5 precision not reached; 130 interrupted.)";

inline constexpr const char* kRunFooter =
    R"(Examples:
  materiel run scenario.toml                        1000 samples into out/<name of the scenario>
  materiel run scenario.toml -n 10000 --seed 7 -o out/seven
  materiel run scenario.toml -n 200 --replications 50
                                                    what we don't know apart from what varies by chance
  materiel run scenario.toml --set parameter.slip.value=90 --set site.depot.stock.drone=500
  materiel run scenario.toml --alternative all      the file as it stands and every [alternative.NAME]
  materiel run scenario.toml -n 1e6 --dry-run       what it would cost
  materiel run scenario.toml --precision 'milestone.empty:median=2'
                                                    until the median is known to 2 days
  materiel run scenario.toml -n 5000 --extend       more samples of what is there, to the same bytes

Writes runs.csv, inputs.csv, series.csv, summary.csv, milestones.csv, ledger.csv, continuation.bin and
run.json. The same command gives the same bytes, on any number of threads.)";

inline constexpr const char* kCompareFooter =
    R"(Examples:
  materiel compare scenario.toml                    every alternative with the file as it stands
  materiel compare scenario.toml --alternative late --alternative early --reference late -n 5000
  materiel compare scenario.toml --outcome 'stock.*' --outcome milestone.empty
  materiel compare scenario.toml --precision 'outcome.balance:difference=5'
  materiel compare scenario.toml --select outcome.balance:max
                                                    the best of them, and how sure that is

Runs the alternatives under common random numbers and writes differences.csv (paired differences with intervals)
beside the files of 'materiel run'.)";

inline constexpr const char* kSweepFooter =
    R"(Examples:
  materiel sweep scenario.toml --vary slip=0:180:30 a parameter, at seven values
  materiel sweep scenario.toml --vary slip=0:180:30 --vary site.depot.stock.drone=50,100,200 -n 200
                                                    a grid of 21 points
  materiel sweep scenario.toml --vary slip=0:180 --vary rate=80:120 --design sobol --points 64
  materiel sweep scenario.toml --design points.csv  a column a path, a row a point

Every point has the same seed, so that points differ by what is varied and not by luck.
Writes points.csv, runs.csv, inputs.csv, summary.csv, milestones.csv, series.csv and run.json.)";

inline constexpr const char* kSensitivityFooter =
    R"(Examples:
  materiel sensitivity scenario.toml --outcome milestone.empty
                                                    Sobol' indices: shares of the variance, with that of chance
  materiel sensitivity scenario.toml --second-order --groups source
  materiel sensitivity scenario.toml --method morris -n 100
                                                    screening: few runs for many parameters
  materiel sensitivity out/study --method given     from the runs of 'materiel run', without a new one
  materiel sensitivity out/study --method given --value-of-information outcome.balance:max
                                                    which parameter is worth knowing before an alternative is chosen

Writes sobol.csv (sobol_second.csv), morris.csv or given.csv (value_of_information.csv), and run.json.
'materiel plot' draws them.)";

inline constexpr const char* kDiscoverFooter =
    R"(Examples:
  materiel discover out/study --outcome 'milestone.contract_done > 2025-09-01'
                                                    where it is late; never counts as late
  materiel discover out/study --outcome 'reached(milestone.empty)' --boxes 3
  materiel discover out/study --outcome outcome.balance --below 10%
                                                    where the tenth with the least balance lies

Writes boxes.csv, trajectory.csv and run.json. 'materiel plot' draws them.)";

inline constexpr const char* kCheckFooter =
    R"(Examples:
  materiel check scenario.toml
  materiel check scenario.toml --json               the diagnostics as JSON, for editors)";

inline constexpr const char* kExplainFooter =
    R"(Examples:
  materiel explain scenario.toml                    into out/<name of the scenario>-explain
  materiel explain scenario.toml --set parameter.slip=90 -o out/late-explain
  materiel explain scenario.toml --json             the register of assumptions as JSON

Writes network.dot, network.svg (Graphviz draws it) and assumptions.csv.)";

inline constexpr const char* kInitFooter =
    R"(Examples:
  materiel init                                     writes scenario.toml
  materiel init study.toml
  materiel init -                                   writes to standard output)";

inline constexpr const char* kSchemaFooter =
    R"(Examples:
  materiel schema > materiel.schema.json            then, at the top of a scenario: #:schema materiel.schema.json)";

inline constexpr const char* kMergeFooter =
    R"(Examples:
  materiel run scenario.toml -n 1e6 --shard 1/2 -o out/study
  materiel run scenario.toml -n 1e6 --shard 2/2 -o out/study
  materiel merge out/study

The shards may have been run on different machines: DIR then holds what each has written. The files are those of the
study run at once, to the byte.)";

inline constexpr const char* kStatusFooter =
    R"(Examples:
  materiel status out/study
  materiel status out/study --json

Whether the study in DIR is complete and its files are as they were written, or how many replications are kept of an
unfinished one and which command goes on with it; the same of its shards. Exit code 1 if anything is missing or changed.)";

inline constexpr const char* kCertifyFooter =
    R"(Examples:
  materiel certify scenario.toml -n 200
  materiel certify scenario.toml -n 64 --replications 5 --alternative all

Runs the same study with 1, 2, 3 and 8 threads, in 2, 3 and 7 shards, killed twice and gone on with, and by mpirun if
there is one, and shows the hash of what each has written: equal, or exit code 1. Further options are those of run.)";

inline constexpr const char* kSlurmFooter =
    R"(Examples:
  materiel slurm scenario.toml -n 1e6 -o out/study --shards 100 --cpus 8 --time 2:00:00 --script study.sh
  bash study.sh

Takes a scenario and the options of run. The script submits an array of shards, and the merge behind it.)";

inline constexpr const char* kReplayFooter =
    R"(Examples:
  materiel replay out/study --run 17
  materiel replay out/study --run 17 --alternative slow -o trace.csv
  materiel replay out/study --run 17 --no-trace     only whether it comes out as it did

Runs one replication of a study again, bit for bit, from what run.json holds, and writes all that happened in it:
day, date, process, what, site, item, quantity, stock_after.)";

inline constexpr const char* kPlotFooter =
    R"(Examples:
  materiel plot out/study
  materiel plot out/study --metric 'stock.*' --metric produced.plant
  materiel plot out/study --milestone empty --format pdf --keep-script)";

}  // namespace materiel::cli
