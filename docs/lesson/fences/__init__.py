"""The fences of the pages: one reader of their YAML, one formatter that stops the build."""
