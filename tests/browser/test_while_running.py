"""A panel must answer while a cell of the notebook runs: training may take a while."""


def test_slider_answers_while_a_cell_runs(first_notebook):
    panel = first_notebook.panels()[0]
    name = panel.sliders()[0]
    panel.press(name, "Home")
    panel.settle()
    first_notebook.start_cell("import time; time.sleep(5)")
    before = panel.picture_src()
    panel.press(name, "End")
    panel.wait_for_new_picture(before, timeout=5)
    assert first_notebook.cell_runs()
    first_notebook.wait_for_cell()
    assert first_notebook.error_outputs() == []
