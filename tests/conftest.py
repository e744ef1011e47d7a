"""What every test may ask for."""

pytest_plugins = ["tests.databases", "tests.chromium", "tests.product", "tests.demonstration",
                  "tests.live", "tests.access.stage"]
