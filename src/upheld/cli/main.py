# SPDX-License-Identifier: Apache-2.0
"""The `upheld` command; each subcommand is imported only when it is called, so that `--help` stays quick."""

import sys
from importlib import import_module
from typing import Final

import click

from upheld import __version__
from upheld.errors import UpheldError

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "backup": ("upheld.cli.backups:backup", "Copy the databases and keys to a folder."),
    "check": ("upheld.cli.policies:check", "Find what is wrong with a policy file."),
    "demo": ("upheld.cli.demo:demo", "Run a policy with simulated people, on this machine."),
    "diff": ("upheld.cli.comparing:diff", "Say what changes between two versions of a policy."),
    "doctor": ("upheld.cli.doctor:doctor", "Say what is wrong with this deployment."),
    "evidence": ("upheld.cli.evidence:evidence", "Export the evidence log for an auditor."),
    "explain": ("upheld.cli.policies:explain", "Say why an act is permitted or denied."),
    "init": ("upheld.cli.initialising:init", "Write a first policy from a few answers."),
    "keys": ("upheld.cli.keyring:keys", "Rotate the keys that wrap people's keys."),
    "obligations": (
        "upheld.cli.obligations:obligations",
        "Print which promises of the catalogue are claimed and pass.",
    ),
    "promises": ("upheld.cli.promises:promises", "Print the promise board."),
    "publish": ("upheld.cli.publishing:publish", "Publish a policy version."),
    "reach": ("upheld.cli.reaching:reach", "Say on how many people an act may be done, and why not on the others."),
    "render": ("upheld.cli.policies:render", "Write the notice that people read."),
    "restore": ("upheld.cli.backups:restore", "Put a backup back and replay what narrowed since."),
    "serve": ("upheld.cli.running:serve", "Serve the portal, the console and the API."),
    "setup": ("upheld.cli.setting_up:setup", "Make the home folder, its secrets, keys and databases."),
    "simulate": ("upheld.cli.simulating:simulate", "Let simulated people live with a policy, and judge it."),
    "staff": ("upheld.cli.staff:staff", "Invite staff."),
    "verify": ("upheld.cli.verifying:verify", "Check a receipt or an exported log, offline."),
    "withdraw": ("upheld.cli.publishing:withdraw", "Take back a version that was published by mistake."),
    "witness": ("upheld.cli.running:witness", "Sign checkpoints that grow consistently, as a second process."),
    "work": ("upheld.cli.running:work", "Carry out jobs: deliveries, deadlines, sweeps, the evidence log."),
}


class LazyGroup(click.Group):
    """A group whose commands live in modules that load when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            msg = f"{cmd_name} is no command"
            raise TypeError(msg)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list from the table above, importing nothing."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="upheld")
def root() -> None:
    """Check a privacy policy, publish it, run it, and prove that its promises are kept."""


def main() -> None:
    """Run the command; a known error becomes a sentence and exit code 1, never a traceback."""
    try:
        root(prog_name="upheld")
    except UpheldError as error:
        click.echo(f"upheld: {error.diagnostics()}", err=True)
        sys.exit(getattr(error, "exit_code", 1))
