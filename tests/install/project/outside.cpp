// A stranger's program: the engine alone, and a scenario compiled from a text.
#include <cstdio>

#include <materiel/engine/calendar.h>
#include <materiel/model/replicator.h>
#include <materiel/scenario/parse.h>

int main() {
  materiel::engine::Calendar calendar;
  calendar.schedule(2.0, 0, 20);
  calendar.schedule(1.0, 0, 10);
  if (calendar.pop().payload != 10) return 1;

  const auto parsed = materiel::scenario::parse_text(
      R"(
format = 1
[scenario]
name = "x"
start = 2024-01-01
end = 2024-02-01
[item.kit]
[site.depot]
[supply.kits]
site = "depot"
item = "kit"
rate = 2
)",
      "inline");
  if (!parsed) return 2;
  const auto compiled = materiel::model::compile(parsed.value().spec);
  if (!compiled) return 3;
  materiel::model::Replicator replicator(compiled.value().model);
  std::vector<double> outcomes(compiled.value().model->outcomes().size());
  replicator.set_sample(1, 0);
  if (!replicator.run(0, {}, outcomes).ok) return 4;
  std::printf("%s = %g\n", compiled.value().model->outcomes()[0].name.c_str(), outcomes[0]);
  return outcomes[0] == 61 ? 0 : 5;
}
