"""An assignment as a SCORM 1.2 package, which a learning-management system plays without a server.

The package is a zip of the worksheet's page, the site's own scripts and styles, and a manifest. The
builder lists what goes in (`site.packages`); the lecturer's page makes the same zip, byte for byte,
from the same list (docs/theme/cnn/scorm/make.js).
"""

import io
import json
import zipfile
from html import escape
from pathlib import Path

from lesson.homework.labels import PACKAGE
from lesson.homework.variant import fnv1a
from lesson.homework.worksheet import worksheet
from lesson.site import policy

DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: the same bytes whenever it is made
SCRIPT = "scorm"
"""The bundle that the page starts with; the other files follow from what it imports."""
MANIFEST = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="cnnlib-{{identifier}}" version="1.0"
    xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="homework">
    <organization identifier="homework">
      <title>{title}</title>
      <item identifier="sheet" identifierref="page" isvisible="true">
        <title>{title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
{files}
    </resource>
  </resources>
</manifest>
"""


class NotBuilt(Exception):
    """There is no built site to take the files from."""


def page(lang: str) -> str:
    """Return the worksheet's page in a package; ``{assignment}`` stands for the assignment."""
    words = PACKAGE[lang]
    sent = escape(json.dumps(words, ensure_ascii=False, separators=(",", ":")))
    sheet = worksheet(lang).replace(
        "<cnn-homework ", '<cnn-homework data-assignment="{assignment}" '
    )
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy.policy([])}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{words['manifest']}</title>\n{{styles}}"
        f'<script type="module" src="cnn/{SCRIPT}.js"></script>\n</head>\n'
        '<body data-md-color-scheme="default" data-md-color-primary="custom" '
        'data-md-color-accent="custom">\n<main class="md-grid md-content__inner">\n'
        f'<article class="md-typeset">\n<h1>{words["manifest"]}</h1>\n<p>{words["how"]}</p>\n'
        f'<cnn-scorm data-words="{sent}">'
        f'<p class="cnn-scorm__said" role="status">{words["connecting"]}</p>{sheet}</cnn-scorm>\n'
        "</article>\n</main>\n</body>\n</html>\n"
    )


def manifest(lang: str, files: list[str]) -> str:
    """Return the manifest of a package of `files`; ``{identifier}`` tells packages apart."""
    listed = "\n".join(f'      <file href="{escape(name)}"/>' for name in files)
    return MANIFEST.format(title=escape(PACKAGE[lang]["manifest"]), files=listed)


def identifier(text: str) -> str:
    """Return what tells the packages of two assignments apart.

    Examples
    --------
    >>> from lesson.homework.package import identifier
    >>> identifier("lecture"), identifier("number")
    ('43c18e91', '1bd670a0')
    """
    return f"{fnv1a(text.encode()):08x}"


def package(text: str, lang: str, site: Path) -> bytes:
    """Return the package of an assignment, made of the files of a built site.

    Raises
    ------
    NotBuilt
        `site` is no folder of a built site.
    """
    folder = site / "cnn"
    lists = sorted(folder.glob(f"package-{lang}.*.json"))
    if not lists:
        raise NotBuilt(str(site))
    listed = json.loads(lists[0].read_text(encoding="utf-8"))
    filled = {
        place: source.replace("{assignment}", text)
        .replace("{identifier}", identifier(text))
        .encode()
        for place, source in listed["texts"].items()
    }
    others = {place: (folder / file).read_bytes() for place, file in listed["files"].items()}
    return _zip(filled | others)


def _zip(files: dict[str, bytes]) -> bytes:
    """Return a zip archive of files that are neither packed nor dated."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, DAY)
            entry.create_system = 3  # else it says which machine made it
            archive.writestr(entry, content)
    return made.getvalue()
