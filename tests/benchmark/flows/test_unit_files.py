"""Files of communes and polling stations: both layouts, towns that stand twice, lines that do not add up."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from pollbench.errors import DataError
from pollbench.flows.unit_files import from_files, read_round
from pollbench.flows.units import ABSTENTION, BLANK
from tests_support import program

ROUNDS = ("fr-pres-2017-r1", "fr-pres-2017-r2")
FIGURES = (
    "Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs;% Blancs/Ins;Nuls;% Nuls/Ins;Exprimés;% Exp/Ins"
)
GROUP = "N°Panneau;Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp"


def by_department(bench, contest: str) -> pd.DataFrame:
    """The votes of a round by department, as if departments were communes; nothing blank where it is not known."""
    rows = bench.frame(
        "SELECT dept_code, candidate_id, votes, registered, abstentions, blank_null FROM department_result "
        "WHERE contest_id = ? ORDER BY dept_code, candidate_id",
        [contest],
    )
    wide = rows.pivot(index="dept_code", columns="candidate_id", values="votes")
    return wide.join(rows.groupby("dept_code")[["registered", "abstentions", "blank_null"]].first())


def plain_file(folder: Path, bench, contest: str) -> Path:
    path = folder / f"{contest}.csv"
    by_department(bench, contest).rename_axis("unit").to_csv(path)
    return path


def ministry_file(folder: Path, bench, contest: str, year: int) -> Path:
    """The same in the ministry's layout: 2017 names the first group of the header only, 2022 another column for the town."""
    commune, station = {
        2017: ("Commune", "Bureau de vote"),
        2022: ("Libellé de la commune", "Code du b.vote"),
    }[year]
    head = f"Code du département;Code de la commune;{commune};{station};{FIGURES};{GROUP}"
    names = (
        bench.frame(
            "SELECT candidate_id, name FROM candidate JOIN person USING (candidate_id) WHERE contest_id = ?",
            [contest],
        )
        .set_index("candidate_id")
        .name
    )
    table = by_department(bench, contest)
    if year == 2022:
        head += f";{GROUP}" * (len(names) - 1)
    lines = [head]
    for code, row in table.iterrows():
        voters = row.registered - row.abstentions
        fields = [code, "001", "Somewhere", "0001", row.registered, row.abstentions, "1,0", voters, "1,0"]
        null = row.blank_null // 3
        fields += [row.blank_null - null, "1,0", null, "0,0", voters - row.blank_null, "1,0"]
        for number, (key, name) in enumerate(names.items(), start=1):
            surname = name.split(" ", 1)[1].upper()
            fields += [number, "M", surname, name.split(" ", 1)[0], row[key], "1,0", "1,0"]
        lines.append(";".join(map(str, fields)))
    path = folder / f"{contest}-{year}.txt"
    path.write_bytes(("\n".join(lines) + "\n").encode("latin-1"))
    return path


@pytest.fixture
def plain(tmp_path, bench) -> tuple[Path, Path]:
    first, second = (plain_file(tmp_path, bench, contest) for contest in ROUNDS)
    return first, second


@pytest.mark.parametrize("year", [2017, 2022])
@pytest.mark.parametrize("contest", ROUNDS)
def test_the_layouts_of_the_ministry_give_the_votes_that_are_shipped(bench, tmp_path, year, contest):
    read = read_round(bench, contest, ministry_file(tmp_path, bench, contest, year))
    shipped = by_department(bench, contest)
    assert read.index.tolist() == [f"{code}-001-0001" for code in shipped.index]
    for name in shipped.columns.drop(["registered", "abstentions", "blank_null"]):
        assert read[name].tolist() == shipped[name].tolist()
    assert read[BLANK].tolist() == shipped.blank_null.tolist()
    assert read[ABSTENTION].tolist() == shipped.abstentions.tolist()


def test_the_plain_layout_gives_the_units_of_the_departments(bench, plain):
    units = from_files(bench, "fr-pres-2017", *plain)
    assert units.first.shape == (107, 9)
    assert units.left_out == 0
    assert units.first.sum() == 47_582_183


