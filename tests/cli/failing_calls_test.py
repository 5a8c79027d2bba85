"""Any call on a file fails in any command: the failure is reported, nothing is lost, and the same command completes it.

A seeded choice of all faults by default; all of them if MATERIEL_HARNESS is "full" (tools/soak)."""

import os
import random
import unittest

from failing_calls import CASES, KINDS, LIBRARY, Attack
from program import ProgramTest

FULL = os.environ.get("MATERIEL_HARNESS") == "full"
CHOSEN = 3  # of each command, besides one of each kind


@unittest.skipUnless(LIBRARY, "needs the library of failing files")
class FailingCalls(ProgramTest):
    def attack(self, case):
        attack = Attack(case, self.home / "attack")
        faults = attack.faults()
        self.assertGreater(len(faults), 15)
        if not FULL:
            chance = random.Random(case.name)
            by_kind = [[fault for fault in faults if fault.kind == kind] for kind in KINDS]
            faults = [chance.choice(of_kind) for of_kind in by_kind if of_kind] + chance.sample(faults, min(CHOSEN, len(faults)))
        wrong = list(filter(None, map(attack.wrong, faults)))
        if wrong:
            self.fail(f"{len(wrong)} of {len(faults)} faults\n\n" + "\n\n".join(wrong[:8]))


def attack_on(case):
    return lambda self: self.attack(case)


for one in CASES:
    setattr(FailingCalls, "test_" + one.name.replace(" ", "_"), attack_on(one))


if __name__ == "__main__":
    unittest.main()
