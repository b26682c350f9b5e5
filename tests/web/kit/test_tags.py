# SPDX-License-Identifier: Apache-2.0
"""The components say everything in words, tie labels to fields, and escape what they are given."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms as django_forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from upheld.terms import Kind, Status, Tier
from upheld.web.kit import forms, pagination
from upheld.web.kit.plots import Series, ceiling, draw
from upheld.web.kit.statuses import MARKS

pytestmark = pytest.mark.urls("tests.web.kit.urls")
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def render(source, address="/kit", **values):
    request = RequestFactory().get(address)
    request.now = NOW
    with translation.override("en"):
        return engines["django"].from_string(source).render(values, request)


@pytest.mark.parametrize("state", [*Status, *Kind, *Tier, *MARKS])
def test_every_state_has_icon_and_word(state):
    """No state is told by colour alone."""
    shown = render("{% status state %}", state=state)
    assert "<svg" in shown
    assert str(MARKS[str(state)].word) in shown


def test_an_unknown_state_is_shown_in_words():
    """A state that the kit has never heard of is shown quietly rather than lost."""
    assert "Half way" in render('{% status "half_way" %}')
    assert 'class="status warn"' in render('{% status "half_way" tone="warn" label="Look" %}')


def test_an_unknown_icon_is_a_mistake():
    """A misspelt icon fails in the builder's hands, not before a reader."""
    with pytest.raises(KeyError):
        render('{% icon "no-such" %}')


@pytest.mark.parametrize(
    "source",
    [
        "{% page_header title=evil lead=evil eyebrow=evil back=evil back_label=evil %}{% endpage_header %}",
        "{% card title=evil lead=evil id=evil %}{{ evil }}{% endcard %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        "{% status evil %}{% status 'kept' label=evil %}",
        "{% facts %}{% fact evil %}{{ evil }}{% endfact %}{% endfacts %}",
        "{% timeline %}{% event evil %}{{ evil }}{% endevent %}{% endtimeline %}",
        "{% empty title=evil %}{{ evil }}{% endempty %}",
        "{% receipt title=evil number=evil code=evil %}{{ evil }}{% endreceipt %}",
        "{% more evil %}{{ evil }}{% endmore %}",
        "{% table caption=evil %}{% columns evil %}{% rows %}{% row %}{% cell evil %}{{ evil }}{% endcell %}{% endrow %}{% endrows %}{% endtable %}",
        "{% choice title=evil action=evil state=evil name=evil yes=evil no=evil yes_label=evil no_label=evil hidden=fields %}{{ evil }}{% endchoice %}",
        "{% filters label=evil action=evil %}{{ evil }}{% endfilters %}",
        "{% chip evil evil evil %}",
        "{% nav_link 'kit:theme' evil %}",
        "{% history dates series title=evil desc=evil id=evil %}",
    ],
)
def test_nothing_given_becomes_markup(source):
    """What people write stays text in every part."""
    evil = "\"'><img src=x onerror=alert(1)>"
    series = [Series(label=evil, tone="ok", values=[1])]
    shown = render(source, evil=evil, fields={evil: evil}, dates=[NOW.date()], series=series)
    assert "<img" not in shown
    assert evil not in shown


def test_parts_refuse_unknown_arguments():
    """A misspelt argument is told, with those that exist."""
    with pytest.raises(TypeError, match="expected title, lead"):
        render('{% card titel="x" %}{% endcard %}')


def test_a_part_does_not_read_the_pages_words():
    """A page's own `title` never slips into a card that has none."""
    assert "of the page" not in render("{% card %}x{% endcard %}", title="of the page", lead="of the page")


def test_choices_are_as_easy_to_refuse_as_to_give():
    """Both answers are buttons of the same form and kind; the present one is marked in words and for readers of speech."""
    shown = render(
        '{% choice title="Tips" action="/x" state="given" hidden=fields %}{% endchoice %}',
        fields={"topic": "purpose:tips"},
    )
    buttons = re.findall(r"<button ([^>]*)>", shown)
    assert [
        'name="decision" value="given" aria-pressed="true"',
        'name="decision" value="withdrawn" aria-pressed="false"',
    ] == buttons
    assert 'name="topic" value="purpose:tips"' in shown
    assert "Withdraw" in shown
    undecided = render('{% choice title="Tips" action="/x" %}{% endchoice %}')
    assert 'aria-pressed="true"' not in undecided
    assert "csrfmiddlewaretoken" in shown


