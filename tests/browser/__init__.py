"""Browser tests: the notebooks in a real JupyterLab, driven as a learner drives them."""
