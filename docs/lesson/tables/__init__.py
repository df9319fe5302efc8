"""What Python draws with and the scripts carry: words, signs of the legend, sizes, refusals.

Each stands once, as data; `modules` hands it to the scripts, so a still figure and the living one
cannot come to say or to measure different things.
"""

import json
from pathlib import Path

from lesson.examples import KERNELS

FOLDER = Path(__file__).parent
LANGUAGES = ("ko", "en")


def load(name):
    """Return what stands in one of the tables."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


WORDS = {lang: load(f"words.{lang}") for lang in LANGUAGES}
LEGEND = load("legend")
SIZES = load("sizes")


def modules(lang):
    """Return the tables as modules of the scripts, name → text, with the words of one language."""
    tables = {
        "tables/words": {"words": WORDS[lang]["figure"]},
        "tables/exercise": {"exerciseWords": WORDS[lang]["exercise"]},
        "tables/frame": {"frameWords": WORDS[lang]["frame"]},
        "tables/lab": {"labWords": WORDS[lang]["lab"]},
        "tables/run": {"runWords": WORDS[lang]["run"]},
        "tables/legend": {"signs": LEGEND},
        "tables/sizes": {"sizes": SIZES},
        "tables/refusals": {"refusals": load("refusals")},
        "tables/kernels": {"kernels": {name: list(kernel) for name, kernel in KERNELS.items()}},
    }
    return {
        module: "".join(
            f"export const {name} = {json.dumps(table, ensure_ascii=False)};\n"
            for name, table in exports.items()
        )
        for module, exports in tables.items()
    }
