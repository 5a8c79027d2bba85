#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/scenario/spec.h>
#include <materiel/study/load.h>

#include "support/temporary_directory.h"

namespace materiel::study {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kDepot = R"(format = 1
[scenario]
name = "depot"
start = 2024-01-01
end = 2024-02-01
[item.drone]
unit = "drones"
[site.depot]
stock = { drone = 10 }
[demand.front]
site = "depot"
items = ["drone"]
every = 1
size = 1
[alternative.more]
set = { "site.depot.stock.drone" = 20 }
[alternative.same]
set = { "site.depot.stock.drone" = 10 }
)";

/// A directory with files of scenarios.
class Files {
 public:
  std::string put(const std::string& name, const std::string& text) {
    put_text(home_.path(name), text);
    return home_.path(name);
  }
  [[nodiscard]] std::string path(const std::string& name) const { return home_.path(name); }
  [[nodiscard]] std::string folder() const { return home_.path(); }

 private:
  TemporaryDirectory home_;
};

std::string changed(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::vector<std::string> names_of(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Variant& one : scenario.variants) names.push_back(one.name);
  return names;
}

std::vector<std::string> messages_of(const std::vector<FileDiagnostics>& files) {
  std::vector<std::string> messages;
  for (const FileDiagnostics& file : files)
    for (const Diagnostic& one : file.diagnostics) messages.push_back(one.message);
  return messages;
}

TEST(Load, TheBaseAloneUnlessAlternativesAreAsked) {
  Files files;
  const auto loaded = load(files.put("depot.toml", kDepot));
  ASSERT_TRUE(loaded) << loaded.error().what;
  EXPECT_THAT(names_of(*loaded), ElementsAre("base"));
  EXPECT_EQ(loaded->first().source, kDepot);
  EXPECT_EQ(loaded->first().spec->sites.size(), 1U);
  EXPECT_NE(loaded->first().model, nullptr);
  EXPECT_THAT(messages_of(loaded->warnings), IsEmpty());
}

TEST(Load, AlternativesComeInTheOrderAskedEachOnce) {
  Files files;
  const std::string path = files.put("depot.toml", kDepot);
  EXPECT_THAT(names_of(*load(path, {.alternatives = {"same", "more", "same"}})), ElementsAre("same", "more"));
  EXPECT_THAT(names_of(*load(path, {.alternatives = {"more", kAll}})), ElementsAre("more", "base", "same"));
  EXPECT_THAT(names_of(*load(path, {.alternatives = {kAll}})), ElementsAre("base", "more", "same"));
}

TEST(Load, AnAlternativeThatChangesNothingIsWarnedOfWhereTheBaseIsAsked) {
  Files files;
  const std::string path = files.put("depot.toml", kDepot);
  EXPECT_THAT(messages_of(load(path, {.alternatives = {kAll}})->warnings),
              ElementsAre("the alternative 'same' changes nothing: every number is as in the base"));
  EXPECT_THAT(messages_of(load(path, {.alternatives = {"same", "more"}})->warnings), IsEmpty());
}

TEST(Load, OverridesAreWrittenOverTheFile) {
  Files files;
  const std::string path = files.put("depot.toml", kDepot);
  const auto loaded = load(path, {.overrides = {{"site.depot.stock.drone", "7"}}});
  ASSERT_TRUE(loaded);
  const auto wrong = load(path, {.overrides = {{"site.depo.stock.drone", "7"}}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Error::Code::invalid_scenario);
}

TEST(Load, AllMistakesComeAtOnceWithTheText) {
  Files files;
  const std::string text = changed(changed(kDepot, "every = 1", "evry = 1"), "size = 1", "size = -1");
  const auto loaded = load(files.put("wrong.toml", text));
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Error::Code::invalid_scenario);
  EXPECT_EQ(loaded.error().what, "");
  ASSERT_EQ(loaded.error().diagnostics.size(), 1U);
  EXPECT_EQ(loaded.error().diagnostics.front().source, text);
  EXPECT_GE(loaded.error().diagnostics.front().diagnostics.size(), 2U);
}

TEST(Load, AMistakeOfAFurtherAlternativeSaysWhoseItIs) {
  Files files;
  const std::string full =
      changed(kDepot, "stock = { drone = 10 }", "stock = { drone = 10 }\ncapacity = { drone = 15 }");
  const auto loaded = load(files.put("depot.toml", full), {.alternatives = {kBase, "more"}});
  ASSERT_FALSE(loaded);
  ASSERT_THAT(messages_of(loaded.error().diagnostics), ::testing::SizeIs(1));
  EXPECT_THAT(loaded.error().diagnostics.front().diagnostics.front().notes,
              ::testing::Contains("in the alternative 'more'"));
}

TEST(Load, WhatCannotBeReadIsSaid) {
  Files files;
  const auto missing = load(files.path("none.toml"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Error::Code::unreadable);
  EXPECT_THAT(missing.error().what, HasSubstr("No such file"));
  const auto directory = load(files.folder());
  ASSERT_FALSE(directory);
  EXPECT_THAT(directory.error().what, HasSubstr("Is a directory, and holds no study"));
}

TEST(LoadFiles, AreNamedByTheirScenariosOrElseByTheirFiles) {
  Files files;
  const std::string one = files.put("one.toml", kDepot);
  const std::string two = files.put("two.toml", changed(kDepot, "\"depot\"\nstart", "\"other depot\"\nstart"));
  const std::string three = files.put("three.toml", kDepot);
  EXPECT_THAT(names_of(*load_files({one, two})), ElementsAre("depot", "other-depot"));
  EXPECT_THAT(names_of(*load_files({one, three})), ElementsAre("one", "three"));
}

TEST(LoadFiles, ThatCannotBeComparedAreRefused) {
  Files files;
  const std::string one = files.put("one.toml", kDepot);
  const auto refused = [&](const std::string& from, const std::string& to) {
    const auto loaded = load_files({one, files.put("other.toml", changed(kDepot, from, to))});
    if (loaded) return std::string();
    EXPECT_EQ(loaded.error().code, Error::Code::invalid_request);
    EXPECT_EQ(loaded.error().diagnostics.size(), 2U) << "what was read is shown";
    return loaded.error().what;
  };
  EXPECT_THAT(refused("end = 2024-02-01", "end = 2024-03-01"), HasSubstr("only equal periods can be compared"));
  EXPECT_THAT(refused("unit = \"drones\"", "unit = \"pieces\""), HasSubstr("but in 'drones' in"));
  EXPECT_EQ(refused("every = 1", "every = 2"), "");
}

TEST(LoadFiles, TheDiagnosticsOfEachFileAreKeptBeforeOneThatIsMissing) {
  Files files;
  const std::string one = files.put("one.toml", changed(kDepot, "size = 1", "size = -1"));
  const auto loaded = load_files({one, files.path("none.toml")});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, Error::Code::unreadable);
  EXPECT_EQ(messages_of(loaded.error().diagnostics).size(), 1U);
}

}  // namespace
}  // namespace materiel::study