def test_blank_and_null_ballots_in_two_columns_are_added(bench, plain):
    table = pd.read_csv(plain[0])
    null = table.blank_null // 3
    table.assign(blank=table.blank_null - null, null_votes=null).drop(columns="blank_null").to_csv(
        plain[0], index=False
    )
    assert read_round(bench, ROUNDS[0], plain[0])[BLANK].tolist() == table.blank_null.tolist()


def of_the_ministry(folder: Path, bench, change) -> Path:
    """A file of the ministry after a change of its lines, each a list of fields."""
    path = ministry_file(folder, bench, ROUNDS[1], 2017)
    lines = [line.split(";") for line in path.read_text("latin-1").splitlines()]
    path.write_text("\n".join(";".join(fields) for fields in change(lines)), encoding="latin-1")
    return path


def test_communes_without_stations_and_departments_without_communes_are_read(bench, tmp_path):
    shipped = by_department(bench, ROUNDS[1])
    for left_out, ending in ((3, "-001"), (2, "-001-0001")):
        path = of_the_ministry(
            tmp_path,
            bench,
            lambda lines, left_out=left_out: [f[:left_out] + f[left_out + 1 :] for f in lines],
        )
        read = read_round(bench, ROUNDS[1], path)
        assert read.index.tolist() == [f"{code}{ending}" for code in shipped.index]
        assert read.macron.tolist() == shipped.macron.tolist()


def test_a_candidate_whose_group_is_empty_has_no_votes_there(bench, tmp_path):
    def change(lines):
        first = lines[1]
        start = lines[0].index("N°Panneau")
        group = next(index for index in (start, start + 7) if first[index + 2] == "MACRON")
        first[1 + 3] = str(int(first[4]) - int(first[group + 4]))
        return [lines[0], [*first[:group], *[""] * 7, *first[group + 7 :]], *lines[2:]]

    read = read_round(bench, ROUNDS[1], of_the_ministry(tmp_path, bench, change))
    assert read.macron.iloc[0] == 0
    assert read.macron.iloc[1] > 0


def test_a_line_that_ends_within_the_last_group_is_refused(bench, tmp_path):
    path = of_the_ministry(tmp_path, bench, lambda lines: [lines[0], lines[1][:-1], *lines[2:]])
    with pytest.raises(DataError, match=r"line 2, column registered.*add up to"):
        read_round(bench, ROUNDS[1], path)


def test_a_town_of_the_ministry_that_stands_twice_is_refused_by_its_name(bench, tmp_path):
    def change(lines):
        lines[1][2] = "Somewhere 1er arrondissement"
        return lines

    with pytest.raises(DataError, match=r"Somewhere .* twice: as a town and by arrondissement"):
        read_round(bench, ROUNDS[1], of_the_ministry(tmp_path, bench, change))


@pytest.mark.parametrize("name", ["unit", "registered", "abstentions", "blank_null", "macron"])
def test_the_one_column_that_is_missing_is_named(bench, plain, name):
    pd.read_csv(plain[1]).drop(columns=name).to_csv(plain[1], index=False)
    words = "line 1.*is neither a file" if name in ("unit", "registered") else rf"line 1: lacks {name}\."
    with pytest.raises(DataError, match=words):
        read_round(bench, ROUNDS[1], plain[1])


def test_of_a_long_header_the_beginning_is_printed(bench, tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("a" * 100 + ",b\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 1") as caught:
        read_round(bench, ROUNDS[0], path)
    assert "a" * 60 in str(caught.value)
    assert "a" * 61 not in str(caught.value)


def with_row(path: Path, unit: str, like: str, name: str = "") -> Path:
    """The file with another row like one that stands there, its votes taken from it."""
    table = pd.read_csv(path, dtype=str)
    table["commune"] = "Town"
    copy = table[table.unit == like].assign(unit=unit)
    if name:
        table.loc[table.unit == like, "commune"] = "Lyon"
        copy = copy.assign(commune=name)
    pd.concat([table, copy]).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("unit", "name"),
    [("69AR01", ""), ("69SR02", ""), ("somewhere", "Lyon 1er arrondissement"), ("else", "Lyon 03")],
)
def test_a_town_that_stands_twice_is_refused_with_its_line(bench, plain, unit, name):
    with pytest.raises(
        DataError, match=r"counts .*69, line \d+\) twice: as a town and by arrondissement"
    ) as caught:
        read_round(bench, ROUNDS[0], with_row(plain[0], unit, "69", name))
    assert "Leave out one of the two" in str(caught.value)


