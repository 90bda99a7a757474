"""A looked after children return gives every value that it holds, or counts it, in each of its three forms."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from lxml import etree
from polars.testing import assert_frame_equal
from python_calamine import CalamineWorkbook

from keyworker.intake.formats.ssda903 import READERS, TABLES_OF_RETURN, Ssda903
from keyworker.vocabulary.errors import FileRefused
from tests.intake.reading import Read, read

# For each table of the return, where each field must be found again.
CARRIED: dict[str, dict[str, list[tuple[str, str]]]] = {
    "header": {
        "CHILD": [("person", "child_id")],
        "SEX": [("person", "sex")],
        "DOB": [("person", "birth_on")],
        "ETHNIC": [("person", "ethnicity")],
        "MOTHER": [("person", "is_mother")],
    },
    "episodes": {
        "CHILD": [("cla_episodes", "child_id"), ("cla_placement", "child_id"), ("legal_status", "child_id")],
        "DECOM": [("cla_episodes", "from_on"), ("cla_placement", "from_on"), ("legal_status", "from_on")],
        "DEC": [("cla_episodes", "to_on"), ("cla_placement", "to_on"), ("legal_status", "to_on")],
        "RNE": [("cla_episodes", "episode_start_reason")],
        "REC": [("cla_episodes", "episode_ceased_reason")],
        "CIN": [("cla_episodes", "primary_need_code")],
        "LS": [("legal_status", "legal_status")],
        "PLACE": [("cla_placement", "type")],
        "PLACE_PROVIDER": [("cla_placement", "provider")],
        "REASON_PLACE_CHANGE": [("cla_placement", "change_reason")],
        "PL_POST": [("cla_placement", "postcode")],
        "URN": [("cla_placement", "urn")],
    },
    "reviews": {
        "CHILD": [("cla_reviews", "care_period_id")],
        "REVIEW": [("cla_reviews", "happened_on")],
        "REVIEW_CODE": [("cla_reviews", "participation")],
    },
    "missing": {
        "CHILD": [("missing", "child_id")],
        "MISSING": [("missing", "episode_type")],
        "MIS_START": [("missing", "from_on")],
        "MIS_END": [("missing", "to_on")],
    },
    "oc2": {
        "SDQ_SCORE": [("sdq_scores", "score")],
        "SDQ_REASON": [("sdq_scores", "reason")],
        "IMMUNISATIONS": [("cla_immunisations", "status")],
    },
    "oc3": {
        "CHILD": [("care_leavers", "child_id")],
        "IN_TOUCH": [("care_leavers", "in_touch")],
        "ACTIV": [("care_leavers", "activity")],
        "ACCOM": [("care_leavers", "accommodation")],
    },
    "ad1": {
        "DATE_INT": [("permanence", "adm_decision_on")],
        "DATE_MATCH": [("permanence", "matched_on")],
        "FOSTER_CARE": [("permanence", "adopted_by_carer_flag")],
        "NB_ADOPTR": [("permanence", "number_of_adopters")],
        "SEX_ADOPTR": [("permanence", "adopter_sex")],
        "LS_ADOPTR": [("permanence", "adopter_legal_status")],
    },
    "placed_for_adoption": {
        "DATE_PLACED": [("permanence", "placed_for_adoption_on")],
        "DATE_PLACED_CEASED": [("permanence", "decision_reversed_on")],
        "REASON_PLACED_CEASED": [("permanence", "decision_reversed_reason")],
    },
    "previous_permanence": {
        "CHILD": [("cla_previous_permanence", "child_id")],
        "PREV_PERM": [("cla_previous_permanence", "previous_permanence_option")],
        "LA_PERM": [("cla_previous_permanence", "previous_permanence_la")],
        "DATE_PERM": [("cla_previous_permanence", "order_on_text")],
    },
    "uasc": {"CHILD": [("immigration_status", "child_id")], "DUC": [("immigration_status", "to_on")]},
    "sw_episodes": {
        "CHILD": [("involvements", "child_id")],
        "SW_ID": [("involvements", "worker_id"), ("professionals", "worker_id")],
        "SW_DECOM": [("involvements", "from_on")],
        "SW_DEC": [("involvements", "to_on")],
        "SW_REASON": [("involvements", "change_reason")],
    },
}
LEFT = {"episodes": ("HOME_POST",), "header": ("MC_DOB",), "oc2": ("INTERVENTION_OFFERED",)}
SHEETS = {"previous_permenance": "previous_permanence"}

Tables = dict[str, pl.DataFrame]


def check_account(given: Read, raw: Tables) -> None:
    """Each cell of the return is in its place, or counted in the notes."""
    for kind, cells in raw.items():
        for field, places in CARRIED[kind].items():
            if field in cells.columns:
                assert all(given.filled(table, column) == cells[field].count() for table, column in places), field
        for field in LEFT.get(kind, ()):
            assert given.left(kind, field) == (cells[field].count() if field in cells.columns else 0)
        _check_outcomes(given, kind, cells)
    numbers = raw["header"]["UPN"] if "header" in raw else pl.Series([], dtype=pl.String)
    assert given.filled("linked_identifiers", "identifier_value") + given.filled("person", "upn_unknown") == (
        numbers.count()
    )


def _check_outcomes(given: Read, kind: str, cells: pl.DataFrame) -> None:
    if kind != "oc2":
        return
    for field, table in (("CONVICTED", "cla_convictions"), ("SUBSTANCE_MISUSE", "cla_substance_misuse")):
        happened = (cells[field].str.strip_suffix(".0") == "1").sum()
        assert given.tables[table].height == happened
        assert given.left("oc2", f"{field} other than 1") == cells[field].count() - happened
    kept = given.filled("cla_substance_misuse", "intervention_received")
    assert kept + given.left("oc2", "INTERVENTION_RECEIVED") == cells["INTERVENTION_RECEIVED"].count()
    checks = sum(cells[name].count() for name in ("HEALTH_CHECK", "TEETH_CHECK", "HEALTH_ASSESSMENT"))
    assert given.filled("cla_health", "status") == checks


def raw_csv(folder: Path, prefix: str = "") -> Tables:
    """The return's cells, read apart from the reader."""
    return {
        path.stem.removeprefix(prefix): pl.read_csv(path, infer_schema=False) for path in folder.glob(f"{prefix}*.csv")
    }


