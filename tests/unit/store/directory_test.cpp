#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <materiel/store/directory.h>
#include <materiel/store/input_file.h>
#include <materiel/store/sha256.h>

#include "support/temporary_directory.h"

namespace materiel::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A directory with a file, a link to a file outside, a FIFO, a directory and a link to a directory outside.
class OpenDirectory : public testing::Test {
 protected:
  void SetUp() override {
    put_text(home_.path("file"), "inside");
    put_text(outside_.path("file"), "outside");
    std::filesystem::create_symlink(outside_.path("file"), home_.path("link"));
    std::filesystem::create_directory_symlink(outside_.path(), home_.path("linked"));
    std::filesystem::create_directory(home_.path("sub"));
    ASSERT_EQ(::mkfifo(home_.path("fifo").c_str(), 0600), 0);
    directory_ = std::move(*Directory::open(home_.path()));
  }

  std::string reason_to_read(const std::string& name) {
    std::string error;
    EXPECT_FALSE(directory_.read(name, error)) << name;
    EXPECT_FALSE(directory_.sha256(name)) << name;
    EXPECT_TRUE(InputFile(home_.path(), name).bad()) << name;
    EXPECT_EQ(InputFile(home_.path(), name).error(), error);
    return error;
  }

  const TemporaryDirectory home_, outside_;
  Directory directory_;
};

TEST_F(OpenDirectory, TellsWhatThereIs) {
  using Kind = Directory::Kind;
  EXPECT_EQ(directory_.kind("file"), Kind::file);
  EXPECT_EQ(directory_.kind("link"), Kind::link);
  EXPECT_EQ(directory_.kind("linked"), Kind::link);
  EXPECT_EQ(directory_.kind("fifo"), Kind::other);
  EXPECT_EQ(directory_.kind("sub"), Kind::directory);
  EXPECT_EQ(directory_.kind("none"), Kind::none);
  EXPECT_EQ(directory_.kind("sub/../file"), Kind::none);
  std::vector<std::string> names;
  EXPECT_EQ(directory_.list(names), 0);
  EXPECT_THAT(names, ElementsAre("fifo", "file", "link", "linked", "sub"));
}

TEST_F(OpenDirectory, ReadsFilesOnlyAndWaitsForNothing) {
  std::string error;
  EXPECT_EQ(directory_.read("file", error), "inside");
  EXPECT_EQ(directory_.sha256("file"), sha256_of_text("inside"));
  EXPECT_EQ(reason_to_read("link"),
            "cannot read " + home_.path("link") + ": it is a symbolic link, which is not followed");
  EXPECT_THAT(reason_to_read("fifo"), HasSubstr("fifo: it is not a regular file"));
  EXPECT_THAT(reason_to_read("sub"), HasSubstr("Is a directory"));
  EXPECT_THAT(reason_to_read("none"), HasSubstr("No such file or directory"));
  for (const char* name : {"linked/file", "../x", ".", "..", "", "/etc/passwd"})
    EXPECT_THAT(reason_to_read(name), HasSubstr("it is not the plain name of a file"));
  EXPECT_FALSE(directory_.read("file", error, 3));
  EXPECT_THAT(error, HasSubstr("it is larger than"));
}

TEST_F(OpenDirectory, WritesOverNothingButFiles) {
  const std::array<std::string_view, 2> texts{"ne", "w"};
  EXPECT_EQ(directory_.write("file", texts), 0);
  EXPECT_EQ(text_of(home_.path("file")), "new");
  for (const char* name : {"link", "fifo", "sub", "linked", "linked/file", "../x", ""}) {
    EXPECT_NE(directory_.write(name, texts), 0) << name;
    EXPECT_NE(directory_.open_to_append(name).reason, 0) << name;
    EXPECT_NE(directory_.move("file", directory_, name), 0) << name;
  }
  EXPECT_EQ(text_of(home_.path("file")), "new");
  EXPECT_EQ(text_of(outside_.path("file")), "outside");
  EXPECT_THAT(names_in(outside_.path()), ElementsAre("file"));
}

TEST_F(OpenDirectory, AFileWithASecondNameIsReplacedButNotChanged) {
  std::filesystem::create_hard_link(outside_.path("file"), home_.path("hard"));
  EXPECT_THAT(Directory::why(directory_.open_to_append("hard").reason), HasSubstr("hard link"));
  const std::string_view text = "new";
  EXPECT_EQ(directory_.write("hard", {&text, 1}), 0);
  EXPECT_EQ(text_of(home_.path("hard")), "new");
  EXPECT_EQ(text_of(outside_.path("file")), "outside");
}

TEST_F(OpenDirectory, IsStillTheSameWhenItsPathLeadsElsewhere) {
  std::filesystem::rename(home_.path(), home_.path() + "-moved");
  std::filesystem::create_directory_symlink(outside_.path(), home_.path());
  const std::string_view text = "new";
  EXPECT_EQ(directory_.write("written", {&text, 1}), 0);
  EXPECT_EQ(text_of(home_.path() + "-moved/written"), "new");
  EXPECT_THAT(names_in(outside_.path()), ElementsAre("file"));
  std::filesystem::remove(home_.path());
  std::filesystem::rename(home_.path() + "-moved", home_.path());
  EXPECT_FALSE(directory_.is_removed());
}

TEST_F(OpenDirectory, NoDirectoryBelowIsReachedThroughALink) {
  EXPECT_TRUE(directory_.sub("sub"));
  int reason = 0;
  for (const char* name : {"linked", "file", "fifo", "..", ".", "sub/..", ""})
    EXPECT_FALSE(directory_.sub(name, reason)) << name;
  EXPECT_FALSE(Directory::open(DirectoryPath(home_.path(), "linked"), reason));
  EXPECT_EQ(Directory::why(reason), "it is a symbolic link, which is not followed");
  EXPECT_TRUE(Directory::open(home_.path("linked")));  // a person may name it
}

TEST_F(OpenDirectory, AFreeNameIsNeverTakenFromAnother) {
  EXPECT_EQ(directory_.move_to_free_name("file", "link"), EEXIST);
  EXPECT_EQ(directory_.move_to_free_name("file", "sub"), EEXIST);
  EXPECT_EQ(directory_.move_to_free_name("file", "free"), 0);
  EXPECT_EQ(text_of(home_.path("free")), "inside");
}

TEST(GivenFile, WaitsForNothing) {
  const TemporaryDirectory home;
  ASSERT_EQ(::mkfifo(home.path("fifo").c_str(), 0600), 0);
  EXPECT_FALSE(sha256_of_file(home.path("fifo")));
  EXPECT_FALSE(sha256_of_file("/dev/zero"));
  EXPECT_FALSE(sha256_of_file(home.path()));
}

TEST(InputFile, ReadsLinesOfAnyLength) {
  const TemporaryDirectory home;
  const std::string longest(200'000, 'x');
  put_text(home.path("a"), "1\n" + longest + "\n\nlast");
  InputFile file(home.path(), "a");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  EXPECT_THAT(lines, ElementsAre("1", longest, "", "last"));
  EXPECT_EQ(file.error(), "");
  EXPECT_FALSE(file.bad());
}

}  // namespace
}  // namespace materiel::store
