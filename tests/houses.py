# SPDX-License-Identifier: Apache-2.0
"""A house to try promises in: one of the five policies published, people of all ages, a clock to move, a board to read.

house = House("baby-device")
person = house.person("purpose:profile")
house.collect(person, "profile", nickname="Mimi")
assert house.refused(house.open, person, "profile", "nickname", of="gate.consent_needed")
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from unittest import mock
from uuid import UUID

from upheld import places, policy
from upheld.children import service as children
from upheld.clock import SimulatedClock
from upheld.consent import service as consent
from upheld.consent.events import ConsentEvent
from upheld.consent.values import Method, Said
from upheld.crypto.randomness import uuid7
from upheld.facts import queries as facts
from upheld.facts import service as fact_verbs
from upheld.facts import world_service
from upheld.gate import Ask, Denied, Reason
from upheld.people import accounts
from upheld.people import jobs as people_jobs
from upheld.promises import board
from upheld.promises.values import Board
from upheld.retention import jobs as retention_jobs
from upheld.rights import deadlines, fulfilment
from upheld.sharing import service as sharing
from upheld.sharing.values import Disclosed, PaperKind, SourcePaperKind
from upheld.storage import journal, sequencer
from upheld.storage.acts import act
from upheld.storage.jobs import Worker
from upheld.terms import Act, Actor, AgeBand, DataSubjectId, Language, StaffId
from upheld.vault import service as vault
from upheld.vault.values import OpenedItems, Reader, ReaderKind

START = datetime(2026, 6, 1, 2, tzinfo=UTC)
STAFF = StaffId(UUID("018f0000-0000-7000-8000-000000000001"))
PROGRAM = UUID("018f0000-0000-7000-8000-000000000002")
JOBS = (retention_jobs, deadlines, fulfilment)
"""Importing them registers what the worker does."""


class House:
    """One deployment on the test's databases."""

    def __init__(self, name: str = "baby-device", *, document: bytes | None = None, now: datetime = START) -> None:
        self.clock = SimulatedClock(now)
        self.document = document or (places.POLICIES / f"{name}.yaml").read_bytes()
        self.policy = policy.parse(self.document, f"{name}.yaml").policy
        journal.look_again()
        with act() as acting:
            self.version = world_service.publish_version(
                self.document, effective_at=now - timedelta(days=1), now=now - timedelta(days=1)
            )
            self._quietly(acting)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def later(self, **spans: float) -> "House":
        """Let time pass, and the worker work."""
        self.clock.advance(timedelta(**spans))
        return self

    # --- people

    def person(self, *topics: str, adult: bool = True, told: bool = True) -> DataSubjectId:
        """A person with an account: of age unless said otherwise, who accepted the notice and gave these consents."""

        def acknowledge(subject: DataSubjectId) -> None:
            if told:
                fact_verbs.tell(subject, self.now)

        subject = accounts.register(version=self.version, vouched_by=PROGRAM, now=self.now, acknowledge=acknowledge)
        if adult:
            children.state_age(data_subject_id=subject, band=AgeBand.ADULT, now=self.now)
        for topic in topics:
            self.give(subject, topic)
        return subject

    def child(self, *topics: str, years: int = 8, guarded: bool = False) -> DataSubjectId:
        """A child with an account; guarded by an adult who gives these consents, or alone."""
        subject = self.person(adult=False)
        born = date(self.now.year - years, 1, 15)
        children.state_age(data_subject_id=subject, birth_on=born, now=self.now)
        if guarded:
            self.guard(subject)
            for topic in topics:
                self.give(subject, topic, actor=Actor.GUARDIAN)
        else:
            for topic in topics:
                self.give(subject, topic)
        return subject

    def guard(self, child: DataSubjectId, guardian: DataSubjectId | None = None) -> DataSubjectId:
        """Verify a guardian for a child, on documents that staff saw."""
        guardian = guardian or self.person()
        link = self._ask_for_guardian(child)
        children.verify_by_staff(link_id=link, guardian_id=guardian, now=self.now)
        with act() as acting:
            fact_verbs.tell(child, self.now, by_guardian=True)
            self._quietly(acting)
        return guardian

    def _ask_for_guardian(self, child: DataSubjectId) -> UUID:
        link, _ = children.ask_guardian(
            child_id=child,
            guardian_number="+86 138 0013 8000",
            language=Language.ZH_HANS,
            peer="192.0.2.1",
            now=self.now,
            security_now=self.now,
        )
        return link

    # --- choices

    def give(self, subject: DataSubjectId, topic: str, *, actor: Actor = Actor.SELF) -> None:
        consent.give(data_subject_id=subject, topic=topic, said=self.said(actor), now=self.now)

    def withdraw(self, subject: DataSubjectId, topic: str) -> None:
        consent.withdraw(data_subject_id=subject, topic=topic, said=self.said(), now=self.now)

    def refuse(self, subject: DataSubjectId, topic: str) -> None:
        consent.refuse(data_subject_id=subject, topic=topic, said=self.said(), now=self.now)

    def said(self, actor: Actor = Actor.SELF) -> Said:
        return Said(method=Method.SWITCH, language=Language.EN, actor=actor)

    # --- acts

    def ask(self, act_: Act, purpose: str, *categories: str, **more: object) -> Ask:
        return Ask(act=act_, purpose=purpose, categories=categories, **more)  # type: ignore[arg-type]

    def collect(self, subject: DataSubjectId, purpose: str, *, ask: dict | None = None, **values: str):
        named = {name.replace("__", "."): value for name, value in values.items()}
        named = {self._category(name): value for name, value in named.items()}
        asked = self.ask(Act.COLLECT, purpose, *named, **(ask or {}))
        return vault.collect(ask=asked, data_subject_id=subject, values=named, now=self.now)

    def open(self, subject: DataSubjectId, purpose: str, *categories: str, **more: object) -> OpenedItems:
        asked = self.ask(Act.USE, purpose, *categories, **more)
        return vault.open_items(
            ask=asked, data_subject_id=subject, now=self.now, by=Reader(kind=ReaderKind.SERVICE, id=PROGRAM)
        )

    def decide(self, subject: DataSubjectId, act_: Act, purpose: str, *categories: str, **more: object):
        """Ask the gate on fresh facts: a Permit or a Denial."""
        from upheld import gate

        found = facts.of(subject)
        asked = self.ask(act_, purpose, *categories, **more)
        return gate.decide(facts.rulebook(found.person.version), found, asked, int(self.now.timestamp()))

    def disclose(
        self, subject: DataSubjectId, recipient: str, purpose: str, *categories: str, **more: object
    ) -> Disclosed:
        asked = self.ask(Act.SHARE, purpose, *categories, recipient=recipient, **more)
        return sharing.disclose(ask=asked, data_subject_id=subject, now=self.now, caller_id=PROGRAM)

    def agree(self, recipient: str, *papers: PaperKind, days: int = 365) -> None:
        """Put a recipient's papers on file: those it needs, or these."""
        for paper in papers or [PaperKind(need.value) for need in self.policy.recipients[recipient].needs]:
            sharing.record_paper(
                recipient=recipient, kind=paper, starts_at=self.now, until=self.now + timedelta(days=days),
                document_sha256="0" * 64, signed_by=STAFF, now=self.now,
            )  # fmt: skip

    def source(self, name: str, *papers: SourcePaperKind, days: int = 365) -> None:
        """Put a source's papers on file: those it needs, or these."""
        for paper in papers or [SourcePaperKind(need.value) for need in self.policy.sources[name].needs]:
            sharing.record_source_paper(
                source=name, kind=paper, starts_at=self.now, until=self.now + timedelta(days=days),
                document_sha256="0" * 64, signed_by=STAFF, now=self.now,
            )  # fmt: skip

    def _category(self, name: str) -> str:
        """Let a test write `baby_weight` for `baby.weight`, as keywords allow no dots and hyphens."""
        known = {one.replace(".", "_").replace("-", "_"): one for one in self.policy.categories}
        return known.get(name.replace(".", "_"), name)

    # --- what came of it

    def reasons(self, verb: Callable[..., object], *args: object, **kwargs: object) -> tuple[Reason, ...]:
        """Call a verb and return why it was denied; nothing if it was not."""
        try:
            verb(*args, **kwargs)
        except Denied as denied:
            return denied.denial.reasons
        return ()

    def refused(self, verb: Callable[..., object], *args: object, of: str, **kwargs: object) -> bool:
        """Say whether a verb was denied by this control, whatever else was in the way."""
        return of in {reason.control for reason in self.reasons(verb, *args, **kwargs)}

    def work(self) -> None:
        """Let the worker do all that is due; the house's clock is its security time too."""
        with mock.patch.object(people_jobs, "SystemClock", lambda: self.clock):
            Worker(self.clock).run_until_idle()

    def board(self) -> Board:
        """Bring the log up to date and recompute the board."""
        while sequencer.drain():
            pass
        return board.recompute(self.policy, now=self.now)

    def status(self, clause: str, control: str | None = None) -> str:
        """Return what the board says of a clause, or of one control on it."""
        line = next(line for line in self.board().lines if line.clause == clause)
        if control is None:
            return line.status.value
        return next(one.status.value for one in line.controls if one.control == control)

    def _quietly(self, acting) -> None:
        acting.record(ConsentEvent.ASKED, now=self.now, subject=None, clause=None, control=None, facts={})


def new_id(house: House) -> DataSubjectId:
    """An id that nobody has."""
    return DataSubjectId(uuid7(house.now))
