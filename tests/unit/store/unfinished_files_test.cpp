#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <materiel/store/unfinished_files.h>

#include "store/whole_file.h"
#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(UnfinishedFiles, OnlyKnownFilesOfAMarkedDirectoryAreRemoved) {
  const TemporaryDirectory home;
  const Directory directory = std::move(*Directory::open(home.path()));
  const std::string name(kUnfinished);
  ASSERT_EQ(directory.make_directory(name), 0);
  ASSERT_EQ(mark(*directory.sub(name)), 0);
  for (const char* known : {"runs.csv", "study.json", "journal-0-1", "stretch-0-64", "waiting-1-runs", "run.json.new"})
    put_text(home.path(name + "/" + known), "x");
  std::filesystem::create_directory(home.path(name + "/folder"));
  std::filesystem::create_symlink("/nowhere", home.path(name + "/series.csv"));
  put_text(home.path(name + "/notes.txt"), "mine");
  remove_marked(directory, name);
  EXPECT_THAT(names_in(home.path(name)), ElementsAre(kMarkFile, "folder", "notes.txt", "series.csv"));
  for (const char* foreign : {"folder", "notes.txt", "series.csv"})
    std::filesystem::remove(home.path(name + "/" + foreign));
  remove_marked(directory, name);
  EXPECT_THAT(names_in(home.path()), IsEmpty());
}

TEST(UnfinishedFiles, HalfAMarkIsThatOfAKilledProgram) {
  const TemporaryDirectory home;
  const Directory directory = std::move(*Directory::open(home.path()));
  EXPECT_TRUE(is_marked(directory));  // empty: killed even earlier
  put_text(home.path(kMarkFile), "materiel keeps");
  EXPECT_TRUE(is_marked(directory));
  put_text(home.path("runs.csv"), "theirs");
  EXPECT_FALSE(is_marked(directory));
  ASSERT_EQ(mark(directory), 0);
  EXPECT_TRUE(is_marked(directory));
  put_text(home.path(kMarkFile), "another text");
  EXPECT_FALSE(is_marked(directory));
}

TEST(WholeFile, IsToldByItsEnd) {
  using namespace std::string_view_literals;
  EXPECT_TRUE(is_whole_file("a.svg", 100, "<g></g></svg>\n\n"));
  EXPECT_FALSE(is_whole_file("a.svg", 100, "<g></g></sv"));
  EXPECT_FALSE(is_whole_file("a.svg", 0, ""));
  EXPECT_TRUE(is_whole_file("a.png", 100, "x\0\0\0\0IEND\xAE\x42\x60\x82"sv));
  EXPECT_FALSE(is_whole_file("a.png", 100, "x\0\0\0\0IEND\xAE\x42\x60"sv));
  EXPECT_TRUE(is_whole_file("a.pdf", 100, "startxref\n1\n%%EOF\n"));
  EXPECT_FALSE(is_whole_file("a.pdf", 100, "startxref\n1\n"));
  EXPECT_TRUE(is_whole_file("a.gp", 1, "x"));
  EXPECT_FALSE(is_whole_file("a.gp", 0, ""));
}

}  // namespace
}  // namespace materiel::store
