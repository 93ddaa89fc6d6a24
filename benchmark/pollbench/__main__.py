"""``python -m pollbench`` is ``pollbench``."""

from pollbench.cli import main

if __name__ == "__main__":
    main()
