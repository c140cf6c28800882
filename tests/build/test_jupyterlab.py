"""Who opens a notebook in JupyterLab and runs all cells sees its figures, and no complaint."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from ipykernel.kernelspec import write_kernel_spec
from playwright.sync_api import BrowserContext, Page, sync_playwright

from browsing import CHROMIUM, FLAGS, MISSING, needs_browser

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SETTINGS = {
    # Cells out of view have to be on the page too.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
FIGURE = ".jp-OutputArea-output img"
DIALOG = ".jp-Dialog-content"
# JupyterLab shows an error as it shows what is written on standard error.
COMPLAINT = f'{DIALOG}, [data-mime-type="application/vnd.jupyter.stderr"]'
LOADED = """(cells, figure) => cells.map((cell) =>
    [...cell.querySelectorAll(figure)].filter((image) => image.naturalWidth > 0).length
)"""
# The cells below an error are not run and get no number; a dead kernel finishes none.
FINISHED = """([cells, figure, dialog, complaint]) => {
    const find = (selector) => [...document.querySelectorAll(selector)]
    const prompts = find(".jp-CodeCell .jp-InputPrompt").map((prompt) => prompt.innerText)
    const numbered = prompts.filter((prompt) => /\\d/.test(prompt)).length
    const ended = numbered === cells || (numbered && find(complaint).length)
    const drawn = find(figure).every((image) => image.complete)
    return find(dialog).length || (ended && drawn && !prompts.includes("[*]:"))
}"""

# One process serves and browses: two would start all of it twice.
pytestmark = [needs_browser, pytest.mark.xdist_group("jupyterlab")]


class Lab(NamedTuple):
    """A running JupyterLab: its address, its token and the folder of notebooks it works on."""

    url: str
    token: str
    notebooks: Path


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """Give this environment an empty home: nobody's settings or kernels play a part."""
    home = tmp_path_factory.mktemp("home")
    settings = ("JUPYTER", "IPYTHON", "MPL", "XDG")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(settings)}
    write_kernel_spec(home / "share" / "kernels" / "python3")
    folders = {"HOME": "", "JUPYTER_PATH": "share", "JUPYTER_RUNTIME_DIR": "runtime"}
    return kept | {name: str(home / folder) for name, folder in folders.items()}


@pytest.fixture(scope="module")
def lab(environment, tmp_path_factory) -> Iterator[Lab]:
    """Run JupyterLab on a copy of the notebooks, so that nothing of the project is touched."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    (project / "figures").mkdir()
    home = Path(environment["HOME"])
    (home / "overrides.json").write_text(json.dumps(SETTINGS), "utf-8")
    # Making its cache of fonts, matplotlib says so on standard error when that takes long.
    prepare = [sys.executable, "-c", "import matplotlib.font_manager"]
    subprocess.run(prepare, env=environment, check=True, capture_output=True)
    options = ["--no-browser", "--allow-root", "--port=0", f"--LabApp.app_settings_dir={home}"]
    command = [sys.executable, "-m", "jupyterlab", *options, str(project)]
    log = home / "log.txt"
    with (
        log.open("w") as output,
        subprocess.Popen(command, env=environment, stdout=output, stderr=output) as server,
    ):
        try:
            said = wait_for_server(server, home / "runtime", log)
            yield Lab(said["url"], said["token"], project / "notebooks")
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(60)
            server.kill()


def wait_for_server(server: subprocess.Popen, runtime: Path, log: Path) -> dict[str, str]:
    """Wait until the server has written where it listens; it chose the port itself."""
    end = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < end:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            return json.loads((runtime / f"jpserver-{server.pid}.json").read_text("utf-8"))
        time.sleep(0.1)
    pytest.fail(f"JupyterLab does not start.\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser(environment) -> Iterator[BrowserContext]:
    if not CHROMIUM:
        pytest.fail(MISSING)
    options = {"executable_path": CHROMIUM, "args": FLAGS, "env": environment}
    with sync_playwright() as playwright, playwright.chromium.launch(**options) as chromium:
        context = chromium.new_context(viewport={"width": 1280, "height": 1000})
        context.set_default_timeout(120_000)
        yield context


@pytest.fixture
def page(browser) -> Iterator[Page]:
    with browser.new_page() as page:
        yield page


@contextmanager
def pictured_on_failure(page: Page, picture: Path) -> Iterator[None]:
    """Keep what the page shows when a test fails, and say where."""
    try:
        yield
    except Exception as failure:
        for complaint in page.locator(COMPLAINT).all()[:1]:
            complaint.scroll_into_view_if_needed()
        page.screenshot(path=picture)
        failure.add_note(f"The page as it was: {picture}")
        raise


def run_all_cells(page: Page, lab: Lab, name: str, cells: int) -> None:
    """Open a notebook and run its cells from the menu, as a reader does."""
    page.goto(f"{lab.url}lab/workspaces/{name}/tree/notebooks/{name}.ipynb?token={lab.token}")
    # The notebook itself says idle before it has a kernel, and what is run then is lost.
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    page.locator(".jp-CodeCell").nth(cells - 1).wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(FINISHED, arg=[cells, FIGURE, DIALOG, COMPLAINT])


def read_page(page: Page) -> dict[str, list[int] | list[str]]:
    """Count the figures that are really on the page below each cell, and read every complaint."""
    complaints = page.locator(COMPLAINT).all_inner_texts()
    return {
        "figures": page.locator(".jp-CodeCell").evaluate_all(LOADED, FIGURE),
        "complaints": [complaint.strip() for complaint in complaints],
    }


@pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS])
def test_a_notebook_shows_each_figure_where_it_is_drawn_and_no_complaint(name, lab, page, tmp_path):
    notebook = nbformat.read(lab.notebooks / f"{name}.ipynb", as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    saved = [int(bool(re.search(r"save_figure\(|^plot_", source, re.M))) for source in code]
    with pictured_on_failure(page, tmp_path / f"{name}.png"):
        run_all_cells(page, lab, name, len(code))
        seen = read_page(page)

        message = "\n".join([f"{name}.ipynb shows:", *seen["complaints"]])
        assert seen == {"figures": saved, "complaints": []}, message


FIGURE_CELL = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
BROKEN_CELL = "from IPython.display import Image\nImage(b'no picture', format='png')"
WARNING_CELL = "import warnings\nwarnings.warn_explicit('few rows', UserWarning, 'cell.py', 1)"
ERROR_CELL = "%xmode Minimal\nraise ValueError('no rows')"
END_CELL = "import os\nos._exit(1)"
RESTART = """Kernel Restarting
The kernel for notebooks/end.ipynb appears to have died. It will restart automatically.
Ok"""
PLANTED = {
    "error": (
        [FIGURE_CELL, BROKEN_CELL, WARNING_CELL, ERROR_CELL, FIGURE_CELL],
        [1, 0, 0, 0, 0],
        ["cell.py:1: UserWarning: few rows", "ValueError: no rows"],
    ),
    "end": ([END_CELL, FIGURE_CELL], [0, 0], [RESTART]),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_goes_wrong_in_a_cell_is_seen_on_the_page(name, lab, page, tmp_path):
    cells, figures, complaints = PLANTED[name]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, lab.notebooks / f"{name}.ipynb")
    with pictured_on_failure(page, tmp_path / f"{name}.png"):
        run_all_cells(page, lab, name, len(cells))

        assert read_page(page) == {"figures": figures, "complaints": complaints}
