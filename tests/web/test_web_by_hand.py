"""What is recorded with a form, on the pages: the list, a form, one entry with how it came to be, and correcting it."""

from __future__ import annotations

from collections.abc import Callable

from keyworker.actions.correcting import Correction
from keyworker.web.presenters.by_hand import title_of
from tests.web.conftest import Page
from tests.web.made_by_hand import AT, made
from tests.web.source import MadeUp

Fetch = Callable[..., Page]
CHILD = f"/child/ch{1:022}"
LIST = f"{CHILD}/record"
ENTRY = f"{CHILD}/entries/contacts/82"
NUMBER = "e" * 32
CONTACT = {"number": NUMBER, "happened_on": "2026-11-20", "source_code": "2A", "happened_time": "9:05"}


def test_the_list_says_what_is_recorded_and_leads_to_each_form_that_can_be_filled_in(client: Fetch) -> None:
    assert LIST in client(CHILD).tree.xpath("//main//a/@href")
    page = client(LIST)
    assert "3 entries of Ashby Testwood, 1 still open." in page.words()
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='entries']//tbody/tr")]
    assert "Decision on a contact" in rows[0] and "Contact at the front door" in rows[1] and "Open" in rows[2]
    ways = page.tree.xpath("//section[@aria-labelledby='forms-title']//a/@href")
    assert {f"{LIST}/contact", f"{LIST}/assessment", f"{LIST}/closure"} <= set(ways)
    # There is no open assessment to end, and a referral is open already.
    assert not {f"{LIST}/assessment-end", f"{LIST}/referral", f"{LIST}/step-up"} & set(ways)


def test_a_step_for_which_there_is_no_form_is_called_by_its_kind() -> None:
    assert title_of(made(90, "step", "ssd", "loader", AT, kind="core group")) == "Core group"


def test_a_form_asks_what_its_description_says_and_nothing_is_chosen_beforehand(client: Fetch) -> None:
    page = client(f"{LIST}/strategy-discussion")
    asked = page.tree.xpath("//main//form//*[self::input or self::select]/@name")
    assert [name for name in asked if not name.startswith("draft")] == [
        "csrfmiddlewaretoken", "number", "of", "happened_on", "happened_time", "outcome", "outcome",
    ]  # fmt: skip
    assert page.tree.xpath("//input[@name='of']/@value") == ["84"]
    assert not page.tree.xpath("//main//*[@checked or @selected]")
    contact = client(f"{LIST}/contact")
    assert "SCHOOLS" in contact.tree.xpath("//select[@name='source_code']/option[@value='2A']/text()")


def test_an_entry_is_written_once_it_says_enough_and_what_was_typed_is_kept(client: Fetch, source: MadeUp) -> None:
    wrong = client(f"{LIST}/contact", data=CONTACT | {"happened_on": "", "source_desc": "Oak"})
    assert wrong.status == 400 and wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#happened_on"]
    assert wrong.tree.xpath("string(//input[@name='source_desc']/@value)") == "Oak" and source.written == []
    done = client(f"{LIST}/contact", data=CONTACT)
    assert (done.status, done.headers["Location"]) == (302, ENTRY)
    (wanted,) = source.written
    assert (wanted.number, wanted.form.kind, wanted.of) == (NUMBER, "contact", None)
    assert wanted.said["happened_on"] == "2026-11-20" and wanted.said["happened_time"] == "09:05"


def test_a_form_sent_again_with_other_answers_is_shown_again_under_a_new_number(client: Fetch, source: MadeUp) -> None:
    source.sent_otherwise = True
    again = client(f"{LIST}/contact", data=CONTACT)
    assert again.status == 400 and "says something else" in again.words()
    assert again.tree.xpath("//input[@name='number']/@value") != [NUMBER]


def test_a_form_whose_number_is_taken_by_what_no_longer_stands_is_shown_again_and_says_so(
    client: Fetch, source: MadeUp
) -> None:
    source.stands_otherwise = True
    again = client(f"{LIST}/contact", data=CONTACT | {"source_desc": "Oak"})
    assert again.status == 400 and "This was not written down" in again.words()
    assert again.tree.xpath("string(//input[@name='source_desc']/@value)") == "Oak"
    assert again.tree.xpath("//input[@name='number']/@value") != [NUMBER]


def test_a_correction_that_was_not_taken_says_so_and_one_that_was_taken_before_leads_to_it(
    client: Fetch, source: MadeUp
) -> None:
    said = {"number": NUMBER, "happened_on": "2026-11-17", "happened_time": "16:40", "source_code": "2A", "why": "So."}
    for _ in range(2):
        done = client(f"{ENTRY}/correct", data=said)
        assert (done.status, done.headers["Location"]) == (302, f"{CHILD}/entries/contacts/83")
    assert len(source.written) == 1
    source.stands_otherwise = True
    refused = client(f"{ENTRY}/correct", data=said | {"why": "No."})
    assert refused.status == 400 and "This was not written down" in refused.words()
    source.sent_otherwise = True
    other = client(f"{ENTRY}/correct", data=said)
    assert other.status == 400 and other.tree.xpath("//input[@name='number']/@value") != [NUMBER]


def test_where_nothing_is_open_to_end_the_error_says_so_and_leads_to_its_question(client: Fetch) -> None:
    page = client(f"{LIST}/assessment-end", data={"number": NUMBER, "last_on": "2026-11-20"})
    assert page.status == 400 and "nothing is open that this could end" in page.words()
    ways = page.tree.xpath("//div[@role='alert']//a/@href")
    assert "#of" in ways
    assert [len(page.tree.xpath(f"//*[@id='{way[1:]}']")) for way in ways] == [1] * len(ways)