@pytest.mark.parametrize("name", ["set_a", "set_b"])
def test_every_cell_of_a_set_of_csvs_is_carried_or_counted(shared: Path, name: str) -> None:
    folder = shared / "data/samples_ssda903" / name
    check_account(read(Ssda903(), folder), raw_csv(folder))


@pytest.mark.parametrize("place", range(5))
def test_a_folder_of_five_years_is_five_returns_each_with_its_year(shared: Path, place: int) -> None:
    folder = shared / "data/samples_ssda903/five_years"
    given = read(READERS[place], folder)
    check_account(given, raw_csv(folder, f"{2017 + place}-"))
    assert given.opened.scope.from_on == date(2017 + place, 4, 1)
    assert given.opened.scope.to_on == date(2018 + place, 4, 1)
    assert given.opened.scope.whole


def test_a_folder_of_five_years_has_no_sixth(shared: Path) -> None:
    folder = shared / "data/samples_ssda903/five_years"
    assert [reader.place for reader in READERS if reader.recognises(folder)] == [0, 1, 2, 3, 4]


def test_each_csv_opens_by_itself(shared: Path) -> None:
    for path in sorted((shared / "data/samples_ssda903").rglob("*.csv")):
        given = read(Ssda903(), path)
        cells = pl.read_csv(path, infer_schema=False)
        assert max(frame.height for frame in given.tables.values()) >= cells.height or "oc2" in path.name


