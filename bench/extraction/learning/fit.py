"""Fits trees that tell lines of stories from other lines. Needs lightgbm and numpy (PyPI).

Reads a folder with lines.json ({"features": [names], "folds": n}) and rows.bin: for each line its features, its fold, its
label (0 or 1) and its weight, as 32-bit floats. Prints the trees of all lines, and those without each fold, as JSON.
"""

import json
import sys
from pathlib import Path

import lightgbm
import numpy

TREES = 30
OPTIONS = {
    "objective": "binary",
    "learning_rate": 0.25,
    "num_leaves": 8,
    "max_bin": 63,
    "min_data_in_leaf": 60,
    "min_sum_hessian_in_leaf": 0.01,
    "lambda_l2": 5,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "num_threads": 1,
    "verbosity": -1,
}


def flatten(root):
    """A tree as numbers: feature, limit, place of the child up to the limit, place of the other; or -1 and a leaf."""
    numbers = []

    def add(node):
        place = len(numbers)
        if "leaf_value" in node:
            numbers.extend([-1, float(f"{node['leaf_value']:.4g}")])
            return place
        numbers.extend([node["split_feature"], float(f"{node['threshold']:.5g}"), 0, 0])
        numbers[place + 2] = add(node["left_child"])
        numbers[place + 3] = add(node["right_child"])
        return place

    add(root)
    return numbers


def fit(rows, features):
    data = lightgbm.Dataset(rows[:, :features], label=rows[:, features + 1], weight=rows[:, features + 2])
    model = lightgbm.train(OPTIONS, data, TREES).dump_model()
    return [flatten(tree["tree_structure"]) for tree in model["tree_info"]]


def main():
    folder = Path(sys.argv[1])
    known = json.loads((folder / "lines.json").read_text())
    features = len(known["features"])
    rows = numpy.fromfile(folder / "rows.bin", dtype=numpy.float32).reshape(-1, features + 3)
    folds = [fit(rows[rows[:, features] != fold], features) for fold in range(known["folds"])]
    print(json.dumps({"all": fit(rows, features), "folds": folds}))


main()
