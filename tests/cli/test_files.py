"""The commands over files: check, fmt, test and show."""

import os
import stat


def test_the_examples_are_right(terms):
    assert terms("check", "examples").code == 0


def test_a_folder_is_searched_in_order_and_hidden_ones_are_not(terms, examples):
    """Notes and ledgers below it, sorted."""
    hidden = examples / ".old"
    hidden.mkdir()
    (hidden / "wrong.terms").write_text("maturty: 1\n", "utf-8")
    assert terms("check", str(examples)).code == 0


def test_a_ledger_without_its_note_is_a_finding(terms, tmp_path):
    ledger = tmp_path / "alone.facts"
    ledger.write_text("2019-08-26 pay USD 10.00\n", "utf-8")
    ran = terms("check", str(ledger))
    assert ran.code == 1
    assert "names no note" in ran.err


def test_a_ledger_names_a_note_beside_or_below_it_only(terms, tmp_path, examples):
    """Nothing outside the ledger's own folder is read."""
    ledger = tmp_path / "elsewhere" / "gs-capital.facts"
    ledger.parent.mkdir()
    ledger.write_text('note "../examples/gs-capital.terms"\n', "utf-8")
    assert terms("check", str(ledger)).code == 1


def test_fmt_rewrites_what_differs_and_then_nothing(terms, examples):
    """In place, keeping the file's mode; `--check` names what would change and changes nothing."""
    note = examples / "gs-capital.terms"
    terms("fmt", str(note))
    neat = note.read_bytes()
    note.write_bytes(b"\xef\xbb\xbf" + neat.replace(b"principal: USD", b"principal:USD").replace(b"\n", b"\r\n"))
    os.chmod(note, 0o640)
    ran = terms("fmt", "--check", str(note))
    assert (ran.code, ran.out) == (1, f"{note}: would change\n")
    assert note.read_bytes().startswith(b"\xef\xbb\xbf")
    assert terms("fmt", str(note)).code == 0
    assert note.read_bytes() == neat
    assert stat.S_IMODE(note.stat().st_mode) == 0o640
    assert terms("fmt", "--check", str(note)).code == 0
    assert sorted(each.name for each in examples.iterdir() if each.name.startswith(".")) == []


def test_fmt_leaves_a_file_with_findings_alone(terms, tmp_path):
    note = tmp_path / "broken.terms"
    note.write_text('note "x" {\n', "utf-8")
    assert terms("fmt", str(note)).code == 1
    assert note.read_text("utf-8") == 'note "x" {\n'


def test_fmt_that_cannot_write_says_so(terms, monkeypatch, examples):
    """And the file is as it was."""
    note = examples / "gs-capital.terms"
    note.write_text(note.read_text("utf-8").replace("principal: USD", "principal:USD"), "utf-8")
    before = note.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(note))

    monkeypatch.setattr(os, "replace", refuse)
    ran = terms("fmt", str(note))
    assert ran.code == 2
    assert "permission denied" in ran.err
    assert note.read_bytes() == before
    assert not [each for each in examples.iterdir() if each.name.startswith(".")]


def test_the_expectations_of_the_examples_hold(terms):
    ran = terms("test", "examples")
    assert ran.code == 0
    assert "0 failed" in ran.out


def test_an_expectation_that_fails_shows_the_difference_and_can_be_rewritten(terms, examples):
    """Compared rounded to the decimals written; `--update` writes as many."""
    ledger = examples / "gs-capital.facts"
    kept = [line for line in ledger.read_text("utf-8").splitlines() if " expect " not in line]
    lines = [
        "2019-08-26 expect principal USD 87,450.30",
        "2019-08-26 expect conversion_price USD 0.00102 per share",
        "2019-08-26 expect binding_limit the ownership cap",
        "2019-08-26 expect prepayment refused",
        "2019-08-26 expect due_at_maturity USD 90,900",
    ]
    ledger.write_text("\n".join([*kept, *lines]) + "\n", "utf-8")
    ran = terms("test", str(ledger))
    assert ran.code == 3
    assert "  expected    USD 87,450.30\n  got         USD 87,450.31\n  difference  USD 0.01\n" in ran.out
    assert "1 failed" in ran.out
    assert terms("test", "--update", str(ledger)).code == 0
    assert "expect principal USD 87,450.31\n" in ledger.read_text("utf-8")
    assert terms("test", str(ledger)).code == 0


def test_an_expectation_of_no_answer_is_a_finding(terms, examples):
    ledger = examples / "gs-capital.facts"
    ledger.write_text(ledger.read_text("utf-8") + "2019-08-26 expect principle USD 87,450.31\n", "utf-8")
    for command in ("check", "test"):
        ran = terms(command, str(ledger))
        assert ran.code == 1
        assert "did you mean `principal`?" in ran.err


def test_each_stage_can_be_shown(terms):
    """What is written, what is meant, what happens."""
    words = ("show", "examples/gs-capital.terms", "--date", "2019-08-26")
    assert "Percent" in terms(*words, "--tree").out
    assert "interest.days_counted" in terms(*words, "--model").out or "days_counted" in terms(*words, "--model").out
    assert "2019-08-26 conversion" in terms(*words, "--timeline").out


def test_a_ledger_of_another_note_is_a_finding(terms, examples):
    """It says something else than the note in hand; of a ledger apart from its note the name is compared."""
    note, other = str(examples / "widjaja.terms"), str(examples / "gs-capital.facts")
    ran = terms("eval", note, "--facts", other, "--date", "2019-08-26")
    assert ran.code == 1
    assert (
        f"error[E406]: this is the ledger of `{examples / 'gs-capital.terms'}`, and not of `{note}`\n  --> {other}:2:1"
        in ran.err
    )
    moved = examples / "moved"
    moved.mkdir()
    ledger = moved / "gs-capital.facts"
    ledger.write_text('note "gs-capital.terms"\n2019-08-26 pay USD 10.00\n', "utf-8")
    words = ("eval", str(examples / "gs-capital.terms"), "--facts", str(ledger), "--date", "2019-08-26")
    assert terms(*words).code == 0
    (moved / "gs-capital.terms").write_text("another", "utf-8")
    assert terms(*words).code == 1


def test_what_is_not_named_on_the_command_line_is_no_link(terms, examples, tmp_path):
    """Files found in a folder, the ledger beside a note, the note beside a ledger or named in it."""
    secret = tmp_path / "secret"
    secret.write_text("secret\n", "utf-8")
    ledger = examples / "gs-capital.facts"
    ledger.unlink()
    ledger.symlink_to(secret)
    for words in (("check", str(examples)), ("eval", str(examples / "gs-capital.terms"))):
        ran = terms(*words)
        assert (ran.code, ran.out) == (2, "")
        assert "link" in ran.err
        assert "secret" not in ran.err
    note = examples / "widjaja.terms"
    note.unlink()
    note.symlink_to(secret)
    for text in ("", 'note "widjaja.terms"\n'):
        (examples / "widjaja.facts").write_text(text + "2019-08-26 pay USD 10.00\n", "utf-8")
        ran = terms("check", str(examples / "widjaja.facts"))
        assert ran.code == 1
        assert "it is a link" in ran.err
        assert "secret" not in ran.err
