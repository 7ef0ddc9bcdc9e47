"""What a file is made of: encodings, controls, letters that cannot be seen or look like others, open strings."""

from .cases import RIGHT, Case, changed, ledger, more, note

# A look-alike of `a` and of a digit, from other alphabets; every such letter is spelt out, so that it can be seen.
CYRILLIC_A, CYRILLIC_O, FULL_WIDTH_7, ARABIC_7 = "\u0430", "\u041e", "\uff17", "\u0667"

BYTES = {
    "a NUL byte": Case(lambda: more("# \x00\n"), "E003"),
    "nothing but NUL bytes": Case(lambda: note(b"\x00" * 100_000), "E003"),
    "nothing at all": Case(lambda: note(b""), "E102"),
    "only a byte-order mark": Case(lambda: note(b"\xef\xbb\xbf"), "E102"),
    "two byte-order marks": Case(lambda: note("\ufeff\ufeff" + RIGHT), "E003"),
    "UTF-16, little end first": Case(lambda: note(RIGHT.encode("utf-16")), "E001"),
    "UTF-16, big end first, unmarked": Case(lambda: note(RIGHT.encode("utf-16-be")), "E003"),
    "UTF-32": Case(lambda: note(RIGHT.encode("utf-32")), "E001"),
    "UTF-7": Case(lambda: more("ranking: +AHU-nsecured\n"), "E014"),
    "Latin-1": Case(lambda: more("# caf\xe9\n".encode("latin-1")), "E001"),
    "a lone surrogate": Case(lambda: more(b"# \xed\xa0\x80\n"), "E001"),
    "surrogates in a pair": Case(lambda: more(b"# \xed\xa0\xbd\xed\xb8\x80\n"), "E001"),
    "a slash of two bytes": Case(lambda: more(b"# \xc0\xaf\n"), "E001"),
    "a letter cut in two": Case(lambda: more("# \u20ac".encode()[:-1]), "E001"),
    "past the last letter": Case(lambda: more(b"# \xf4\x90\x80\x80\n"), "E001"),
    "random bytes": Case(lambda: note(bytes(pow(3, number, 257) % 256 for number in range(50_000))), "E001"),
    "a picture": Case(lambda: note(b"\x89PNG\r\n\x1a\n" + b"\x00" * 1_000), "E001"),
    "a gzip of zeros": Case(lambda: note(b"\x1f\x8b\x08" + b"\x00" * 999_990), "E001"),
    "old line ends": Case(lambda: note(RIGHT.replace("\n", "\r"))),
    "mixed line ends": Case(lambda: note(RIGHT.replace("\n", "\r\n", 5).replace("\n", "\r", 2))),
    "a form feed": Case(lambda: more("\f\n"), "E003"),
    "a vertical tab": Case(lambda: more("\v\n"), "E003"),
    "a next line of Unicode": Case(lambda: more("# \x85 principal: USD 1\n"), "E003"),
    "a line separator in a comment": Case(lambda: more("# \u2028principal: USD 1\n"), "E003"),
    "escapes of a terminal": Case(lambda: more('unmodelled "\x1b[2J\x1b]0;owned\x07" because "x"\n'), "E003"),
    "a backspace": Case(lambda: changed("8%", "9\x088%"), "E003"),
}

UNSEEN = {
    f"{name} in {where}": Case(make, "E003")
    for name, letter in {
        "text turned by an override": "\u202e",
        "text turned by an isolate": "\u2066",
        "a mark from right to left": "\u200f",
        "a space without width": "\u200b",
        "a joiner": "\u200d",
        "a soft hyphen": "\u00ad",
        "a word joiner": "\u2060",
        "a filler": "\u3164",
        "a variation selector": "\ufe0f",
        "a tag": "\U000e0041",
    }.items()
    for where, make in {
        "a name": lambda letter=letter: changed("Market", f"Mar{letter}ket"),
        "a figure": lambda letter=letter: changed("100,000", f"1{letter}00,000"),
        "a label": lambda letter=letter: changed('"payment"', f'"pay{letter}ment"'),
        "a comment": lambda letter=letter: more(f"# {letter}"),
    }.items()
}

