"""When a page has settled: nothing is asked of it any longer that it has not yet shown.

A picture is decoded some time after its page has loaded, its slider has moved or its cell has
ended. What is asked before, of a quick machine, is answered with what stood there until then.
"""

from .lab_server import PATIENCE

# The canvas has `data-waits` from the moment at which its panel hears of a frame until it shows
# that frame's picture; `unanswered` is of a page with a kernel: see notebook_page.py. What a closed
# fold hides is drawn when it opens.
SETTLED = """() => !window.unanswered?.size
    && [...document.querySelectorAll('.explorer')].every(panel => {
        if (panel.closest('details:not([open])')) return true;
        const picture = panel.querySelector('canvas.explorer-picture');
        return picture?.dataset.picture && !picture.matches('[data-waits]')
            && !panel.querySelector(':scope > .still');
    })
    && [...document.images].every(image => image.complete)"""


# The button over each picture that a prediction keeps veiled.
VEILS = ".explorer-veil:not([hidden]) button"
# Whether picture and words under each veil can be seen; if nothing is veiled, nothing.
VEILED = """() => [...document.querySelectorAll('.explorer')]
    .filter(panel => panel.querySelector('.explorer-veil:not([hidden])'))
    .map(panel => ['canvas', '.explorer-status'].some(part =>
        panel.querySelector(part).checkVisibility({ visibilityProperty: true })))"""
UNVEIL = f"() => document.querySelectorAll('{VEILS}').forEach(veil => veil.click())"


def unveiled(page):
    """The page with all pictures to be seen; `page.veiled` says of each that was veiled whether it
    could be seen before.
    """
    page.veiled = settled(page).evaluate(VEILED)
    page.evaluate(UNVEIL)
    return settled(page)


def settled(page):
    """The page, once every panel on it shows the picture that its frame names; seconds do not
    count but to give up.
    """
    # not at every frame, as without `polling`: that takes the core on which others work
    page.wait_for_function(SETTLED, timeout=1000 * PATIENCE, polling=50)
    return page
