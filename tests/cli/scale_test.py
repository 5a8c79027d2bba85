"""Studies beyond one process: shards and merge, mpirun, Slurm's script, certify, status."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
import unittest

from program import FILES, PROGRAM, ProgramTest, SCENARIO

KEPT = [name for name in FILES if name != "run.json"]
ALTERNATIVES = SCENARIO + """
[alternative.more]
set = { "site.depot.stock.drone" = 250 }
"""
COMPONENT = os.path.join(os.path.dirname(PROGRAM), "libmateriel_mpi.so")
MPIRUN = ["mpirun", "--oversubscribe", "-np"]
AS_ROOT = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}


class ScaleTest(ProgramTest):
    def files(self, directory, names):
        return {name: (self.home / directory / name).read_bytes() for name in names}

    def assert_same(self, directory, other, names=KEPT):
        for name in names:
            one, two = (self.home / directory / name).read_bytes(), (self.home / other / name).read_bytes()
            self.assertTrue(one == two, f"{name} of {directory} and {other}")

    def assert_same_record(self, directory, other):
        """But for what docs/cli.md says may differ."""
        records = [self.record(one) for one in (directory, other)]
        for record in records:
            for key in ("command", "host", "time"):
                del record[key]
        self.assertEqual(*records)


class Shards(ScaleTest):
    def in_shards(self, count, words, directory="shards"):
        for shard in range(count, 0, -1):
            self.run_program(*words, "--shard", f"{shard}/{count}", "-q", "-o", directory)

    def test_merged_they_are_the_study_run_at_once(self):
        (self.home / "scenario.toml").write_text(ALTERNATIVES)
        for words, count, names in ((["run", "scenario.toml", "-n", 777], 3, KEPT),
                                    (["run", "scenario.toml", "-n", 20], 4, KEPT),
                                    (["run", "scenario.toml", "-n", 100], 7, KEPT),
                                    (["run", "scenario.toml", "-n", 77, "--replications", 12], 5, KEPT + ["nested.csv"]),
                                    (["run", "scenario.toml", "-n", 500, "--alternative", "all"], 2, KEPT),
                                    (["compare", "scenario.toml", "-n", 300], 3, KEPT + ["differences.csv"])):
            for directory in ("whole", "shards"):
                shutil.rmtree(self.home / directory, ignore_errors=True)
            self.run_program(*words, "-q", "-o", "whole")
            self.in_shards(count, words)
            self.run_program("merge", "shards", "-q")
            self.assert_same("whole", "shards", names)
            self.assert_same_record("whole", "shards")
            self.assertIn("nothing to do", self.run_program("merge", "shards").stderr)

    def test_a_merged_study_can_be_extended_and_replayed(self):
        self.in_shards(2, ["run", "scenario.toml", "-n", 300])
        self.run_program("merge", "shards", "-q")
        self.run_program("replay", "shards", "--run", 250)
        self.run_program("run", "scenario.toml", "-n", 500, "--extend", "-q", "-o", "shards")
        self.run_program("run", "scenario.toml", "-n", 500, "-q", "-o", "whole")
        self.assert_same("whole", "shards")

    def test_a_missing_changed_or_strange_shard_is_named(self):
        words = ["run", "scenario.toml", "-n", 200]
        self.assertIn("holds no shards", (os.makedirs(self.home / "none"),
                                          self.run_program("merge", "none", code=1))[1].stderr)
        self.in_shards(3, words)
        shutil.move(self.home / "shards/shard-2-of-3", self.home / "away")
        self.assertIn("1 of 3 shards are not done: 2", self.run_program("merge", "shards", code=1).stderr)
        self.run_program(*words, "--seed", 5, "--shard", "2/3", "-q", "-o", "shards")
        self.assertIn("are not of one study: they differ in the seed (1 there, 5 now)",
                      self.run_program("merge", "shards", code=1).stderr)
        shutil.rmtree(self.home / "shards/shard-2-of-3")
        shutil.move(self.home / "away", self.home / "shards/shard-2-of-3")
        with open(self.home / "shards/shard-3-of-3/shard.bin", "ab") as file:
            file.write(b"x")
        self.assertIn("shard-3-of-3/shard.bin was changed since it was written: run that shard again",
                      self.run_program("merge", "shards", code=1).stderr)
        self.assertFalse((self.home / "shards/run.json").exists())

    def test_what_a_shard_may_be(self):
        for text in ("0/3", "4/3", "3", "a/b", "1/0", "1/1000000"):
            self.assertIn("--shard takes I/K", self.run_program("run", "scenario.toml", "--shard", text, code=2).stderr)
        self.assertIn("doesn't go with --precision",
                      self.run_program("run", "scenario.toml", "--shard", "1/2", "--precision",
                                       "outcome.balance:mean=1", code=2).stderr)

    def test_failures_are_those_of_the_whole(self):
        words = ["run", "scenario.toml", "-n", 300, "--max-events", 300, "-q"]
        self.run_program(*words, "-o", "whole", code=4)
        for shard in (1, 2):
            self.run_program(*words, "--shard", f"{shard}/2", "-o", "shards", code=4)
        self.run_program("merge", "shards", "-q", code=4)
        self.assert_same("whole", "shards")
        strip = lambda record: [{k: v for k, v in one.items() if k != "replay"} for one in record["failures"]]
        self.assertEqual(strip(self.record("whole")), strip(self.record("shards")))

    def test_a_killed_shard_goes_on(self):
        words = ["run", "scenario.toml", "-n", 20000, "--keep-every", "0.02s", "--shard", "2/2", "-o", "shards"]
        process = self.start(*words)
        self.wait_until_at_work(process, "shards/*/.unfinished/journal-*")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        self.run_program(*words)
        self.run_program("run", "scenario.toml", "-n", 20000, "--shard", "1/2", "-q", "-o", "shards")
        self.run_program("merge", "shards", "-q")
        self.run_program("run", "scenario.toml", "-n", 20000, "-q", "-o", "whole")
        self.assert_same("whole", "shards")


class Status(ScaleTest):
    def test_tells_of_complete_unfinished_and_damaged_studies(self):
        self.run_program("run", "scenario.toml", "-n", 50, "-q", "-o", "out")
        self.assertEqual(self.run_program("status", "out").stdout, "out: one-plant, complete, 50 replications, 0 failed\n")
        (self.home / "out/summary.csv").write_text("")
        self.assertIn("summary.csv was changed", self.run_program("status", "out", code=1).stdout)
        process = self.start("run", "scenario.toml", "-n", 500000, "-o", "long")
        self.wait_until_at_work(process, "long/.unfinished/runs.csv")
        time.sleep(0.4)
        process.send_signal(signal.SIGINT)
        process.communicate()
        facts = json.loads(self.run_program("status", "long", "--json").stdout)[0]
        self.assertEqual(facts["state"], "unfinished")
        self.assertEqual(facts["all_runs"], 500000)
        self.assertGreater(facts["runs"], 0)
        self.assertRegex(self.run_program("status", "long").stdout, "resume it with\n  .*materiel'? run scenario.toml")
        self.assertEqual(self.run_program("status", ".").stdout, ".: holds no study\n")
        self.run_program("status", "nowhere", code=2)


class Certify(ScaleTest):
    def test_all_ways_are_equal(self):
        told = self.run_program("certify", "scenario.toml", "-n", 500).stdout
        hashes = re.findall(r" ([0-9a-f]{64})\n", told)
        self.assertGreaterEqual(len(hashes), 8)
        self.assertEqual(len(set(hashes)), 1)
        self.assertRegex(told, "equal in all [89] ways: 500 replications")

    def test_a_wrong_scenario_is_told(self):
        (self.home / "scenario.toml").write_text(SCENARIO.replace("falls_to", "falls_too"))
        self.assertIn("falls_too", self.run_program("certify", "scenario.toml", code=3).stderr)


class SlurmScript(ScaleTest):
    def script(self, *words):
        self.run_program("slurm", "scenario.toml", "-n", 400, "-o", "out/a study", "--shards", 3, "--cpus", 2, "--time",
                         "5:00", "--script", "study.sh", *words)
        return (self.home / "study.sh").read_text()

    def test_its_tasks_are_the_shards_and_then_the_merge(self):
        text = self.script()
        self.assertIn("#SBATCH --array=1-3\n", text)
        self.assertIn("#SBATCH --time=5:00\n", text)
        # What Slurm would do: sbatch runs the array, then what depends on it.
        (self.home / "sbatch").write_text("""#!/bin/bash
