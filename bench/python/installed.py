"""What a package costs before it does anything."""

import random
import statistics
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

_TIMED = (
    "from time import perf_counter as now; begun = now(); import {}; print(1e3 * (now() - begun))"
)


def install_bytes(package: str) -> int:
    """Bytes on disk of a package and all that it depends on, each once."""
    packages: set[str] = set()
    _collect(package, packages)
    return sum(_bytes_of(name) for name in packages)


def import_times(modules: Iterable[str], rounds: int) -> dict[str, float]:
    """Milliseconds that a new process takes to import each module, beyond its own start."""
    times: dict[str, list[float]] = {module: [] for module in modules}
    for _ in range(rounds):
        for module in random.sample(list(times), len(times)):
            times[module].append(_import_once(module))
    return {module: statistics.median(all_) for module, all_ in times.items()}


def _import_once(module: str) -> float:
    command = [sys.executable, "-c", _TIMED.format(module)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return float(done.stdout)


def _collect(package: str, into: set[str]) -> None:
    if package in into:
        return
    into.add(package)
    for line in distribution(package).requires or ():
        requirement = Requirement(line)
        # Extras are not installed unless they are asked for.
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            _collect(requirement.name, into)


def _bytes_of(package: str) -> int:
    files = distribution(package).files or ()
    # Compiled files are made on the machine.
    return sum(
        Path(path.locate()).stat().st_size for path in files if "__pycache__" not in path.parts
    )