def test_one_entry_says_what_is_due_from_it_what_belongs_to_it_and_how_it_came_to_say_this(client: Fetch) -> None:
    page = client(ENTRY)
    said = page.words()
    assert "Contact at the front door, 19 November 2026, of Ashby Testwood." in said
    assert "Contact screening decision: due 20 November 2026. One working day from the contact" in said
    assert f"{CHILD}/entries/step/83" in page.tree.xpath("//main//a/@href")
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//section[@id='history']//tbody/tr")]
    assert "from “18 November 2026” to “19 November 2026”" in rows[0] and "It came <i>a day</i> later." in rows[0]
    assert "sorrel" in rows[1] and "Written down" in rows[1]
    assert "<b>Oak</b> School" in said and not page.tree.xpath("//dd//b|//tbody//i")


def test_a_correction_begins_from_what_stands_and_says_why(client: Fetch, source: MadeUp) -> None:
    page = client(f"{ENTRY}/correct")
    assert page.tree.xpath("string(//input[@name='happened_on']/@value)") == "2026-11-19"
    said = {"number": NUMBER, "happened_on": "2026-11-17", "happened_time": "16:40", "source_code": "2A"}
    wrong = client(f"{ENTRY}/correct", data=said)
    assert wrong.status == 400 and wrong.tree.xpath("//div[@role='alert']//a/@href") == ["#why"]
    done = client(f"{ENTRY}/correct", data=said | {"why": "The school rang on the 17th."})
    assert (done.status, done.headers["Location"]) == (302, f"{CHILD}/entries/contacts/83")
    answers = {"happened_on": "2026-11-17", "happened_time": "16:40", "source_code": "2A", "source_desc": ""}
    assert source.written == [Correction(answers, "The school rang on the 17th.")]


def test_an_entry_is_withdrawn_for_a_reason_and_what_the_case_system_told_is_not(client: Fetch, source: MadeUp) -> None:
    assert client(f"{ENTRY}/withdraw", data={"why": ""}).status == 400
    assert client(f"{ENTRY}/withdraw", data={"why": "Another child."}).headers["Location"] == ENTRY
    assert source.written == [("contacts", 82, "Another child.")]
    told = client(f"{CHILD}/entries/cin_episodes/84")
    ways = told.tree.xpath("//main//a/@href")
    assert f"{CHILD}/entries/cin_episodes/84/correct" in ways and not [one for one in ways if "withdraw" in one]
    source.empty = True
    assert "It does not count." in client(ENTRY).words()


def test_whoever_may_not_record_reads_and_is_led_nowhere(client: Fetch, source: MadeUp) -> None:
    source.may_decide = False
    assert LIST not in client(CHILD).tree.xpath("//main//a/@href")
    assert "Nothing here is yours to record of this child." in client(LIST).words()
    assert not client(ENTRY).tree.xpath("//main//a[contains(@href, 'correct') or contains(@href, 'withdraw')]")
    closed = [f"{LIST}/contact", f"{ENTRY}/correct", f"{ENTRY}/withdraw"]
    assert [client(path).status for path in closed] == [403] * 3
    assert client(f"{LIST}/none-such").status == 404


def test_case_notes_are_looked_through_by_a_form_so_that_no_word_stands_in_an_address(
    client: Fetch, source: MadeUp
) -> None:
    notes = f"{CHILD}/case-notes"
    assert notes in client(LIST).tree.xpath("//main//a/@href")
    page = client(notes, data={"words": "late MONDAY"})
    assert "1 case note of Ashby Testwood with these words." in page.words()
    assert "18 November 2026: a call" in page.words() and "Late again <b>on Monday</b>." in page.words()
    assert page.tree.xpath("//main//section//a/@href") == [f"{CHILD}/entries/case_note/85"]
    assert "There are no case notes of Ashby Testwood with these words." in client(notes, data={"words": "x"}).words()
    assert source.looked_for == ["late MONDAY", "x"]


NOTE = {"number": NUMBER, "happened_on": "2026-11-20", "kind": "call", "note": "The school rang."}


def test_a_case_note_may_be_of_brothers_and_sisters_too_and_nobody_is_chosen_beforehand(
    client: Fetch, source: MadeUp
) -> None:
    page = client(f"{LIST}/case-note")
    (name,) = set(page.tree.xpath("//input[starts-with(@name, 'of-')]/@name"))
    handle = name.removeprefix("of-")
    assert "Is the note of Bexley <b>Testwood</b> too?" in page.words() and not page.tree.xpath("//main//*[@checked]")
    client(f"{LIST}/case-note", data=NOTE | {name: "no", f"alone-{handle}": "Only hers.", "alone": "Only his."})
    assert source.written[-1].said["note"] == "The school rang.", "of this child, as it was typed"
    done = client(f"{LIST}/case-note", data=NOTE | {name: "yes", f"alone-{handle}": "Only hers."})
    assert done.status == 302 and source.written[-1].of == {handle: "Only hers."}
    long = client(f"{LIST}/case-note", data=NOTE | {name: "yes", f"alone-{handle}": "x" * 4_000})
    assert long.status == 400 and "4,000 characters or fewer" in long.words()
    source.sent_otherwise = True
    again = client(f"{LIST}/case-note", data=NOTE | {name: "yes"})
    assert again.status == 400 and again.tree.xpath("//input[@name='number']/@value") != [NUMBER]
