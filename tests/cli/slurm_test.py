"""The script of `materiel slurm` under a real Slurm: one node, this machine, whose daemons the test starts itself."""

import os
import shutil
import socket
import subprocess
import time
import unittest

from program import FILES, ProgramTest

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
    def setUp(self):
        super().setUp()
        for name in ("munge", "state", "spool"):
            (self.home / name).mkdir(mode=0o700)
        self.home.chmod(0o755)
        key = self.home / "munge/key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        port = 20000 + os.getpid() % 20000
        configuration = self.home / "slurm.conf"
        configuration.write_text(CONFIGURATION.format(host=socket.gethostname().split(".")[0], home=self.home, port=port,
                                                      next_port=port + 1, cores=os.cpu_count()))
        self.environment = {**os.environ, "SLURM_CONF": str(configuration)}
        self.keep_running("munged", "--foreground", "--force", *(f"--{name}={self.home}/munge/{file}" for name, file in (
            ("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))))
        self.wait_for(lambda: (self.home / "munge/socket").exists(), "munged")
        self.keep_running("slurmctld", "-D", "-f", configuration)
        self.keep_running("slurmd", "-D", "-f", configuration)
        self.wait_for(lambda: "idle" in self.slurm("sinfo", "-h", "-o", "%T"), "Slurm")

    def keep_running(self, *words):
        process = subprocess.Popen([found(words[0]), *map(str, words[1:])], env=self.environment, cwd=self.home,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def end():
            process.terminate()
            process.wait(timeout=60)

        self.addCleanup(end)

    def wait_for(self, condition, what, seconds=60):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"waited for {what}")
            time.sleep(0.2)

    def slurm(self, *words):
        return subprocess.run([found(words[0]), *words[1:]], env=self.environment, cwd=self.home, text=True,
                              capture_output=True).stdout

    def test_an_array_from_submission_to_merge(self):
        self.run_program("slurm", "scenario.toml", "-n", 3000, "-o", "out/a study", "--shards", 4, "--time", 5,
                         "--script", "study.sh")
        subprocess.run(["bash", "study.sh"], env=self.environment, cwd=self.home, check=True, capture_output=True)
        self.wait_for(lambda: not self.slurm("squeue", "-h").strip(), "the jobs", 120)
        logs = {path.name: path.read_text() for path in (self.home / "out/a study-slurm").iterdir()}
        self.assertEqual(sorted(logs), ["merge.log", *(f"task-{i}.log" for i in range(1, 5))])
        self.assertTrue((self.home / "out/a study/run.json").exists(), logs)
        self.run_program("run", "scenario.toml", "-n", 3000, "-q", "-o", "whole")
        for name in FILES:
            if name != "run.json":
                self.assertEqual((self.home / "whole" / name).read_bytes(),
                                 (self.home / "out/a study" / name).read_bytes(), name)


if __name__ == "__main__":
    unittest.main()
