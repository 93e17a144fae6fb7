"""What the panels that train show before anybody presses Train: trained here, once, and stored.

    python -m reproduce.trained_panels [NAME ...]     all, or some of identity, lesion, ...

Each panel trains at the set-ups below, as its Train button does, and the last measurement goes
into `trained.npz` beside it. Make a panel's file again when its defaults or its experiment change.
"""

import os
import sys

from lessons.deep_or_ensemble.bias_variance.explorer import bias_variance_explorer
from lessons.deep_or_ensemble.parallel_blocks.explorer import parallel_blocks_explorer
from lessons.depth_and_gradients.degradation.explorer import degradation_explorer
from lessons.ensemble_of_paths.lesion.experiment import LesionExperiment
from lessons.ensemble_of_paths.lesion.explorer import lesion_explorer
from lessons.ensemble_of_paths.lesion.trained import any_lesion
from lessons.ensemble_of_paths.short_paths.explorer import short_paths_explorer
from lessons.panel.trained import path_beside, save
from lessons.projection_shortcut.shortcut_options.explorer import shortcut_options_explorer
from lessons.residual_block.identity.explorer import identity_explorer
from lessons.residual_stream import stored as residual_stream
from lessons.residual_stream.transformer_paths import explorer as transformer_paths
from lessons.residual_stream.transformer_paths.experiment import records as measured_paths

# For each panel the set-ups at which a lesson opens it: what differs from its defaults.
SETUPS = {
    "identity": (identity_explorer, [{}]),
    "shortcut_options": (
        shortcut_options_explorer,
        [
            {},
            {"blocks": 2, "steps": 100},
            {"direction": "widening: 16, 32, 64", "blocks": 6, "steps": 100},
        ],
    ),
    "degradation": (degradation_explorer, [{}]),
    "short_paths": (short_paths_explorer, [{}]),
    "bias_variance": (
        bias_variance_explorer,
        [{}, {"task": "teacher", "depth": 4, "examples": 5000, "noise": 0.0, "steps": 1000}],
    ),
    "parallel_blocks": (parallel_blocks_explorer, [{}]),
}
LESION_SEED = 0


def main(*names):
    for name in names or (*SETUPS, "lesion", *OTHERS):
        if name in OTHERS:
            OTHERS[name]()
            continue
        records = lesions() if name == "lesion" else measurements(*SETUPS[name])
        build = lesion_explorer if name == "lesion" else SETUPS[name][0]
        path = path_beside(sys.modules[build.__module__].__file__)
        save(path, records)
        print(f"{path}: {os.path.getsize(path) / 1000:.1f} kB", flush=True)


def measurements(build, setups):
    """(values of all controls, last measurement) of each run."""
    for setup in setups:
        panel = build().set(**setup).train()
        if panel.message:
            sys.exit(panel.message)
        print(panel.summary, flush=True)
        yield panel.values, panel.measurement


def lesions():
    """The networks of one seed answer all other controls."""
    experiment = LesionExperiment()
    *_, last = experiment.measure(LESION_SEED)
    print(last.summary, flush=True)
    yield {"seed": LESION_SEED}, any_lesion(experiment, LESION_SEED)


def transformers():
    """Both of lesson 7, in a file that all of its panels read."""
    *_, pair = residual_stream.training()
    residual_stream.store(pair)
    print(f"{residual_stream.FILE}: {os.path.getsize(residual_stream.FILE) / 1000:.1f} kB")


def paths():
    """Of the transformers, as they are stored."""
    path = path_beside(transformer_paths.__file__)
    save(path, measured_paths())
    print(f"{path}: {os.path.getsize(path) / 1000:.1f} kB")


OTHERS = {"residual_stream": transformers, "transformer_paths": paths}  # in this order

if __name__ == "__main__":
    main(*sys.argv[1:])
