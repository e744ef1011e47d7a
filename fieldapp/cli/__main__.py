"""`python -m fieldapp.cli`: the command without its script."""

import sys

from fieldapp.cli.main import main

sys.exit(main())
