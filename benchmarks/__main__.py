"""Time cnnlib's convolutions beside torch, SciPy, OpenCV and plain NumPy.

python -m benchmarks                 the whole comparison, about ten minutes
python -m benchmarks --only res18    some layers, printed and not written
python -m benchmarks --random 7 40   40 layers drawn by the seed 7, and how well they are chosen
"""

import argparse
import json
import sys
from pathlib import Path

from benchmarks import contenders, picture, run

HERE = Path(__file__).parent


def arguments():
    """Return the command's settings."""
    parser = argparse.ArgumentParser("benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="layers whose name contains this text")
    parser.add_argument("--processes", type=int, default=3, help="fresh processes (3)")
    parser.add_argument("--seconds", type=float, default=0.5, help="a layer and process (0.5)")
    parser.add_argument("--brief", action="store_true", help="no torch on the 63x63 kernel (100 s)")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    parser.add_argument("--random", type=int, nargs=2, metavar=("SEED", "COUNT"))
    settings = parser.parse_args()
    settings.peers = list(contenders.PEERS)
    return settings


def show(result):
    """Print one line a layer, then the means."""
    for row in result["layers"]:
        one = row["one_thread"]
        ratios = " ".join(
            f"{who} {one[who]['ratio']['median']:6.2f} ±{one[who]['ratio']['spread']:4.0%}"
            for who in ("torch", "channels_last")
            if who in one
        )
        peer = min(v["ratio"]["median"] for k, v in row["peers"].items() if k != "cnnlib")
        two = row.get("two_threads", {}).get("torch", {"ratio": {"median": float("nan")}})
        print(
            f"{row['name']:24} {row['strategy']:9} {one['cnnlib']['ms']:9.3f} ms  {ratios}  "
            f"two threads {two['ratio']['median']:6.2f}  best peer {peer:6.2f}  "
            f"peak {row['share_of_peak']:4.0%}  {row['scratch'] / 2**20:5.1f} MiB  "
            f"error {row['error']:.0e}"
        )
    others = {key: result[key] for key in ("random", "choice")}
    for name, value in (result["summary"] | others).items():
        print(f"{name:24} {value}")


def main():
    """Run, print, and keep the result where nothing was left out."""
    settings = arguments()
    if settings.random:
        print(run.random(*settings.random, settings), run.choice(*settings.random), sep="\n")
        return
    result = run.everything(settings, lambda step: print(f"{step} ...", file=sys.stderr))
    show(result)
    if not settings.only:
        (HERE / "results.json").write_text(json.dumps(rounded(result), indent=1) + "\n")
        (HERE / "results.svg").write_text(picture.draw(result))


def rounded(value):
    """Return `value` with floats of four significant digits: the rest is noise."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value


if __name__ == "__main__":
    main()
