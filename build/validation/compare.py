"""Compares what the validator found with what docs/focus-export.md explains.

    compare.py DOCUMENT FOUND.tsv...

The document has a table under each heading "### FOCUS x.y": rules in backquotes, the exports that break them,
and the reason. A finding that no row explains fails, and so does a row (or an export in it) without a finding.
"""

import re
import sys


def explained(path):
    """(version, export, rule) of every row."""
    version, rows = None, set()
    with open(path, encoding="utf-8") as document:
        for line in document:
            heading = re.match(r"#+ (?:FOCUS (\d\.\d)$)?", line)
            if heading:
                version = heading.group(1)
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if version is None or len(cells) != 3 or not cells[0].startswith("`"):
                continue
            if not cells[2]:
                sys.exit(f"{path}: {cells[0]} has no reason")
            for rule in re.findall(r"`([^`]+)`", cells[0]):
                rows |= {(version, export, rule) for export in cells[1].replace(",", " ").split()}
    return rows


def found(paths):
    """What the validator wrote: message by (version, export, rule)."""
    rows = {}
    for path in paths:
        version = re.search(r"(\d\.\d)\.tsv$", path).group(1)
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                name, rule, count, message = line.rstrip("\n").split("\t")
                rows[version, name.rsplit(".", 1)[0], rule] = f"{count} lines: {message}"
    return rows


def main(document, paths):
    want, have = explained(document), found(paths)
    for key in sorted(have.keys() - want):
        print("new:  FOCUS {} {}: {}:".format(*key), have[key])
    for key in sorted(want - have.keys()):
        print("gone: FOCUS {} {}: {} holds now; take it out of {}".format(*key, document))
    if have.keys() != want:
        sys.exit(1)
    print(f"{len(have)} findings, all explained in {document}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
