#include "cli/scale_options.h"

#include "cli/command_help.h"
#include "cli/option_checks.h"
#include "cli/shard.h"

namespace materiel::cli {

ScaleGrammar::ScaleGrammar(CLI::App& app)
    : merge_(app.add_subcommand("merge", "Puts the shards of a study together")),
      status_(app.add_subcommand("status", "Says what a directory holds, and how far it has come")),
      certify_(app.add_subcommand("certify", "Shows that a study doesn't depend on how it is run")),
      slurm_(app.add_subcommand("slurm", "Writes a batch script that runs a study in shards under Slurm")) {
  merge_->footer(kMergeFooter);
  merge_->add_option("DIR", merge_options_.directory, "The directory that the shards were run into")->required();
  merge_->add_option("--threads", threads_, "Threads (all that the machine has)")->type_name("N");
  merge_->add_flag("--overwrite", merge_options_.overwrite, kOverwriteWords);
  merge_->add_flag("--json", merge_options_.json, "The summary on standard output as JSON");
  merge_->add_flag("-q,--quiet", merge_options_.quiet, "No progress and no tables; only what is wrong");

  status_->footer(kStatusFooter);
  status_->add_option("DIR", status_options_.directory, "The directory of a study")->required();
  status_->add_flag("--json", status_options_.json, "The same as JSON");

  certify_->footer(kCertifyFooter);
  certify_->add_option("SCENARIO", certify_options_.scenario, "The scenario file (TOML)")->required();
  certify_->add_option("-o,--output", certify_options_.directory, "Keeps the studies there (they are removed)")
      ->type_name("DIR");
  certify_->allow_extras();

  slurm_->footer(kSlurmFooter);
  slurm_->add_option("--shards", shards_, "Tasks of the array (10)")->type_name("K");
  slurm_->add_option("--cpus", cpus_, "Threads of each task (1)")->type_name("N");
  slurm_->add_option("--time", slurm_options_.time, "Limit of a task, as Slurm takes it")->type_name("TIME");
  slurm_->add_option("--partition", slurm_options_.partition, "The partition")->type_name("NAME");
  slurm_->add_option("--script", slurm_options_.script, "The script; never over one that is there (standard output)")
      ->type_name("FILE");
  slurm_->allow_extras();
}

MergeOptions ScaleGrammar::merge_options() const {
  MergeOptions options = merge_options_;
  options.threads = threads_of(threads_);
  return options;
}

CertifyOptions ScaleGrammar::certify_options() const {
  CertifyOptions options = certify_options_;
  options.further = certify_->remaining();
  return options;
}

SlurmOptions ScaleGrammar::slurm_options() const {
  constexpr std::uint64_t kMostThreads = 4096;
  SlurmOptions options = slurm_options_;
  options.run = slurm_->remaining();
  options.shards = count_of("--shards", shards_, 1, kMostShards);
  options.threads = static_cast<unsigned>(count_of("--cpus", cpus_, 1, kMostThreads));
  return options;
}

}  // namespace materiel::cli