for word in "$@"; do
  case $word in --output=*) log=${word#--output=};; --wrap=*) wrapped=${word#--wrap=};; esac
done
if [ -n "${wrapped:-}" ]; then eval "$wrapped" -q > "$log"; exit; fi
eval "logs=$(sed -n 's/^#SBATCH --output=//p' "${@: -1}")"
for task in 1 2 3; do
  SLURM_ARRAY_TASK_ID=$task SLURM_CPUS_PER_TASK=2 bash "${@: -1}" > "${logs/\%a/$task}" || exit 1
done
echo 7
""")
        (self.home / "sbatch").chmod(0o755)
        subprocess.run(["bash", "study.sh"], cwd=self.home, check=True, capture_output=True,
                       env={**os.environ, "PATH": f"{self.home}:{os.environ['PATH']}"})
        self.run_program("run", "scenario.toml", "-n", 400, "-q", "-o", "whole")
        self.assert_same("whole", "out/a study")

    def test_it_is_never_written_over_and_its_scenario_is_checked(self):
        self.script()
        result = self.run_program("slurm", "scenario.toml", "--script", "study.sh", code=1)
        self.assertIn("study.sh is there already", result.stderr)
        self.assertIn("--samplse", self.run_program("slurm", "scenario.toml", "--samplse", 3, code=2).stderr)
        (self.home / "scenario.toml").write_text(SCENARIO.replace("falls_to", "falls_too"))
        self.run_program("slurm", "scenario.toml", code=3)


@unittest.skipUnless(shutil.which("mpirun") and os.path.exists(COMPONENT), "built without MPI")
class Ranks(ScaleTest):
    def start_ranks(self, count, *words):
        return subprocess.Popen([*MPIRUN, str(count), PROGRAM, *map(str, words)], cwd=self.home, text=True,
                                env={**os.environ, **AS_ROOT, "NO_COLOR": "1"}, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, preexec_fn=self.default_signals)

    def run_ranks(self, count, *words, code=0):
        process = self.start_ranks(count, *words)
        output, errors = process.communicate(timeout=200)
        self.assertEqual(process.returncode, code, output + errors)
        return output, errors

    def test_four_write_the_bytes_of_one(self):
        (self.home / "scenario.toml").write_text(ALTERNATIVES)
        for words, names in ((["run", "scenario.toml", "-n", 3001], KEPT),
                             (["run", "scenario.toml", "-n", 5], KEPT),
                             (["compare", "scenario.toml", "-n", 200, "--replications", 7],
                              KEPT + ["nested.csv", "differences.csv"])):
            for directory in ("whole", "ranks"):
                shutil.rmtree(self.home / directory, ignore_errors=True)
            self.run_program(*words, "-q", "-o", "whole")
            self.run_ranks(4, *words, "--threads", 1, "-q", "-o", "ranks")
            self.assert_same("whole", "ranks", names)
            self.assert_same_record("whole", "ranks")
            self.run_ranks(2, *words, "--threads", 1, "-q", "-o", "ranks")  # nothing to do

    def test_the_death_of_a_rank_loses_no_run_range_that_came_in(self):
        (self.home / "scenario.toml").write_text(ALTERNATIVES)  # the first one's run ranges are there when the second is run
        words = ["compare", "scenario.toml", "-n", 30000, "--threads", 1, "-o", "ranks"]
        process = self.start_ranks(3, *words)
        deadline = time.monotonic() + 60
        while not list(self.home.glob("ranks/.unfinished/stretch-0-*[0-9]")) and time.monotonic() < deadline:
            time.sleep(0.01)
        own = subprocess.run(["pgrep", "-f", f"^{PROGRAM} .* -o ranks"], capture_output=True, text=True)
        os.kill(int(own.stdout.split()[-1]), signal.SIGKILL)
        _, errors = process.communicate(timeout=60)
        self.assertNotEqual(process.returncode, 0, errors)
        kept = self.names("ranks/.unfinished")
        self.assertTrue([name for name in kept if name.startswith("stretch-0-") or name.startswith("journal")], kept)
        self.run_program(*words[:-2], "-q", "-o", "whole")
        self.run_ranks(2, *words, "-q")
        self.assert_same("whole", "ranks", KEPT + ["differences.csv"])

    def test_what_ranks_can_not_do_is_told(self):
        _, errors = self.run_ranks(2, "run", "scenario.toml", "--precision", "outcome.balance:mean=1", code=1)
        self.assertIn("a study on several ranks has a number of samples", errors)
        output, _ = self.run_ranks(2, "check", "scenario.toml")
        self.assertEqual(output, self.run_program("check", "scenario.toml").stdout, "said once, by rank 0")


AGENT = """#!/bin/bash
# What mpirun calls instead of ssh: HOST COMMAND..., in the namespace that has that address, with a name and a folder for
# temporary files of its own.
number=${1##*.}
shift
export TMPDIR=$TMPDIR/$number
mkdir -p "$TMPDIR"
exec ip netns exec "NAMES$number" unshare --uts bash -c "hostname host$number; $*"
"""


@unittest.skipUnless(shutil.which("mpirun") and os.path.exists(COMPONENT), "built without MPI")
@unittest.skipUnless(os.geteuid() == 0 and shutil.which("ip"), "making hosts takes root and iproute2")
class Hosts(ScaleTest):
    """Several hosts: network namespaces of this machine, joined by a bridge. Ranks on them meet by TCP alone."""

    def setUp(self):
        super().setUp()
        self.names = f"mt{os.getpid()}-"
        bridge = f"mt{os.getpid()}b"
        self.ip("link", "add", bridge, "type", "bridge")
        self.addCleanup(subprocess.run, ["ip", "link", "del", bridge], capture_output=True)
        self.ip("link", "set", bridge, "up")
        for host in (10, 11, 12):
            name, end = f"{self.names}{host}", f"mt{os.getpid()}v{host}"
            self.ip("netns", "add", name)
            self.addCleanup(subprocess.run, ["ip", "netns", "del", name], capture_output=True)
            self.ip("link", "add", end, "type", "veth", "peer", "name", "eth0", "netns", name)
            self.ip("link", "set", end, "master", bridge, "up")
            self.ip("-n", name, "addr", "add", f"10.77.0.{host}/24", "dev", "eth0")
            for device in ("eth0", "lo"):
                self.ip("-n", name, "link", "set", device, "up")

    def ip(self, *words):
        done = subprocess.run(["ip", *words], capture_output=True, text=True)
        if done.returncode != 0:
            self.skipTest(f"no network namespaces here: {done.stderr.strip()}")

    def sent(self):
        """Bytes that the second host has sent."""
        text = subprocess.run(["ip", "netns", "exec", f"{self.names}12", "cat", "/proc/net/dev"], check=True,
                              capture_output=True, text=True).stdout
        return int(next(line for line in text.splitlines() if "eth0" in line).split(":")[1].split()[8])

    def mpirun(self, words, *command, seconds=200):
        """What came of it; None if it doesn't end."""
        try:
            return subprocess.run(["ip", "netns", "exec", f"{self.names}10", *map(str, words), *map(str, command)],
                                  cwd=self.home, text=True, capture_output=True, timeout=seconds,
                                  env={**os.environ, **AS_ROOT, "NO_COLOR": "1", "TMPDIR": str(self.home)})
        except subprocess.TimeoutExpired:
            return None

    def test_ranks_on_two_of_them_write_the_bytes_of_one_process(self):
        agent = self.home / "agent"
        agent.write_text(AGENT.replace("NAMES", self.names))
        agent.chmod(0o755)
        before = self.sent()
        words = [*MPIRUN, 4, "--host", "10.77.0.11:2,10.77.0.12:2"]
        for name, value in (("plm_rsh_agent", agent), ("plm_rsh_no_tree_spawn", 1), ("oob_tcp_if_include", "eth0"),
                            ("btl_tcp_if_include", "eth0"), ("btl", "tcp,self")):
            words += ["--mca", name, value]
        reached = self.mpirun(words, "true", seconds=30)
        if not reached or reached.returncode != 0:
            self.skipTest("mpirun doesn't reach its hosts here")
        done = self.mpirun(words, PROGRAM, "run", "scenario.toml", "-n", 3001, "--threads", 1, "-q", "-o", self.home / "ranks")
        self.assertTrue(done and done.returncode == 0, done)
        self.run_program("run", "scenario.toml", "-n", 3001, "-q", "-o", "whole")
        self.assert_same("whole", "ranks")
        self.assertGreater(self.sent() - before, 100_000, "the second host sent no run range")


if __name__ == "__main__":
    unittest.main()