class Form(forms.HouseForm):
    phone = forms.PhoneField(help_text="Only for the code.")
    code = forms.CodeField()
    age = forms.OneOf(label="Age", choices=[("adult", "Adult"), ("child", "Child")])
    tick = django_forms.BooleanField(label="Read")
    secret = django_forms.CharField(widget=django_forms.HiddenInput, required=False)


def test_a_field_is_tied_to_its_help_and_error():
    """`aria-describedby` names help and error, in that order, and the field says that it is invalid."""
    shown = render("{% field form.phone %}", form=Form({"phone": ""}))
    assert 'aria-describedby="id_phone_help id_phone_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_phone_help"' in shown
    assert 'id="id_phone_error"' in shown
    assert 'autocomplete="tel"' in shown
    assert 1 == shown.count('for="id_phone"')


def test_groups_ticks_and_hidden_fields():
    """Radios stand in a fieldset with a legend, nothing chosen; a tick is inside its label; hidden fields have none."""
    form = Form()
    group = render('{% field form.age css="even" %}', form=form)
    assert "<fieldset><legend>Age" in group
    assert "checked" not in group
    assert '<label class="tick" for="id_tick">' in render("{% field form.tick %}", form=form)
    assert "<label" not in render("{% field form.secret %}", form=form)


def test_the_summary_leads_to_each_wrong_field():
    """Errors are said above the form as links; a form without any says nothing."""
    assert "" == render("{% form_errors form %}", form=Form())
    shown = render("{% form_errors form %}", form=Form({}))
    assert 'href="#id_phone"' in shown
    assert 'role="alert"' in shown


def test_what_is_missing_is_said_for_its_kind():
    """A box is to be ticked, a group chosen from, a line filled in; a form's own words win."""
    own = django_forms.CharField(error_messages={"required": "Own words."})
    form = type("Own", (Form,), {"own": own})({})
    said = {name: errors[0] for name, errors in form.errors.items()}
    assert ("Please tick this to go on.", "Please choose one.", "Please fill this in.", "Own words.") == (
        said["tick"], said["age"], said["phone"], said["own"],
    )  # fmt: skip


@pytest.mark.parametrize(("typed", "read"), [("123456", "123456"), (" 123 456 ", "123456"), ("１２３４５６", "123456")])
def test_a_code_is_read_as_typed(typed, read):
    """Spaces and full-width digits are forgiven."""
    assert read == forms.CodeField().clean(typed)


@pytest.mark.parametrize("typed", ["12345", "1234567", "12345a", "①②③④⑤⑥", "-12345"])
def test_a_code_is_six_digits(typed):
    """Anything else is told before it costs a try."""
    with pytest.raises(django_forms.ValidationError):
        forms.CodeField().clean(typed)


def test_a_table_says_its_columns_in_every_cell():
    """On a phone each value stands under its column's name, and roles survive the change of layout."""
    shown = render(
        '{% table caption="Requests" %}{% columns "Name" "Due" %}{% rows %}{% row %}{% cell head=True %}R1{% endcell %}{% cell "Due" number=True %}3{% endcell %}{% endrow %}{% endrows %}{% endtable %}'
    )
    for piece in (
        'role="table"',
        '<caption class="hidden">Requests',
        'role="columnheader"',
        '<th scope="row"',
        'data-label="Due"',
    ):
        assert piece in shown


@pytest.mark.parametrize(
    ("due", "tone", "words"),
    [
        (timedelta(days=9), "ok", "due in 9 days"),
        (timedelta(days=2), "warn", "due in 2 days"),
        (timedelta(days=-2), "bad", "overdue by 2 days"),
    ],
)
def test_a_clock_says_in_words_when_something_is_due(due, tone, words):
    """How urgent it is stands in words, icon and bar."""
    shown = render("{% clock due opened_at=opened %}", due=NOW + due, opened=NOW - timedelta(days=10))
    assert words in shown
    assert f'class="{tone}"' in shown
    assert "<rect" in shown


