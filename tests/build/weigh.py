#!/usr/bin/env python3
"""Measures what each dependency costs: crates, seconds of building, kB of the program.

    tests/build/weigh.py            builds everything from nothing and writes the table into docs/dependencies.md

Seconds come from `cargo build --timings`. kB come from the linker's map: what it took from the objects of each crate.
Needs Linux on x86-64 and Rust 1.90 or later, where lld links and writes the map.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections import defaultdict

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = ROOT / "target" / "weigh"
PAGE = ROOT / "docs" / "dependencies.md"
FEATURES = ["postgres", "jemalloc"]
BEGIN, END = "<!-- made by tests/build/weigh.py: begin -->", "<!-- made by tests/build/weigh.py: end -->"


def cargo(*arguments, **environment):
    return subprocess.run(
        ["cargo", *arguments], cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def graph(*features):
    """Who uses whom in a build of the program: a crate is its name and its version."""
    uses, path = defaultdict(set), []
    lines = cargo("tree", "--locked", "-e", "normal,build", "--prefix", "depth", "--format", " {p}", *features)
    for line in lines.splitlines():
        depth, name, version = re.match(r"(\d+) (\S+) v([^\s+]+)", line).groups()
        del path[int(depth) :]
        path.append((name, version))
        uses[path[-1]]
        if len(path) > 1:
            uses[path[-2]].add(path[-1])
    return uses


def reach(uses, start, without=None):
    """All that a crate needs, itself too."""
    found, ahead = set(), [start]
    while ahead:
        crate = ahead.pop()
        if crate not in found and crate != without:
            found.add(crate)
            ahead.extend(uses[crate])
    return found


def build():
    """Builds from nothing: the seconds of each crate, the octets of each crate by name, and those of the program."""
    shutil.rmtree(TARGET, ignore_errors=True)
    the_map = TARGET / "program.map"
    print("building from nothing: some minutes", file=sys.stderr)
    cargo(
        *("build", "--release", "--locked", "--quiet", "--timings", "--target-dir", str(TARGET), "--all-features"),
        RUSTFLAGS=f"-Clink-arg=-Wl,-Map={the_map}",
    )
    page = (TARGET / "cargo-timings" / "cargo-timing.html").read_text()
    units = re.search(r"const UNIT_DATA = (\[.*?\]);\n", page, re.S)
    if not units:
        sys.exit("weigh: this cargo writes its timings in another form")
    seconds = defaultdict(float)
    for unit in json.loads(units[1]):
        seconds[unit["name"], unit["version"].split("+")[0]] += unit["duration"]
    octets = defaultdict(int)
    # An object of an archive, or of the program itself: VMA, LMA, size, alignment, file and section.
    line = re.compile(r"\s*[0-9a-f]+\s+[0-9a-f]+\s+([0-9a-f]+)\s+\d+\s+(\S+?)(?:\((\S+)\))?:\(([.\w$-]+)")
    for text in the_map.read_text(errors="replace").splitlines():
        found = line.match(text)
        if found and not found[4].startswith((".debug", ".comment", ".bss", ".tbss")):
            octets[crate_of(found[2])] += int(found[1], 16)
    return seconds, octets, (TARGET / "release" / "convene").stat().st_size


def crate_of(file):
    """The crate that an object belongs to, by its library's name; C code by the crate that builds it."""
    name = pathlib.Path(file).name
    if found := re.match(r"lib(.+)-[0-9a-f]{16}\.rlib$", name):
        return found[1]
    if found := re.match(r"(\w+)-[0-9a-f]{16}\.", name):
        return found[1]
    if "/build/" in file:
        return re.search(r"/build/(.+)-[0-9a-f]{16}/", file)[1].replace("-", "_")
    return "system"


def purposes():
    """What Cargo.toml says of each dependency, and what it is called there."""
    said, found, section = [], {}, ""
    for line in (ROOT / "Cargo.toml").read_text().splitlines():
        if line.startswith("["):
            section = line
        elif line.startswith("#"):
            said.append(line.removeprefix("# "))
        elif (name := re.match(r"([\w-]+) = ", line)) and section == "[dependencies]":
            found[name[1]], said = " ".join(said), []
        else:
            said = []
    return found


def main():
    seconds, octets, size = build()
    uses = graph()
    root = next(crate for crate in uses if crate[0] == "convene")
    whole = reach(uses, root)

    def weight(crates):
        took = sum(seconds[crate] for crate in crates)
        kilobytes = sum(octets[name] for name in {name.replace("-", "_") for name, _ in crates}) / 1000
        return len(crates), took, kilobytes

    rows = []
    why = purposes()
    for crate in uses[root]:
        alone = whole - reach(uses, root, without=crate)
        rows.append((weight(alone), weight(reach(uses, crate)), crate[0], why.get(crate[0], "")))
    rows.sort(key=lambda row: -row[0][1])
    lines = [
        "| dependency | crates | seconds | kB | with shared | what for |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for (crates, took, kilobytes), (of_all, took_in_all, _), name, purpose in rows:
        lines.append(f"| `{name}` | {crates} | {took:.1f} | {kilobytes:.0f} | {of_all}, {took_in_all:.1f} s | {purpose} |")
    for feature in FEATURES:
        crates, took, kilobytes = weight(reach(graph("--features", feature), root) - whole)
        lines.append(f"| feature `{feature}` | {crates} | {took:.1f} | {kilobytes:.0f} | | not in a first build |")
    own = weight({root})
    lines.append(f"| convene itself | 1 | {own[1]:.1f} | {own[2]:.0f} | | with what is generated from generics |")
    crates, took, _ = weight(whole)
    lines += ["", f"In all {crates} crates and {took:.0f} seconds for a first build; {size / 1e6:.1f} MB with all features in the profile `release`."]
    text = PAGE.read_text()
    head, rest = text.split(BEGIN)
    PAGE.write_text(head + BEGIN + "\n\n" + "\n".join(lines) + "\n\n" + END + rest.split(END)[1])
    print("\n".join(lines))


main()
