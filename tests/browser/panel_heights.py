"""How much of the window each panel of a notebook takes."""

LAPTOP = {"width": 1366, "height": 768}
MOST = {"height": 600, "width": 1000}  # CSS pixels, with task card and sentence
SIZES = """() => [...document.querySelectorAll('.explorer-screen')].map(screen => {
    const { width, height } = screen.getBoundingClientRect();
    const paper = screen.querySelector('.explorer-paper');
    const picture = screen.querySelector('.explorer-picture').getBoundingClientRect();
    return {
        name: [...screen.closest('.explorer').classList].find(name => name.startsWith('explorer-')),
        width, height,
        scrolls: paper.scrollWidth > paper.clientWidth,
        scaled: picture.width > 0
            && picture.width !== parseFloat(screen.style.getPropertyValue('--width')),
    };
})"""


def panel_heights(page) -> list[dict]:
    """Name, width and height of each panel that is there, on a laptop beside JupyterLab's side bar;
    whether its picture is scaled, or has to be scrolled. `page` is a NotebookPage whose cells have
    run; its window is then as it was. A panel in a folded part has no height.
    """
    before = page.page.viewport_size
    page.page.set_viewport_size(LAPTOP)
    page.page.evaluate("() => { jupyterapp.shell.expandLeft(); }")
    found = page.page.evaluate(SIZES)
    page.page.set_viewport_size(before)
    return found
