"""What the times were taken on, and the environment that both sides share."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ALLOCATOR = {
    "MALLOC_MMAP_THRESHOLD_": str(2**30),
    "MALLOC_TRIM_THRESHOLD_": str(2**32),
    "MALLOC_TOP_PAD_": str(2**28),
}
"""glibc keeps freed memory instead of giving it back: alike for every contender."""


def environment(threads):
    """Return the environment of a process that may use `threads` threads."""
    limits = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS_")}
    return kept | ALLOCATOR | dict.fromkeys(limits, str(threads))


def processor():
    """Return the processor's name and the vector instructions that matter."""
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    fields = dict(line.split(":", 1) for line in text.split("\n\n")[0].splitlines() if ":" in line)
    fields = {key.strip(): value.strip() for key, value in fields.items()}
    flags = fields.get("flags", "").split()
    vectors = [name for name in ("avx2", "fma", "avx512f", "avx512_bf16") if name in flags]
    family = f"family {fields.get('cpu family')} model {fields.get('model')}"
    return f"{fields.get('model name', platform.machine())} ({family}; {', '.join(vectors)})"


def describe():
    """Return the machine, the versions and the moment."""
    import threadpoolctl

    blas = [
        f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}".strip()
        for pool in threadpoolctl.threadpool_info()
        if pool["user_api"] == "blas"
    ]
    packages = ("numpy", "scipy", "torch", "opencv-python-headless", "onnxruntime", "openvino")
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: found for name in packages if (found := _version(name))},
        "blas": sorted(set(blas)),
        "date": datetime.now(UTC).date().isoformat(),
    }


def _version(name):
    """Return the version of a package, or None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
