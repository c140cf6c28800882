"""Settings of Sphinx: everything that the pages need lies in the site itself."""

from docutils import nodes
from docutils.nodes import Node, system_message
from sphinx.application import Sphinx
from sphinx.ext.autosummary import AutoLink

import policydata

project = "policydata"
author = "The policydata developers"
version = release = policydata.__version__
project_copyright = "The policydata developers"
language = "en"

extensions = [
    "myst_nb",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
]
nitpicky = True
# Columns and parameters in single backticks that modules happen to be called too, as `json`.
nitpick_ignore_regex = [("py:obj", "[a-z]+")]
# Names in single backticks lead to what is public, else stand as they are.
default_role = "public"
autodoc_typehints = "none"
numpydoc_show_class_members = False

myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 4
nb_execution_mode = "off"
# No page has widgets.
nb_ipywidgets_js: dict[str, dict[str, str]] = {}

# Pages that are wide, or that have none beside them.
WIDE = ("explorer", "documents")
ALONE = (*WIDE, "figures/*", "changes", "CHANGELOG")
html_sidebars: dict[str, list[str]] = {page: [] for page in ALONE}
html_theme = "pydata_sphinx_theme"
html_title = f"policydata {release}, data {policydata.__data_version__}"
html_context = {"default_mode": "auto"}
# Chinese is read on a system without a Chinese font too.
html_static_path = ["static", "../src/policydata/charts/fonts"]
html_css_files = ["site.css"]
html_copy_source = False
html_domain_indices = False
html_show_sourcelink = False
# Excerpts of found pages would have to be fetched, which a page from a file must not.
html_show_search_summary = False
html_last_updated_fmt = None
html_theme_options = {
    "navbar_align": "left",
    "header_links_before_dropdown": 8,
    "logo": {"text": "policydata"},
    "navigation_depth": 2,
    "secondary_sidebar_items": {"**": ["page-toc"], **{page: [] for page in WIDE}},
    "search_bar_text": "Search the pages",
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_toc_level": 2,
}


class PublicName(AutoLink):
    """A link to what is public, else code."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Read the name."""
        found, messages = super().run()
        plain = [
            nodes.literal(self.rawtext, node.astext()) if isinstance(node, nodes.emphasis) else node
            for node in found
        ]
        return plain, messages


def name_language(
    app: Sphinx, page: str, template: str, context: dict[str, object], doctree: Node | None
) -> None:
    """Say of a page in Chinese that it is."""
    if page.endswith(".zh"):
        context["language"] = "zh"


def setup(app: Sphinx) -> None:
    """Add what the settings alone cannot say."""
    app.add_role("public", PublicName())
    app.connect("html-page-context", name_language)
