"""make bench, or python -m benchmarks NAME ... for some of it."""

import sys
from importlib import import_module

NAMES = (
    *("controls", "usual_way", "input_gradients", "paths", "instruments", "fast_contest"),
    *("browser", "memory", "pages"),
)

if __name__ == "__main__":
    asked = sys.argv[1:] or NAMES
    if unknown := set(asked) - set(NAMES):
        sys.exit(f"benchmark must be one of {', '.join(NAMES)}, got {', '.join(sorted(unknown))}.")
    for name in asked:
        import_module(f"benchmarks.{name}").main()
