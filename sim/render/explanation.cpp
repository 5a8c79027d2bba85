#include <utility>

#include <fmt/format.h>

#include <materiel/render/assumptions_text.h>
#include <materiel/render/explanation.h>
#include <materiel/render/scenario_network.h>
#include <materiel/store/file_batch.h>
#include <materiel/study/open_batch.h>
#include <materiel/study/quantiles.h>

namespace materiel::render {
namespace {

constexpr const char* kNetwork = "network";

}  // namespace

study::Expected<Explanation> explain(const study::Variant& variant, const store::DirectoryPath& directory,
                                     const study::Observer& observer) {
  const auto failed = [](const std::string& what) { return study::Error{study::Error::Code::failed, what}; };
  const std::vector<model::ParameterQuantiles> quantiles = study::parameter_quantiles(variant);
  Explanation explanation{.assumptions = assumption_register(*variant.spec, quantiles)};
  store::FileBatch batch;
  study::OpenBatch open(batch, directory, observer);
  batch.write(batch.create("assumptions.csv"), assumptions_csv(explanation.assumptions));
  batch.write(batch.create(fmt::format("{}.dot", kNetwork)), dot_text(scenario_network(*variant.spec, quantiles)));
  if (!batch.finish()) return failed(batch.error());
  explanation.trouble = run_dot(batch.partial(), kNetwork);
  if (explanation.trouble.empty()) batch.adopt(fmt::format("{}.svg", kNetwork));
  for (const store::FileBatch::File& file : batch.files()) explanation.files.push_back(file.name);
  if (!open.commit()) return failed(batch.error());
  return explanation;
}

}  // namespace materiel::render
