"""Make the shipped figures again from the published files: `python -m keyworker.measures.published.make FOLDER`."""
