"""What axe finds in a page: everything is looked at by all rules but those of colours, which take
twice as long as the others together; by those, one text of each kind.
"""

from axe_playwright_python.base import AXE_SCRIPT

EVERYTHING = ("html",)
COLOURS = ("color-contrast", "link-in-text-block")
SCROLLED = ("scrollable-region-focusable",)
# axe does not look into MathML and takes a header that is all formula for an empty one; tests/pages
# looks itself, and nothing but the text around a formula gives it its colour.
OFF = "empty-table-header"

# Marks the first text of each kind: those agree in colour and size, in the colour around them, and
# in all that is painted behind them by what they are in.
MARK = """within => {
    const behind = new Map(), kinds = new Set();
    const painted = part => {
        if (!part) return '';
        if (!behind.has(part)) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(part);
            const own = [backgroundColor, backgroundImage, opacity].join();
            const outer = painted(part.parentElement);
            behind.set(part, own === 'rgba(0, 0, 0, 0),none,1' ? outer : `${outer}/${own}`);
        }
        return behind.get(part);
    };
    const isText = part => part.matches('input, select')
        || [...part.childNodes].some(each => each.nodeType === 3 && each.data.trim());
    const look = part => {
        const style = getComputedStyle(part), around = getComputedStyle(part.parentElement).color;
        const { color, fontSize, fontWeight, textDecorationLine } = style;
        return [part.matches('a'), color, fontSize, fontWeight, textDecorationLine, around].join()
            + painted(part);
    };
    for (const part of document.querySelectorAll(within.map(each => `${each} *`))) {
        part.removeAttribute('data-kind');
        if (part.closest('math, svg, script, style') || !part.checkVisibility() || !isText(part))
            continue;
        if (!kinds.has(look(part))) part.dataset.kind = kinds.size;
        kinds.add(look(part));
    }
    return kinds.size;
}"""

RUN = "async ([context, options]) => (await axe.run(context, options)).violations"


def violations(page, within=EVERYTHING):
    """Rule and element of each, of what these selectors find."""
    rules = {rule: {"enabled": False} for rule in (OFF, *COLOURS)}
    return _found(page, within, rules=rules) + violations_of_colours(page, within)


def violations_of_colours(page, within=EVERYTHING):
    """Those that other colours may bring, where all else is the same."""
    assert page.evaluate(MARK, within)
    return _found(page, ["[data-kind]"], runOnly=COLOURS)


def violations_of_a_narrow_window(page):
    """Those that a narrow window of other colours may bring."""
    return violations_of_colours(page) + _found(page, EVERYTHING, runOnly=SCROLLED)


def _found(page, within, **options):
    # Nor may axe fetch the styles once more: a page from disk is refused that, and complains.
    options |= {"resultTypes": ["violations"], "preload": False}
    context = {"include": [[each] for each in within], "exclude": [["math"]]}
    if not page.evaluate("'axe' in window"):  # half a megabyte
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, [context, options])
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]
