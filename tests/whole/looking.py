"""What a page must be for everybody, in light and dark, wide and narrow: as wide as its window, and accessible."""

from pathlib import Path

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
WIDTHS = (1440, 768, 390)
# What axe looks for: everything where the layouts differ; in the dark what the dark changes, the contrast.
# Nothing is fetched for it once more: of what axe would preload, only rules on trial make use.
OPTIONS = "resultTypes: ['violations'], preload: false, iframes: false"
ALL, CONTRAST = f"{{{OPTIONS}}}", f"{{{OPTIONS}, runOnly: ['color-contrast']}}"
EXAMINED = {("light", 1440): ALL, ("light", 390): ALL, ("dark", 1440): CONTRAST}
GRAVE = ("serious", "critical")
FETCHES = "[data-viewer], #bench"  # pages that ask for more once they are there


def faults(page, paths):
    """Sentences on what is wrong with each of {name: address}, opened one after the other in `page`."""
    found = []
    for name, address in paths.items():
        assert page.goto(address).ok, f"{name} is not at {address}"
        if page.locator(FETCHES).count():
            page.wait_for_load_state("networkidle")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # nothing half-faded
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                found += [f"{name}, {scheme}, {width}: {fault}" for fault in faults_here(page, scheme, width)]
    return found


def faults_here(page, scheme, width):
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        yield f"is {wide} pixels wide"
    if (scheme, width) in EXAMINED:
        if page.evaluate("typeof axe === 'undefined'"):
            page.evaluate(AXE)  # debugging scripts run beside the page's policy, which would refuse this one
        for fault in page.evaluate(f"axe.run({EXAMINED[scheme, width]}).then(({{violations}}) => violations)"):
            if fault["impact"] in GRAVE:
                where = ", ".join(str(node["target"]) for node in fault["nodes"][:3])
                yield f"{fault['help']} ({where})"