def test_the_workbook_gives_the_same_rows_as_the_csvs_of_its_children(shared: Path) -> None:
    folder = shared / "data/samples_ssda903"
    sheets = read(Ssda903(), folder / "903_xlsx.xlsx")
    files = read(Ssda903(), folder / "set_a")
    raw: Tables = {}
    book = CalamineWorkbook.from_path(folder / "903_xlsx.xlsx")
    for name in book.sheet_names:
        heading, *rows = book.get_sheet_by_name(name).to_python()
        cells = [[str(cell) if cell != "" else None for cell in row] for row in rows]
        raw[SHEETS.get(name, name)] = pl.DataFrame(cells, schema=dict.fromkeys(heading, pl.String), orient="row")
    check_account(sheets, raw)
    for table in ("cla_episodes", "cla_placement", "legal_status", "missing", "permanence", "cla_health"):
        ours, theirs = sheets.tables[table].drop("_row"), files.tables[table].drop("_row")
        assert_frame_equal(ours, theirs, check_row_order=False)


@pytest.mark.parametrize("name", ["set_a", "set_b"])
def test_every_value_of_a_message_is_carried_or_counted(shared: Path, name: str) -> None:
    path = shared / "data/samples_ssda903" / name / "fake_903.xml"
    given = read(Ssda903(), path)
    counted: Counter[str] = Counter(
        element.tag for element in etree.parse(path).iter() if not len(element) and (element.text or "").strip()
    )
    for fields in CARRIED.values():
        for field, places in fields.items():
            tag = {"PLACE": "PL"}.get(field, field)
            if field != "CHILD" and tag in counted:
                assert all(given.filled(table, column) == counted[tag] for table, column in places), field
    assert given.filled("person", "child_id") == counted["CHILDID"]
    assert given.filled("linked_identifiers", "identifier_value") == counted["UPN"]
    assert given.left("episodes", "HOME_POST") == counted["HOME_POST"]
    known = {field for fields in CARRIED.values() for field in fields} | {"CHILDID", "PL", "UPN", "HOME_POST"}
    known |= {"CONVICTED", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"}
    assert given.tables["immigration_status"].height == counted["UASC"]
    assert set(counted) - known - {"UASC"} == {"HEALTH_CHECK", "TEETH_CHECK", "HEALTH_ASSESSMENT"}


@pytest.mark.parametrize("table", TABLES_OF_RETURN)
def test_a_table_with_no_more_than_what_it_is_known_by_is_read(tmp_path: Path, table: str) -> None:
    names = sorted(TABLES_OF_RETURN[table])
    path = tmp_path / "x.csv"
    path.write_text(",".join(names) + "\n" + ",".join("M1" if name == "CHILD" else "1" for name in names))
    assert read(Ssda903(), path).tables


def episodes(*rows: str) -> str:
    """An episodes table with the fields that matter here."""
    return "\n".join(["CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC", *rows])


def test_a_period_of_care_begins_where_care_started_and_reviews_belong_to_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        episodes(
            "M1,01/05/2023,S,V2,N1,U1,01/06/2023,X1",
            "M1,01/06/2023,L,C2,N1,U1,01/07/2023,E4",
            "M1,01/11/2023,S,V2,N1,U1,,",
            "M2,01/05/2022,P,V2,N1,U1,,",
        )
    )
    (tmp_path / "b.csv").write_text(
        "CHILD,REVIEW,REVIEW_CODE\nM1,29/05/2023,PN1\nM1,28/11/2023,PN1\nM2,01/01/2022,PN1\nM3,01/01/2022,PN1"
    )
    tables = read(Ssda903(), tmp_path).tables
    care = tables["cla_episodes"].sort("episode_id")
    assert care["care_period_id"].to_list() == [
        "M1/care/2023-05-01",
        "M1/care/2023-05-01",
        "M1/care/2023-11-01",
        "M2/care/2022-05-01",
    ]
    assert care["entered_care_on"].to_list() == ["2023-05-01", "2023-05-01", "2023-11-01", None]
    assert tables["cla_reviews"]["care_period_id"].to_list() == [
        "M1/care/2023-05-01",
        "M1/care/2023-11-01",
        "M2/care/2022-05-01",
        "M3/care",
    ]


def test_a_date_of_birth_that_disagrees_with_the_header_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("CHILD,SEX,DOB,ETHNIC\nM1,1,01/01/2010,WBRI\nM2,1,01/01/2011,WBRI")
    (tmp_path / "b.csv").write_text("CHILD,DOB,PREV_PERM\nM1,01/01/2010,Z1\nM2,02/02/2012,Z1")
    assert read(Ssda903(), tmp_path).left("previous_permanence", "DOB") == 1