def test_an_ended_clock_counts_no_longer():
    """What is answered is not called overdue."""
    shown = render("{% clock due ended_at=ended %}", due=date(2026, 1, 1), ended=date(2026, 1, 2))
    assert "Ended" in shown
    assert "overdue" not in shown


def test_pages_keep_the_rest_of_the_address():
    """Going to another page forgets no filter; a wrong number shows the nearest page."""
    request = RequestFactory().get("/kit?page=99")
    assert 4 == pagination.page(request, range(100)).number
    assert 1 == pagination.page(RequestFactory().get("/kit?page=x"), range(100)).number
    shown = render("{% pagination page %}", "/kit?status=open&page=2", page=Paginator(range(100), 25).page(2))
    assert 'href="?status=open&amp;page=3"' in shown
    assert 1 == shown.count('aria-current="page"')
    assert "" == render("{% pagination page %}", page=Paginator(range(3), 25).page(1))


def test_a_chip_narrows_by_one_value():
    """A chip replaces its own value, starts at the first page, keeps the rest, and is marked when it holds."""
    shown = render('{% chip "status" "kept" "Kept" 3 %}', "/kit?status=open&page=2&right=copy")
    assert 'href="?right=copy&amp;status=kept"' in shown
    assert "aria-current" not in shown
    assert 'aria-current="true"' in render('{% chip "status" "open" "Open" %}', "/kit?status=open")
    assert 'aria-current="true"' in render('{% chip "status" "" "All" %}')


def test_the_navigation_marks_where_the_reader_is():
    """The open page is current, a page above it is marked too, others are not."""
    link = "{% nav_link 'kit:theme' 'Theme' 'sun' %}".replace(" 'sun'", " 'home'")
    assert 'aria-current="page"' in render(link, "/preferences/theme")
    assert 'aria-current="true"' in render(link, "/preferences/theme/more")
    assert "aria-current" not in render(link, "/preferences/themes")


def test_a_plot_is_told_in_words_and_as_a_table():
    """Who does not see the lines reads title, last values and every figure."""
    dates = [date(2026, 1, day) for day in (1, 2, 3)]
    series = [Series(label="Kept", tone="ok", values=[1, 2, 3]), Series(label="Broken", tone="bad", values=[0, 1, 0])]
    shown = render('{% history dates series title="Clauses" id="p" %}', dates=dates, series=series)
    assert 'role="img" aria-labelledby="p-title p-desc"' in shown
    assert "Kept: 3." in shown
    assert 3 == shown.count('<th scope="row"')
    assert {"d0", "d1"} == set(re.findall(r'class="line (d\d)"', shown))


def test_a_plot_of_nothing_or_one_day():
    """Nothing draws nothing; one day draws a level line; uneven series are refused."""
    assert draw([], []) is None
    one = draw([date(2026, 1, 1)], [Series(label="x", tone="ok", values=[1])])
    assert "M0,0 640,0" == one.lines[0].path
    with pytest.raises(ValueError, match="one for each date"):
        draw([date(2026, 1, 1)], [Series(label="x", tone="ok", values=[1, 2])])


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (7, 8), (9, 10), (64, 80), (999, 1000), (10**9 + 1, 2 * 10**9)]
)
def test_the_scale_ends_on_a_round_number(value, top):
    """No line leaves the plot, and none is flattened more than twofold beyond a round number."""
    assert top == ceiling(value)


def test_one_button_is_a_real_form():
    """What changes something is posted with a token, never a link."""
    shown = render('{% post_button "/out" "Sign out" icon_name="sign-out" hidden=fields %}', fields={"a": "b"})
    for piece in (
        'method="post" action="/out"',
        "csrfmiddlewaretoken",
        'name="a" value="b"',
        '<button class="button quiet">',
    ):
        assert piece in shown