def test_voters_that_stand_twice_under_other_names_are_refused_by_the_official_result(bench, plain):
    with pytest.raises(
        DataError, match=r"column arthaud: .* is more than the \d+ votes of the official result"
    ):
        read_round(bench, ROUNDS[0], with_row(plain[0], "elsewhere", "69"))


def changed(path: Path, column: str, value: str, row: int = 2) -> Path:
    table = pd.read_csv(path, dtype=str)
    table.loc[row, column] = value
    table.to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("abstentions", "7", "line 4, column registered.*add up to"),
        ("macron", "many", "line 4, column macron: 'many': is no number of people"),
        ("macron", "-3", "is no number of people"),
        ("unit", "01", "line 4, column unit: '01': stands on line 2 too"),
    ],
)
def test_a_faulty_line_is_named(bench, plain, column, value, words):
    with pytest.raises(DataError, match=words):
        read_round(bench, ROUNDS[0], changed(plain[0], column, value))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "is neither a file of the ministry"),
        ("unit,registered\nx,1\n", "line 1: lacks abstentions, "),
        (f"Code du département;Inscrits;{GROUP}\n", "line 1: lacks the column Abstentions"),
    ],
)
def test_another_file_is_refused(bench, tmp_path, content, words):
    path = tmp_path / "file.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=words):
        read_round(bench, ROUNDS[0], path)


def test_empty_lines_are_passed_over_and_a_header_alone_is_no_round(bench, plain):
    whole = plain[1].read_text(encoding="utf-8")
    head, rows = whole.split("\n", 1)
    plain[1].write_text(f"{head}\n\n,,,\n{rows}", encoding="utf-8")
    assert len(read_round(bench, ROUNDS[1], plain[1])) == 107
    plain[1].write_text(f"{head}\n\n,,,\n", encoding="utf-8")
    with pytest.raises(DataError, match="holds no unit"):
        read_round(bench, ROUNDS[1], plain[1])


def test_a_missing_file_and_exchanged_rounds_are_named(bench, tmp_path, plain):
    with pytest.raises(DataError, match="cannot be read"):
        read_round(bench, ROUNDS[0], tmp_path / "nothing.csv")
    with pytest.raises(DataError, match="Are the files of the two rounds exchanged"):
        read_round(bench, ROUNDS[1], ministry_file(tmp_path, bench, ROUNDS[0], 2017))


def test_the_verb_prints_intervals_polls_and_the_sentence():
    done = program("transfers", "--method", "lphom")
    assert done.returncode == 0
    assert "107 units (departments)" in done.stdout
    assert "The votes by unit do not contradict the polls." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--units", "one.csv"), 2, "--units is given twice"),
        (("--method", "lphon"), 2, "Did you mean 'lphom'?"),
        (("fr-pres-2017", "fr-pres-2002"), 2, "fr-pres-2002, fr-pres-2017 are asked for: name one"),
        (("--units", "one.csv", "--units", "two.csv"), 1, "one.csv: cannot be read"),
    ],
)
def test_the_verb_refuses_in_one_line(arguments, code, words):
    done = program("transfers", *arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_verb_writes_every_column_and_names_draws_and_seed():
    words = ("transfers", "--method", "lphom", "--replicates", "2", "--seed", "7")
    assert program(*words).stdout.endswith("Bootstrap of 2 draws, seed 7.\n")
    table = pd.read_csv(StringIO(program(*words, "--format", "csv").stdout))
    assert set(table.method) == {"bounds", "lphom"}
    assert {"poll_low", "interval_kind", "units"} <= set(table.columns)


def test_the_verb_lists_the_register_and_the_methods():
    assert "Cloud Factory" in program("list", "register").stdout
    assert "lphom" in program("list", "transfer-methods").stdout
