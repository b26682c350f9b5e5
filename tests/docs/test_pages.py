# SPDX-License-Identifier: Apache-2.0
"""Pages lead where they say, name what exists, and show nothing of the machine they were written on."""

import re
import tomllib
from pathlib import Path

import pytest

from upheld.cli.main import COMMANDS
from upheld.controls import CONTROLS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md")), *sorted((ROOT / "changelog.d").glob("*.md"))]
MODES = {"tutorials", "how-to", "reference", "explanation", "decisions"}

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")

HOSTS = {"127.0.0.1", "localhost", "[::1]", "HOST", "c2sp.org", "w3id.org"}
"""Hosts that a page may name, besides those that end in `.example`."""
FOLDERS = {
    "backup",
    "other-disk",
    "third-place",
    "tmp",
    "api",
    "console",
    "deploy",
    "etc",
    "generation",
    "healthz",
    "metrics",
    "people",
    "readyz",
    "run",
    "srv",
    "static",
    "usr",
    "var",
}
"""Where an absolute path in a page may begin: addresses and origins of the product, and folders of every machine."""
TOOLS = {
    "upheld", "make", "python", "python3", "curl", "git", "openssl", "chmod", "chown", "cp", "diff", "install", "ls",
    "mkdir", "mv", "export", "cd", "cat", "echo", "source", "rsync", "sqlite3", "psql", "pg_dump", "pg_restore",
    "pg_basebackup", "createdb", "createuser", "sudo", "su", "systemctl", "journalctl", "docker", "podman", "pip",
    "useradd", "adduser", "nginx", "caddy", "tar", "UPHELD", "set", "sha256sum", "grep", "sed", "head", "tail", "rm",
}  # fmt: skip
"""Commands that a page may tell a reader to type: ours, and those of any machine that runs it."""


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    return FENCE.sub("", text(page))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as browsers of repositories make them."""
    heads = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def faults_of_link(page: Path, link: str) -> bool:
    target, _, anchor = link.partition("#")
    file = (page.parent / target).resolve() if target else page
    if not file.exists() or not file.is_relative_to(ROOT):
        return True
    return bool(anchor) and anchor not in anchors(file)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page):
    links = [one for one in LINK.findall(prose(page)) if "://" not in one and not one.startswith("mailto:")]

    assert [link for link in links if faults_of_link(page, link)] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_host_that_a_page_names_is_an_example_or_a_standard(page):
    found = set(re.findall(r"[a-z]+://(?:[^@/\s`]+@)?([A-Za-z0-9.\-\[\]:]+)", text(page)))
    hosts = {re.sub(r":\d+\]?$", "", one) for one in found} - {"..."}  # click writes a default in brackets

    assert sorted(h for h in hosts if h not in HOSTS and not h.endswith(".example") and "." in h) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_page_names_a_folder_of_the_machine_it_was_written_on(page):
    said = re.sub(r"\b(?:GET|POST|PUT|PATCH|DELETE) /\S*", "", text(page))  # an address of the product, with its method
    found = re.findall(r"(?<![\w.:/>}\])…*-])(?:\.\./)*/([A-Za-z0-9_-]+)/", said)

    assert sorted(set(found) - FOLDERS) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_readers_are_told_to_type_only_what_they_have(page):
    typed = []
    for block in re.findall(r"^```(?:sh|shell|bash|console)\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL):
        block = re.sub(r"<<'(\w+)'\n.*?^\1$", "", block, flags=re.MULTILINE | re.DOTALL)  # what a here-document holds
        shows_answers = re.search(r"^\$ ", block, re.MULTILINE)
        for line in re.sub(r"\\\n", " ", block).splitlines():
            if shows_answers and not line.startswith("$ "):
                continue
            command = re.sub(r"^\$ ", "", line.split(" #")[0].strip())
            command = re.sub(r"^(?:[A-Z_]+=\S*\s+)+", "", command)
            if re.match(r"^(?:[\w./-]+/)?[A-Za-z][\w-]*(?:\s|$)", command) and not line.startswith((" ", "#")):
                typed.append(command.split()[0].rpartition("/")[2])

    assert sorted(set(typed) - TOOLS - {"env"}) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_of_ours_that_a_page_names_exists(page):
    named = set(re.findall(r"(?:^|[`/\s])(?<!from )upheld ([a-z]+)\b", "\n".join(CODE.findall(prose(page)))))

    assert sorted(named - set(COMMANDS)) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_that_a_page_names_exists(page):
    named = {one for one in CODE.findall(prose(page)) if re.fullmatch(r"(?:[a-z_]+/)+[a-z_]+\.py", one)}

    assert (
        sorted(f for f in named if not any((top / f).exists() for top in (ROOT, ROOT / "src" / "upheld", ROOT / "src")))
        == []
    )


def test_every_control_that_an_explanation_names_exists():
    rooms = {one.split(".")[0] for one in CONTROLS}
    modules = {file.stem for file in (ROOT / "src" / "upheld").rglob("*.py")}
    wrong = []
    for page in (DOCS / "explanation").glob("*.md"):
        for one in CODE.findall(prose(page)):
            found = re.fullmatch(r"([a-z]+)\.([a-z_]+)", one)
            if found and found[1] in rooms and found[2] not in modules and one not in CONTROLS:
                wrong.append((page.name, one))

    assert wrong == []


def test_the_map_leads_to_every_page():
    led = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(text(DOCS / "README.md"))}
    pages = [one for one in DOCS.rglob("*.md") if one != DOCS / "README.md"]

    assert [name(one) for one in pages if one not in led] == []


def test_every_page_has_one_mode():
    wrong = [one for one in DOCS.rglob("*.md") if one != DOCS / "README.md" and one.parent.name not in MODES]

    assert wrong == []


def test_every_decision_has_a_number_of_its_own_and_says_what_it_does_not_aim_at():
    files = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(file.name[:4]) for file in files]

    assert numbers == list(range(1, len(files) + 1))
    assert [f.name for f in files if not text(f).startswith(f"# {int(f.name[:4])}. ")] == []
    assert [f.name for f in files if "**Decision.**" not in text(f)] == []
    assert [f.name for f in files if "**Not aimed at.**" not in text(f) and "**Non-goals.**" not in text(f)] == []


def test_every_fragment_says_its_kind_and_is_one_sentence():
    fragments = [one for one in (ROOT / "changelog.d").glob("*.md") if one.name != "README.md"]
    kinds = {"added", "changed", "fixed", "removed", "security", "migration"}

    assert [one.name for one in fragments if one.name.split(".")[1] not in kinds] == []
    assert [one.name for one in fragments if not text(one).strip().endswith(".") or "\n\n" in text(one).strip()] == []


def test_the_architecture_names_the_floors_that_the_contracts_hold():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    [floors] = [one["layers"] for one in contracts if one["id"] == "floors"]
    drawn = FENCE.findall(text(DOCS / "explanation" / "architecture.md"))[1].splitlines()[1:-1]

    assert [re.split(r"\s{2,}", line)[0] for line in drawn] == floors
