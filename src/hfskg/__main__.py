"""``python -m hfskg`` is the command ``hfskg``."""

from __future__ import annotations

from hfskg.cli import main

if __name__ == "__main__":
    main()
