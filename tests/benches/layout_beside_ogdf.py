#!/usr/bin/env python3
"""Layouts of `keyreach layout` beside those of another program on the same graphs: medians over seeds.

  python3 tests/benches/layout_beside_ogdf.py --bench FOLDER --keyreach target/release/keyreach \
      --ogdf ogdf_layout [--sizes 1000,10000,100000] [--seeds 1,2,3,4,5] [--rows 4]

FOLDER holds gen_inventory.py (rows of an invented inventory by seed), mk_graph.py (the N nodes that a walk
in breadth reaches first) and layout_quality.py (the measures). `ogdf_layout EDGES fme OUT` prints its
seconds first. An inventory has `--rows` times as many rows as its graph shall have nodes.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

MEASURES = ["seconds", "stress", "npres2", "cross", "spread"]


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{words[0]} failed: {done.stderr.strip()}")
    return done


def measured(bench, positions, edges, seconds):
    line = run(sys.executable, bench / "layout_quality.py", positions, edges, "--one-line").stdout
    found = dict(part.split("=") for part in line.split() if "=" in part)
    return [seconds] + [float(found[name]) for name in MEASURES[1:]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=pathlib.Path, required=True)
    parser.add_argument("--keyreach", required=True)
    parser.add_argument("--ogdf")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--seeds", default="1,2,3,4,5")
    parser.add_argument("--rows", type=int, default=4)
    asked = parser.parse_args()
    print("| nodes | | s | stress | two-hop kept | crossings | spread |\n|---|---|---|---|---|---|---|")
    for size in map(int, asked.sizes.split(",")):
        found = {"Keyreach": [], "OGDF": []}
        for seed in asked.seeds.split(","):
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                rows, edges, at = folder / "rows.csv", folder / "edges.csv", folder / "at.csv"
                run(sys.executable, asked.bench / "gen_inventory.py", "--rows", size * asked.rows, "--seed", seed, "-o", rows)
                run(sys.executable, asked.bench / "mk_graph.py", rows, "--edges", edges, "--nodes", size)
                told = run(asked.keyreach, "layout", edges, "-o", at).stderr.split()
                found["Keyreach"].append(measured(asked.bench, at, edges, float(told[-2])))
                if asked.ogdf:
                    told = run(asked.ogdf, edges, "fme", at).stdout.split()
                    found["OGDF"].append(measured(asked.bench, at, edges, float(told[0])))
        for who, rows in found.items():
            if rows:
                s, stress, kept, cross, spread = map(statistics.median, zip(*rows))
                print(f"| {size:,} | {who} | {s:.3f} | {stress:.4f} | {kept:.3f} | {cross:.2f} | {spread:.3f} |", flush=True)


if __name__ == "__main__":
    main()