LOOK_ALIKES = {
    "a clause with a Cyrillic letter": Case(lambda: changed("maturity", f"m{CYRILLIC_A}turity"), "E005"),
    "a name with a Cyrillic letter": Case(lambda: changed("Market Price:", f"M{CYRILLIC_A}rket Price:"), "E005"),
    "a currency with a Cyrillic letter": Case(lambda: changed("USD", f"US{CYRILLIC_O}"), "E005"),
    "a label with a Cyrillic letter": Case(lambda: ledger(f'2020-03-01 notice "p{CYRILLIC_A}yment"\n'), "E315"),
    "a digit of full width": Case(lambda: changed("100,000", f"{FULL_WIDTH_7}00,000"), "E005"),
    "an Arabic digit": Case(lambda: changed("2019-02-22", f"201{ARABIC_7}-02-22"), "E005"),
    "a raised two": Case(lambda: changed("8%", "8\u00b2%"), "E005"),
    "a half in one sign": Case(lambda: changed("8%", "8\u00bd%"), "E005"),
    "a minus that is a dash": Case(lambda: changed("USD 100", "USD \u2212100"), "E014"),
    "a percent sign of full width": Case(lambda: changed("8%", "8\uff05"), "E005"),
    "a colon of full width": Case(lambda: changed("issued:", "issued\uff1a"), "E005"),
    "a space of another width": Case(lambda: changed("8% per", "8%\u2003per"), "E003"),
    "a space that does not break": Case(lambda: changed("8% per", "8%\u00a0per"), "E003"),
    "curly quotation marks": Case(lambda: changed('"payment"', "\u201cpayment\u201d"), "E020"),
    "a ligature": Case(lambda: changed("Market Price:", "Market Pro\ufb01t:"), "E005"),
    "a letter of mathematics": Case(lambda: changed("issued", "\U0001d422ssued"), "E005"),
    "a letter with a hundred accents": Case(lambda: changed('"payment"', '"pa' + "\u0301" * 100 + 'yment"')),
}

STRINGS = {
    "a string without an end": Case(lambda: changed('"Example, Inc."', '"Example, Inc.'), "E004"),
    "a string over two lines": Case(lambda: changed("Example, Inc.", "Example,\n Inc."), "E004"),
    "a string at the very end": Case(lambda: more('ranking: unsecured cite "'), "E004"),
    "an escape in a string": Case(lambda: changed("Example, Inc.", r"Example\" , Inc."), "E005"),
    "a format in a label": Case(lambda: changed('"payment"', '"{0.__class__} %s %n ${HOME} `id`"')),
    "a template in a label": Case(lambda: changed('"payment"', '"{{7*7}} <script>alert(1)</script> [red]x[/]"')),
    "Python in a value": Case(lambda: changed("8% per year", "__import__('os').system('touch owned')"), "E019"),
    "a call in a value": Case(lambda: changed("8% per year", "lambda: exit(3)"), "E015"),
    "a tag of YAML": Case(lambda: note('!!python/object/apply:os.system ["touch owned"]\n'), "E005"),
    "JSON": Case(lambda: note('{"note": {"principal": 1e999}}\n'), "E008"),
    "a template of a shell": Case(lambda: changed("8% per year", "$(touch owned)"), "E005"),
    "a document type of XML": Case(lambda: note('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'), "E005"),
    "a pickle": Case(lambda: note(b"cos\nsystem\n(S'touch owned'\ntR."), "E008"),
    "an include": Case(lambda: more('include "/etc/passwd"\n'), "E101"),
}

CASES = {**BYTES, **UNSEEN, **LOOK_ALIKES, **STRINGS}
