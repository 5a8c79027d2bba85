#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/App.hpp>

namespace materiel::cli {

struct MergeOptions {
  std::string directory;
  unsigned threads = 1;
  bool quiet = false, json = false, overwrite = false;
};

struct StatusOptions {
  std::string directory;
  bool json = false;
};

struct CertifyOptions {
  std::string scenario;
  std::vector<std::string> further;  ///< options for `run`
  std::string directory;             ///< empty: a temporary one
};

struct SlurmOptions {
  std::vector<std::string> run;  ///< what follows `materiel run`
  std::uint64_t shards = 1;
  unsigned threads = 1;  ///< of each task
  std::string time, partition, script;
};

/// The grammar of merge, status, certify and slurm.
class ScaleGrammar {
 public:
  explicit ScaleGrammar(CLI::App& app);
  ScaleGrammar(const ScaleGrammar&) = delete;
  ScaleGrammar& operator=(const ScaleGrammar&) = delete;

  [[nodiscard]] bool merge() const { return merge_->parsed(); }
  [[nodiscard]] bool status() const { return status_->parsed(); }
  [[nodiscard]] bool certify() const { return certify_->parsed(); }
  [[nodiscard]] bool slurm() const { return slurm_->parsed(); }

  [[nodiscard]] MergeOptions merge_options() const;
  [[nodiscard]] StatusOptions status_options() const { return status_options_; }
  [[nodiscard]] CertifyOptions certify_options() const;
  [[nodiscard]] SlurmOptions slurm_options() const;

 private:
  CLI::App *merge_, *status_, *certify_, *slurm_;
  MergeOptions merge_options_;
  StatusOptions status_options_;
  CertifyOptions certify_options_;
  SlurmOptions slurm_options_;
  std::string threads_, shards_ = "10", cpus_ = "1";
};

}  // namespace materiel::cli