def test_a_code_in_place_of_a_pupil_number_says_why_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("CHILD,SEX,DOB,ETHNIC,UPN\nM1,1,01/01/2010,WBRI,UN2")
    given = read(Ssda903(), path)
    assert given.tables["person"]["upn_unknown"].to_list() == ["UN2"]
    assert given.left_in_all == 0


def test_a_name_that_says_another_year_than_its_episodes_lets_nothing_vanish(tmp_path: Path) -> None:
    path = tmp_path / "2019-episodes.csv"
    path.write_text(episodes("M1,01/05/2023,S,V2,N1,U1,,"))
    opened = Ssda903().open(path)
    assert not opened.scope.whole
    assert any("the name says 2019" in note for note in opened.notes)


def test_a_row_of_another_width_is_set_aside_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("CHILD,MISSING,MIS_START\nM1,M,01/05/2023\nM2,M\nM3,M,02/05/2023,\n")
    given = read(Ssda903(), path)
    assert given.tables["missing"]["child_id"].to_list() == ["M1"]
    assert [(one.row, one.table) for one in given.aside] == [(3, "missing"), (4, "missing")]


def test_a_set_aside_row_names_the_file_and_row_that_a_person_can_find(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(episodes("M1,01/05/2023,S,V2,N1,U1,,"))
    (tmp_path / "two.csv").write_text("CHILD,MISSING,MIS_START\nM1,M,01/05/2023")
    batch = next(batch for batch in read(Ssda903(), tmp_path).batches if batch.table == "missing")
    assert (batch.file, batch.frame["_row"].to_list(), batch.says["from_on"]) == ("two.csv", [2], "MIS_START")


def test_two_files_of_one_table_and_year_are_refused(tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(episodes("M1,01/05/2023,S,V2,N1,U1,,"))
    with pytest.raises(FileRefused, match="Two files of one year hold the table episodes"):
        Ssda903().open(tmp_path)


def test_a_sheet_that_is_no_table_is_counted(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "x.xlsx")
    book.add_worksheet("one").write_column(0, 0, ["notes", "of", "mine"])
    sheet = book.add_worksheet("two")
    sheet.write_row(0, 0, ["CHILD", "MISSING", "MIS_START"])
    sheet.write_row(1, 0, ["M1", "M", "01/05/2023"])
    book.close()
    assert "Sheet 'one' is no table of the return: 3 cells" in read(Ssda903(), tmp_path / "x.xlsx").said


EPISODES = ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "DEC"]


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_sheet_s_heading_may_stand_below_a_title_and_its_days_may_be_numbers(tmp_path: Path) -> None:
    title, heading = ["Looked after children"], [name.lower() for name in EPISODES]
    row = ["1", 45047, "S", "C2", "N1", "U1", "01/06/2023"]  # day 45,047 of a spreadsheet is 1 May 2023
    given = read(Ssda903(), workbook(tmp_path / "903_2024.xlsx", [title, [], heading, row]))
    assert given.tables["cla_episodes"].select("episode_id", "from_on", "to_on").rows() == [
        ("1/episode/2023-05-01", "2023-05-01", "01/06/2023")
    ]


def test_two_sheets_of_one_table_are_refused(tmp_path: Path) -> None:
    rows = [EPISODES, ["1", "01/05/2023", "S", "C2", "N1", "U1", ""]]
    with pytest.raises(FileRefused, match="Two sheets hold the table episodes"):
        Ssda903().open(workbook(tmp_path / "903_2024.xlsx", rows, rows))


def test_words_of_the_return_scattered_over_a_workbook_are_no_return(tmp_path: Path) -> None:
    path = workbook(tmp_path / "words.xlsx", [["CHILD"], ["SEX"], ["DOB"], ["ETHNIC"]])
    assert Ssda903().recognises(path)
    with pytest.raises(FileRefused, match="No sheet has the heading of a table"):
        Ssda903().open(path)
