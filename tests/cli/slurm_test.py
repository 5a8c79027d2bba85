"""The script of `materiel slurm` under a real Slurm: one node, this machine, whose daemons the test starts itself."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from program import FILES, ProgramTest, SCENARIO

DAEMONS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo")

CONFIGURATION = """ClusterName=one
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmdPort={next_port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={home}/munge/socket
CredType=cred/munge
StateSaveLocation={home}/state
SlurmdSpoolDir={home}/spool
SlurmctldPidFile={home}/controller.pid
SlurmdPidFile={home}/node.pid
SlurmctldLogFile={home}/controller.log
SlurmdLogFile={home}/node.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=1,sched_interval=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def found(name):
    return shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin")


@unittest.skipUnless(all(map(found, DAEMONS)) and os.geteuid() == 0,
                     "needs root and Debian's slurmctld, slurmd, slurm-client and munge")
class RealSlurm(ProgramTest):
    """The daemons are started once; each test has a folder of its own."""

    @classmethod
    def setUpClass(cls):
        cls.place = pathlib.Path(tempfile.mkdtemp(prefix="materiel-slurm-"))
        cls.addClassCleanup(shutil.rmtree, cls.place, ignore_errors=True)
        for name in ("munge", "state", "spool"):
            (cls.place / name).mkdir(mode=0o700)
        cls.place.chmod(0o755)
        key = cls.place / "munge/key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        port = 20000 + os.getpid() % 20000
        configuration = cls.place / "slurm.conf"
        configuration.write_text(CONFIGURATION.format(host=socket.gethostname().split(".")[0], home=cls.place, port=port,
                                                      next_port=port + 1, cores=os.cpu_count()))
        cls.environment = {**os.environ, "SLURM_CONF": str(configuration)}
        cls.keep_running("munged", "--foreground", "--force", *(f"--{name}={cls.place}/munge/{file}" for name, file in (
            ("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))))
        cls.wait_for(lambda: (cls.place / "munge/socket").exists(), "munged")
        cls.keep_running("slurmctld", "-D", "-f", configuration)
        cls.keep_running("slurmd", "-D", "-f", configuration)
        cls.wait_for(lambda: "idle" in cls.slurm("sinfo", "-h", "-o", "%T"), "Slurm")

    @classmethod
    def keep_running(cls, *words):
        process = subprocess.Popen([found(words[0]), *map(str, words[1:])], env=cls.environment, cwd=cls.place,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def end():
            process.terminate()
            process.wait(timeout=60)

        cls.addClassCleanup(end)

    @staticmethod
    def wait_for(condition, what, seconds=60):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {what}")
            time.sleep(0.05)

    @classmethod
    def slurm(cls, *words):
        return subprocess.run([found(words[0]), *words[1:]], env=cls.environment, cwd=cls.place, text=True,
                              capture_output=True).stdout

    def submit(self):
        subprocess.run(["bash", "study.sh"], env=self.environment, cwd=self.home, check=True, capture_output=True)

    def wait_for_jobs(self):
        self.wait_for(lambda: not self.slurm("squeue", "-h").strip(), "the jobs", 120)

    def logs(self, directory):
        return {path.name: path.read_text() for path in (self.home / (directory + "-slurm")).iterdir()}

    def assert_same(self, directory):
        for name in FILES:
            if name != "run.json":
                self.assertTrue((self.home / "whole" / name).read_bytes() == (self.home / directory / name).read_bytes(), name)

    def test_an_array_from_submission_to_merge(self):
        self.run_program("slurm", "scenario.toml", "-n", 3000, "-o", "out/a study", "--shards", 4, "--time", 5,
                         "--script", "study.sh")
        self.submit()
        self.wait_for_jobs()
        logs = self.logs("out/a study")
        self.assertEqual(sorted(logs), ["merge.log", *(f"task-{i}.log" for i in range(1, 5))])
        self.assertTrue((self.home / "out/a study/run.json").exists(), logs)
        self.run_program("run", "scenario.toml", "-n", 3000, "-q", "-o", "whole")
        self.assert_same("out/a study")

    def test_cancelled_tasks_resume_when_they_are_submitted_again(self):
        words = ["scenario.toml", "-n", 60000, "--keep-every", "0.05s"]
        self.run_program("slurm", *words, "-o", "out", "--shards", 2, "--script", "study.sh")
        self.submit()
        self.wait_for(lambda: list(self.home.glob("out/shard-*/.unfinished/journal-*")), "a task to keep something")
        self.slurm("scancel", "-u", "root")
        self.wait_for_jobs()
        self.assertFalse((self.home / "out/run.json").exists(), "it was faster than scancel")
        told = json.loads(self.run_program("status", "out", "--json").stdout)
        self.assertGreater(sum(one.get("runs", 0) for one in told if one["state"] == "unfinished"), 0, told)
        self.submit()
        self.wait_for_jobs()
        self.run_program("run", *words, "-q", "-o", "whole")
        self.assert_same("out")

    def test_tasks_whose_runs_fail_are_merged(self):
        words = ["scenario.toml", "-n", 300, "--max-events", 300]
        self.run_program("slurm", *words, "-o", "out", "--shards", 2, "--script", "study.sh")
        self.submit()
        self.wait_for_jobs()
        self.run_program("run", *words, "-q", "-o", "whole", code=4)
        self.assert_same("out")

    def test_names_are_names_whatever_they_hold(self):
        marker = "'; touch marker; `touch marker` $(touch marker) \"x\" & #"
        scenario = json.dumps(f"n {marker}", ensure_ascii=False)
        directories = ("place", f"out/d {marker}", "100 % %a %j/%%x", "-dash")
        name = "s %a' $(touch marker).toml"
        (self.home / name).write_text(SCENARIO.replace('"one-plant"', scenario))
        for number, directory in enumerate(directories):
            script = f"study {number}.sh"
            option = [f"-o{directory}"] if number == 0 else [f"--output={directory}"]
            self.run_program("slurm", name, "-n", 100, *option, "--shards", 2, "--script", script)
            subprocess.run(["bash", script], env=self.environment, cwd=self.home, check=True, capture_output=True)
        self.wait_for_jobs()
        for directory in directories:
            with self.subTest(directory):
                self.assertEqual(sorted(self.logs(directory)), ["merge.log", "task-1.log", "task-2.log"])
                self.assertTrue((self.home / directory / "run.json").exists(), self.logs(directory))
        self.assertFalse(list(self.home.rglob("marker")))


if __name__ == "__main__":
    unittest.main()
