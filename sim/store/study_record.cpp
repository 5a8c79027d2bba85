#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <materiel/base/json_dump.h>
#include <materiel/base/shell_words.h>
#include <materiel/base/special_numbers.h>
#include <materiel/base/text.h>
#include <materiel/store/study_record.h>
#include <materiel/store/study_tables.h>
#include <materiel/store/unfinished_files.h>

namespace materiel::store {
namespace {

using Json = nlohmann::ordered_json;
using model::OutcomeInfo;

// Format 1 described comparisons and analyses in words. Its plain studies read as those of format 2.
constexpr int kRecordFormat = 2, kFormatOfWords = 1;

constexpr std::array<std::pair<OutcomeInfo::Kind, std::string_view>, 3> kKinds = {
    {{OutcomeInfo::Kind::metric, "metric"},
     {OutcomeInfo::Kind::milestone, "milestone"},
     {OutcomeInfo::Kind::expression, "expression"}}};

Json parameters_json(const std::vector<model::ParameterInfo>& parameters) {
  Json list = Json::array();
  for (const model::ParameterInfo& p : parameters) {
    Json one = {{"name", p.name}, {"uncertain", p.is_uncertain}, {"date", p.is_date}};
    const std::pair<const char*, const std::string*> texts[] = {{"unit", &p.unit},     {"label", &p.label},
                                                                {"source", &p.source}, {"as_of", &p.as_of},
                                                                {"grade", &p.grade},   {"note", &p.note}};
    for (const auto& [key, text] : texts) {
      if (!text->empty()) one[key] = *text;
    }
    list.push_back(std::move(one));
  }
  return list;
}

Json outcomes_json(const std::vector<OutcomeInfo>& outcomes) {
  Json list = Json::array();
  for (const OutcomeInfo& outcome : outcomes) {
    Json one = {{"name", outcome.name}, {"kind", kKinds[static_cast<std::size_t>(outcome.kind)].second}};
    one["unit"] = outcome.unit;
    if (!outcome.label.empty()) one["label"] = outcome.label;
    list.push_back(std::move(one));
  }
  return list;
}

Json further_json(const StudyRecord& record) {
  Json list = Json::array();
  for (std::size_t i = 0; i < record.further.size(); ++i) {
    const ScenarioFacts& one = record.further[i];
    list.push_back({{"name", one.name},
                    {"title", one.title},
                    {"start", one.start},
                    {"end", one.end},
                    {"file", one.file},
                    {"sha256", record.identity.further_sha256[i]},
                    {"source", one.source}});
  }
  return list;
}

Json alternatives_json(const StudyRecord& record) {
  Json list = Json::array();
  for (const AlternativeFacts& alternative : record.alternatives) {
    Json one = {{"name", alternative.name}};
    if (!alternative.label.empty()) one["label"] = alternative.label;
    one["settings"] = Json::object();
    for (const auto& [path, value] : alternative.settings) one["settings"][path] = value;
    one["samples"] = alternative.samples;
    one["runs"] = alternative.samples * record.identity.replications;
    one["failed"] = alternative.failed;
    list.push_back(std::move(one));
  }
  return list;
}

Json failures_json(const StudyRecord& record) {
  Json list = Json::array();
  for (const experiment::RunFailure& failure : record.failures) {
    const std::uint64_t sample = failure.run / record.identity.replications;
    list.push_back({{"run", failure.run},
                    {"alternative", failure.alternative},
                    {"sample", sample},
                    {"replication", failure.run % record.identity.replications},
                    {"day", failure.day},
                    {"what", failure.what}});
    if (!record.identity.analysis) list.back()["replay"] = replay_command(record.directory, failure);
  }
  return list;
}

Json precision_json(const std::vector<PrecisionFact>& facts) {
  Json list = Json::array();
  for (const PrecisionFact& fact : facts) {
    list.push_back(
        {{"target", fact.target}, {"half_width", fact.half_width}, {"wanted", fact.wanted}, {"met", fact.met}});
    if (!fact.note.empty()) list.back()["note"] = fact.note;
  }
  return list;
}

std::vector<PrecisionFact> precision_of(const Json& list) {
  const auto number = [](const Json& value) { return value.is_null() ? kMissing : value.get<double>(); };
  std::vector<PrecisionFact> facts;
  for (const Json& one : list)
    facts.push_back({one.at("target"), number(one.at("half_width")), number(one.at("wanted")), one.at("met"),
                     one.value("note", std::string())});
  return facts;
}

Json files_json(const std::vector<FileBatch::File>& files) {
  Json object = Json::object();
  for (const FileBatch::File& file : files) object[file.name] = {{"bytes", file.bytes}, {"sha256", file.sha256}};
  return object;
}

Json build_json(const BuildFacts& build) {
  Json libraries = Json::object();
  for (const auto& [name, version] : build.libraries) libraries[name] = version;
  return {{"compiler", build.compiler}, {"flags", build.flags}, {"libraries", std::move(libraries)}};
}

/// A key for its kind and for each setting, of one value or of a list.
Json analysis_json(const AnalysisIdentity& analysis) {
  Json json = {{"kind", name_of(analysis.kind)}};
  for (const auto& [name, values] : analysis.settings) {
    if (values.size() == 1)
      json[name] = values.front();
    else
      json[name] = values;
  }
  return json;
}

AnalysisIdentity analysis_of(const Json& json) {
  const auto kind = analysis_named(json.at("kind").get<std::string>());
  AnalysisIdentity analysis;
  if (kind) analysis.kind = *kind;
  for (const auto& [name, values] : json.items()) {
    if (name == "kind") continue;
    analysis.set_list(name, values.is_array() ? values.get<std::vector<std::string>>()
                                              : std::vector<std::string>{values.get<std::string>()});
  }
  return analysis;
}

StudyIdentity identity_of(const Json& json) {
  const Json& study = json.at("study");
  StudyIdentity identity;
  identity.scenario_sha256 = json.at("scenario").at("sha256");
  if (json.contains("further_scenarios"))
    for (const Json& one : json.at("further_scenarios")) identity.further_sha256.push_back(one.at("sha256"));
  if (json.at("scenario").contains("data"))
    for (const Json& one : json.at("scenario").at("data")) identity.data.push_back({one.at("file"), one.at("sha256")});
  identity.overrides = json.at("scenario").at("overrides").get<std::vector<std::string>>();
  identity.seed = study.at("seed");
  identity.samples = study.at("samples");
  identity.replications = study.at("replications");
  identity.max_events = study.at("max_events");
  identity.version = json.at("version");
  identity.alternatives = study.at("alternatives").get<std::vector<std::string>>();
  if (study.contains("comparison"))
    identity.comparison = {study.at("comparison").at("reference"),
                           study.at("comparison").at("outcomes").get<std::vector<std::string>>()};
  if (study.contains("analysis")) identity.analysis = analysis_of(study.at("analysis"));
  identity.stopping_rule = study.value("stopping_rule", study.value("course", std::string()));  // of format 1
  identity.shard = study.value("shard", std::string());
  return identity;
}

/// Why a record of its format can't be read; empty if it can.
std::string unknown_format(const Json& json) {
  const Json& format = json.at("format");
  if (format == kRecordFormat) return {};
  const auto has_words = [&](const char* key) { return json.contains(Json::json_pointer(key)); };
  if (format == kFormatOfWords && !has_words("/study/comparison") && !has_words("/study/analysis")) return {};
  return fmt::format(
      "it has format {}, of materiel {}, and this version reads format {}: read it with that version, or run the study "
      "again into another directory",
      format.dump(), json.value("version", "of another time"), kRecordFormat);
}

ScenarioFacts facts_of(const Json& json) {
  return {json.at("name"), json.at("title"), json.at("file"), json.at("source"), json.at("start"), json.at("end")};
}

std::vector<AlternativeFacts> alternatives_of(const Json& list) {
  std::vector<AlternativeFacts> alternatives;
  for (const Json& one : list) {
    AlternativeFacts alternative{.name = one.at("name"),
                                 .label = one.value("label", std::string()),
                                 .samples = one.value("samples", std::uint64_t{0}),
                                 .failed = one.at("failed")};
    for (const auto& [path, value] : one.at("settings").items()) alternative.settings.emplace_back(path, value);
    alternatives.push_back(std::move(alternative));
  }
  return alternatives;
}

std::vector<OutcomeInfo> outcomes_of(const Json& list) {
  std::vector<OutcomeInfo> outcomes;
  for (const Json& one : list) {
    OutcomeInfo outcome;
    outcome.name = one.at("name");
    outcome.unit = one.at("unit");
    outcome.label = one.value("label", std::string());
    for (const auto& [kind, word] : kKinds) {
      if (one.at("kind") == word) outcome.kind = kind;
    }
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

std::vector<model::ParameterInfo> parameters_of(const Json& list) {
  std::vector<model::ParameterInfo> parameters;
  for (const Json& one : list) {
    const auto text = [&](const char* key) { return one.value(key, std::string()); };
    parameters.push_back({.name = one.at("name"),
                          .unit = text("unit"),
                          .label = text("label"),
                          .source = text("source"),
                          .grade = text("grade"),
                          .note = text("note"),
                          .as_of = text("as_of"),
                          .is_date = one.at("date"),
                          .is_uncertain = one.at("uncertain")});
  }
  return parameters;
}

}  // namespace

bool differ_in_length_only(const StudyIdentity& a, const StudyIdentity& b) {
  StudyIdentity same = a;
  same.samples = b.samples;
  same.stopping_rule = b.stopping_rule;
  return same == b;
}

bool is_same_study(const StudyIdentity& there, const StudyIdentity& now) {
  if (now.stopping_rule.empty()) return there == now;
  return there.stopping_rule == now.stopping_rule && differ_in_length_only(there, now);
}

const ScenarioFacts& scenario_of(const StudyRecord& record, const std::string& alternative) {
  const auto& names = record.identity.alternatives;
  const auto place = static_cast<std::size_t>(std::find(names.begin(), names.end(), alternative) - names.begin());
  return place == 0 || place > record.further.size() ? record.scenario : record.further[place - 1];
}

bool holds_its_scenarios(const StudyRecord& record) {
  const std::vector<std::string>& hashes = record.identity.further_sha256;
  return sha256_of_text(record.scenario.source) == record.identity.scenario_sha256 &&
         std::equal(
             record.further.begin(), record.further.end(), hashes.begin(), hashes.end(),
             [](const ScenarioFacts& one, const std::string& hash) { return sha256_of_text(one.source) == hash; });
}

std::string replay_command(const std::string& directory, const experiment::RunFailure& failure) {
  const std::string whose = failure.alternative == StudyPart{}.alternative
                                ? std::string()
                                : " --alternative " + shell_word(failure.alternative);
  return fmt::format("materiel replay {} --run {}{}", shell_word(path_argument(directory)), failure.run, whose);
}

std::string record_text(const StudyRecord& record) {
  const StudyIdentity& identity = record.identity;
  const ScenarioFacts& scenario = record.scenario;
  Json json = {
      {"format", kRecordFormat},
      {"program", "materiel"},
      {"version", identity.version},
      {"command", record.command},
      {"scenario",
       {{"name", scenario.name},
        {"title", scenario.title},
        {"start", scenario.start},
        {"end", scenario.end},
        {"file", scenario.file},
        {"sha256", identity.scenario_sha256},
        {"overrides", identity.overrides},
        {"source", scenario.source}}},
      {"study",
       {{"alternatives", identity.alternatives},
        {"seed", identity.seed},
        {"samples", identity.samples},
        {"replications", identity.replications},
        {"max_events", identity.max_events}}},
      {"alternatives", alternatives_json(record)},
      {"counts", {{"runs", record.counts.runs}, {"failed", record.counts.failed}, {"events", record.counts.events}}},
      {"files", files_json(record.files)},
      {"failures", failures_json(record)},
      {"parameters", parameters_json(record.parameters)},
      {"outcomes", outcomes_json(record.outcomes)},
      {"build", build_json(record.build)},
      {"host", {{"cpu", record.host.cpu}, {"cores", record.host.cores}, {"system", record.host.system}}},
      {"time",
       {{"started", record.times.started},
        {"wall_seconds", record.times.wall_seconds},
        {"threads", record.times.threads}}}};
  for (const DataFile& one : identity.data)
    json["scenario"]["data"].push_back({{"file", one.name}, {"sha256", one.sha256}});
  if (!record.further.empty()) json["further_scenarios"] = further_json(record);
  if (identity.comparison)
    json["study"]["comparison"] = {{"reference", identity.comparison->reference},
                                   {"outcomes", identity.comparison->outcomes}};
  if (identity.analysis) json["study"]["analysis"] = analysis_json(*identity.analysis);
  if (!identity.stopping_rule.empty()) json["study"]["stopping_rule"] = identity.stopping_rule;
  if (!identity.shard.empty()) json["study"]["shard"] = identity.shard;
  if (!record.precision.empty()) json["precision"] = precision_json(record.precision);
  if (record.selection) {
    json["selection"] = {{"outcome", record.selection->outcome},
                         {"alternative", record.selection->alternative},
                         {"probability_correct", record.selection->probability_correct}};
  }
  // Texts of users may hold bytes that aren't UTF-8; they must not stop a study from being recorded.
  return json_dump(json);
}

std::optional<StudyRecord> parse_record(std::string_view text, std::string& error) {
  try {
    const Json json = Json::parse(text);
    if (json.at("program") != "materiel") {
      error = "it was not written by this program";
      return std::nullopt;
    }
    if (error = unknown_format(json); !error.empty()) return std::nullopt;
    StudyRecord record;
    record.command = json.at("command").get<std::vector<std::string>>();
    record.scenario = facts_of(json.at("scenario"));
    if (json.contains("further_scenarios"))
      for (const Json& one : json.at("further_scenarios")) record.further.push_back(facts_of(one));
    record.identity = identity_of(json);
    record.alternatives = alternatives_of(json.at("alternatives"));
    const Json& counts = json.at("counts");
    record.counts = {counts.at("runs"), counts.at("failed"), counts.at("events")};
    if (json.contains("precision")) record.precision = precision_of(json.at("precision"));
    for (const auto& [name, file] : json.at("files").items()) {
      if (!is_name_of_study(name)) {  // it is opened, and perhaps renamed, wherever it may lead
        error = fmt::format("it lists a file '{}', which no study has", name);
        return std::nullopt;
      }
      record.files.push_back({name, file.at("bytes"), file.at("sha256")});
    }
    record.outcomes = outcomes_of(json.at("outcomes"));
    record.parameters = parameters_of(json.at("parameters"));
    return record;
  } catch (const nlohmann::json::exception& mistake) {
    error = mistake.what();
    return std::nullopt;
  }
}

}  // namespace materiel::store
