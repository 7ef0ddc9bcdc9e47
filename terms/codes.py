"""Codes: what each finding means, for `terms explain E104` and the catalogue.

A code is never given a second meaning. Each has a wrong file in `tests/wrong`, whose exact message is a test.
"""

# Each code with its title, then what it means, why it matters and what to do; `#` begins a group.
_TEXT = """\
# the text of a file
E001 not UTF-8
  The file holds a byte that is no UTF-8 text. A guess at another encoding could change a name or a figure unseen.
  Save the file as UTF-8; a byte-order mark and any kind of line end are welcome.
E002 file too large
  A note, a ledger, a price table or a source has at most 1,000,000 bytes, and the sources of a note together at most
  10,000,000 letters, so that a stranger's file is read quickly. Split the file, or move prices from the ledger into
  a table.
E003 forbidden character
  The file holds a control character, or one that hides or turns text. What a lawyer sees on the screen must be what
  the engine reads. Delete the character.
E004 string without an end
  A string in double quotation marks ends on the line where it begins. Write the second mark; a long quotation is
  written as several strings one after the other.
E005 not a word of the language
  A sign stands outside strings and comments that the language does not have. Delete it, or put it into a string or,
  after `#`, into a comment.
E006 block without an end
  A `{` has no `}`. The file is read on as if the block ended before the next clause, so nothing else is hidden.
  Write the missing brace.
E007 brace without a beginning
  A `}` closes nothing. Delete it, or write the `{` that it belongs to.
E008 out of place
  A word or sign is right by itself and cannot stand here. The message says after what it stands and, where there
  are few choices, what could stand instead.
E009 no colon
  The name of a clause or a field is followed by a colon and its value, as in `principal: USD 75,000`. Write the
  colon.
E010 no value
  A colon or a word such as `when` promises a value and none follows. Write it, or delete what promises it.
E011 too deep
  Values or blocks lie more than 200 deep in one another. No contract needs that, and a bound keeps a stranger's
  file harmless. Give a part of the value a name with `define`.
E012 too many words
  The file has more than 100,000 words and signs. Split it into several files.
E013 too many digits
  A number has more than 30 digits. Write it as the contract does.
E014 negative number
  The language has no negative numbers: whose an amount is follows from the clause or the line it stands in. Write
  the amount without a sign.
E015 not at the start of a line
  A clause outside every block starts in column 1; that is how one broken clause hides no other. Start the line with
  it, or move it into a block as a field.
E016 field in column 1
  A field of an open block stands in column 1, where clauses stand. Either the block was never closed, or the field
  was not indented. Indent it, or close the block before it.
E017 date in another spelling
  Dates are written year, month, day, as in `2019-02-22`, so that 02/05/2019 cannot be read two ways. Write the date
  so.
E018 figure in another spelling
  A number, an amount or a percentage is not spelt as the language spells it: a dot before decimals, commas only
  between groups of three, `USD 75,000`, `8%`. The message offers the most likely meaning.
E019 not a name
  Names of clauses and fields are lower-case words joined by `_`; terms that the note defines are in Title Case.
  Write the name so.
E020 curly quotation marks
  Strings stand in straight double quotation marks, `"the words"`. Inside a string curly and straight marks count as
  the same.
E021 words without quotation marks
  `cite`, `assumed` and `because` are followed by words in quotation marks. Put the words into them.
E022 quotation mark inside a string
  A straight quotation mark ends the string. Inside it write curly ones, which count as the same when a quotation is
  compared with its source.
E023 brackets do not match
  A bracket is opened and not closed, or closed and not opened. Write the missing one, or delete the other.
E024 reserved word
  A word that has a meaning of its own in values stands where it has none. The message says where it may stand; say
  the same in another word.
E025 mark without a value
  `cite`, `assumed` and `because` belong to the value before them. Indent the mark below its value.
E026 something is missing at the end
  The value stops before it is whole. The message says what could go on.
E027 too many findings
  The file has so many broken pieces that telling the rest would help nobody. Mend those that are told, or see
  whether the file is a note at all.
# what clauses and fields mean
E101 unknown clause
  There is no kind of clause of this name. Unknown clauses are never skipped, because what they were meant to say
  would be lost silently. Write the name that is offered, or what the language cannot say as `unmodelled`.
E102 missing clause
  A note cannot be reckoned without this clause, and the engine does not invent it. Add the clause.
E103 written twice
  Two clauses or two definitions say the same thing, and neither may win by its place in the file. Keep one, give
  each its own label, or make one an exception with `when …`.
E104 unknown field
  The clause has no field of this name. A misplaced field is an error and not a comment, because the rule in it
  would be ignored silently. Write the name that is offered, or move the field to its clause.
E105 missing field
  The clause means nothing without this field, and there is no reading to assume in its place. Add the field.
E106 field written twice
  A clause says two things in one field. Keep one, or make one an exception with `when …`.
E107 not understood
  The words are none of the sentences that this field knows. Nothing is guessed from them. Write one of the
  sentences that are offered, or what none of them says as `unmodelled`.
E108 label missing or misplaced
  Clauses that a note may have several of are told apart by a label in quotes; other clauses have none. Give the
  clause its label, or take it out.
E109 value missing or misplaced
  This name wants a value after its colon, or takes none because all it says is in its fields. Write it as the
  example shows.
E110 term not defined
  A term in Title Case is used and the note does not define it. Add `define …`, or correct the spelling.
E111 unknown figure
  These words name no figure of the note, no series of prices and no day that a window can end at. Write the name
  that is offered, or define it.
E112 mark out of place
  `over` belongs to exceptions and `because` to what is left unmodelled. Move the mark or take it out.
E113 exception without a rule
  An exception or `otherwise` stands where there is no rule to be an exception to. Write the rule without `when` as
  well.
E114 order of exceptions
  `over` names an exception that is not there, or two exceptions each prevail over the other. Name an exception of
  the same field, and let only one of two prevail.
E115 ledger line in a note
  A note says what was agreed; what happened is written in the ledger beside it. Move the line to the `.facts` file.
E116 unknown answer
  An expectation names an answer that the note does not give. Write the name that is offered.
E117 unknown date
  A date is reckoned from a name that no clause of the note gives a day. Write the day itself, or a date that the
  note knows, such as `issue` or `maturity`.
E118 no exceptions to this
  The field says something for all days, and an exception with `when …` to it would be read by nobody. Say it for all
  days; an amendment can change it from a date on, unless it was settled with the issue.
E119 not for an amendment
  An amendment changes terms from a day on. What was settled with the issue stays: its date, its sum, what was paid for
  it, the start of its interest. Definitions, sources, expectations and remarks are of the whole file. Write terms that
  change these as a note of their own.
# whether it can be reckoned
E201 no unit
  A bare number stands where a figure with a unit is wanted. `8` may be 8% or 800%, and the engine does not choose.
  Write the unit that is meant.
E202 units do not fit
  Two figures meet that cannot, such as an amount and a percentage in a sum, or a figure is not of the kind that its
  field wants. Money per share is a price, money divided by a price is shares, and currencies never mix. Give each
  figure the unit that is meant.
E203 no such day
  The calendar has no such day, or it lies outside the years 1900 to 2999. Correct the date.
E204 ambiguous name
  Several conventions go by this name and give different sums; `30/360` alone is four of them. Write which one the
  contract means, and mark it `assumed` if the contract does not say.
E205 day count without its frequency
  This day count depends on the regular periods of interest, and the note does not say them. Add a frequency.
E206 maturity before issue
  The note would fall due before or on the day on which it is issued, or before it bears interest. Correct one of the
  two dates.
E207 circular
  A definition, a date or a figure is reckoned from itself, so it has no value. Break the circle that the message
  names.
E208 figure out of range
  The figure is of the right kind and can mean nothing here: a cap of 100%, a window of no days, thirty of twenty
  prices. Correct it.
E209 amendment before issue
  An amendment takes effect before there is a note to amend. Correct one of the two dates, or write the amended
  terms as the first ones.
E210 two rules on one day
  Two rules set one thing, and on some day both hold; the message gives such a day. Which prevails is for the
  contract to say, not for the order of the file. Say it with `over`, or write the two as one.
E211 default without a date
  An event of default happens on a day, and this condition has none from which it holds. Name what happened: a late
  payment, a bankruptcy, an event, a run of prices.
E212 interest that rests on the day
  The rate of interest rests on something that changes from day to day. Write a rate, and exceptions to it with
  `when …`.
E213 maturity already past
  An amendment sets the maturity to a day before the amendment takes effect. Correct one of the dates.
E214 interest from before its amendment
  An amendment brings interest to a note that bore none, from a day before the amendment takes effect. What is owed by
  then was settled without it, in every statement and conversion since. Let it accrue from the amendment on.
E215 terms of no conversion
  A note that does not convert says by whom or at what price it converts. Take one of the two out. An amendment that
  opens a note to conversion says `conversion: allowed`, and then by whom and at what price.
# ledgers and price tables
E310 not a ledger line
  A line of a ledger starts with the day on which something happened. Clauses belong in the note.
E311 unknown fact
  The line is none of the facts that the clauses of the note know, or names no series of prices. An unread line is
  never skipped silently. Write one of those that are offered.
E312 before the issue
  Something is dated before the note was issued. Correct the date; a count of shares that held before then is
  written on the issue date.
E313 level given twice
  Two lines give one level for one day, and neither may win by its place. Keep one, or say with `known` when each
  became known.
E314 another currency
  An amount or a price is in another currency than the note. The engine knows no rate of exchange. Write the sum in
  the currency of the note, as the parties reckoned it.
E315 label that the note does not know
  The ledger names an event or an event of default that no clause of the note speaks of, so it would change nothing.
  Write the label as the note does.
E316 split of nothing
  A split gives new shares for old ones, and neither number can be zero.
E317 split written twice
  Two lines give the same split on one day, and it would be reckoned twice. Keep one.
E318 known before it happened
  `known` is the day from which a fact is known, and only what is announced, a split or an event, is known before its
  own day. Correct one of the two dates.
E319 act of nothing
  A payment, a conversion or a sale is of a sum or of shares above zero. Write the sum, or take the line out.
E320 columns of a price table
  The first line of a price table names its columns: `date`, the series, and `known` if wanted, each once. Name
  them.
E321 cells of a price table
  A line has more or fewer cells than the first. A comma inside a number makes two cells of it. Write one cell for
  each column.
E322 no day in a price table
  The cell under `date` or `known` is no day of the calendar, or not written as `2019-08-23`. Correct it.
E323 no price
  The cell is empty, zero, negative or not a plain number. A day without a price is left out: it is then a missing
  fact and never zero. Write plain digits, or take the line out.
E324 two prices for one day
  One series has two figures for one day, or is given by two tables. Keep one.
E325 price without a session
  There is a price for a day on which the calendar of the note has no session: a weekend or a holiday. Either the
  date or the calendar is wrong. Take the line out, or name the right calendar in the note.
E326 empty price table
  The table has no line with a price. Write a line of column names, then one for each day.
# other files
E401 quotation not in its source
  None of the note's sources has these words; white space and the shape of quotation marks do not count. Copy the
  words exactly, or name the source that has them.
E402 file cannot be read
  A file that is named is missing, is no regular file, or lies outside the folder. What a note names lies in or
  below its own folder, or one given with `--sources`; links are not followed.
E403 empty quotation
  `cite` quotes no words. Quote the contract, or take `cite` out.
E404 ledger without its note
  A ledger begins with the file of its note, which stands beside or below it. Name it.
E405 note of a ledger is wrong
  A ledger is read in the light of its note, and the note has findings. Correct the note first.
E406 ledger of another note
  The ledger says in its first line which note it belongs to, and that is not the note in hand. What happened to one
  note says nothing of another. Ask about the note that it names, or name another ledger.
# budgets: what keeps a stranger's file harmless
E501 numbers grow too long
  Amounts are exact fractions, and one has grown past 32,768 bits: compounding every day for years does that. Let
  interest compound less often, ask about an earlier day, or begin a new note from a statement of this one.
E503 too many events
  The terms or the ledger bring more events than one note is given time for. Let them happen less often or end
  sooner, or begin a new note from a statement of this one.
E504 outside the years
  A date that the note leads to lies outside the years 1900 to 2999. Correct the date or the period.
E505 market watched too long
  A window of prices has at most 10,000 days, and a run of prices is watched for at most 10,000 sessions. Write a
  shorter window, or ask about an earlier day.
E506 past the end of a calendar
  A day is needed that the calendar does not know: sessions and holidays are known for a range of years only, and
  are not guessed. Name a calendar that reaches further, such as `weekdays`.
E507 definitions unfold too far
  With every definition written out in full, a value has more than 100,000 figures or lies too deep, or a condition
  joins more than 1,000 others. Say it with fewer.
E508 too much work
  Reading the file, or one statement of it, takes longer than 1.25 seconds of the processor, where notes take some
  hundredths. Take out what is not needed; for what is large and meant, set `TENOR_SECONDS` to more seconds.
E509 too much memory
  Reading the file, or one statement of it, needs more memory than there is, or than the system lets the program use.
  Take out what is not needed.
E510 too many clauses
  A field has at most 100 exceptions, a note at most 500 clauses, and a note with its amendments, each of which is the
  note once more, at most 10,000 clauses and fields. Join exceptions with `or`; write another note.
# books of notes and their tables
E601 a book without a note
  A folder has no file that ends in `.terms`, or a table has no rows. Name another folder or table.
E602 template without a table, or table without a template
  The rows of a table are notes only under a template, the note whose figures and dates they write anew; and a
  template without a table makes no book. Name both, or neither.
E603 unknown column
  The column has the name of no figure or date of the template, of no series and of no level. Unknown columns are
  never skipped, because what they say would be lost silently. Write the name that is offered, or take it out.
E604 missing column
  A table of notes has a column `note`; a table of facts says in `note` or `issuer` whose each row is, has a `date`,
  and at least one column of facts. Add the column.
E605 column twice
  Two columns say the same thing, under one name or under two, and neither may win by its place. Keep one.
E606 numbers that are not exact
  A column holds floating-point numbers, in which most decimal figures cannot be written. Cast it to decimals or to
  text where the table is made, and look whether the figures are still those that were meant.
E607 column of another kind
  A column holds something that cannot be what its name says, such as numbers where dates are wanted, or a type that
  is not read at all. Write text, whole numbers, decimals or dates.
E608 empty cell
  A row of a table of notes leaves out a figure that the table gives for others, or a row has no name. Nothing is
  filled in. Write it; or leave out the whole column, and every note has the template's figure.
E609 unknown unit
  The words in brackets after the name of a column are no unit. Units are a currency as in `[USD]`, `[USD per share]`,
  `[shares]`, `[%]`, `[% per year]` and `[% per month]`.
E610 two notes of one name
  Facts and answers belong to a note by its name, so that each is there once in a book. Name one of the two otherwise.
E611 rows that do not stand together
  The rows of one note, or of one issuer, stand in two places of a table of facts. A large table is read in pieces and
  must be sorted by them. Sort it by that column, and then by date.
E612 table that cannot be read
  The file is no table of the kind that its name says, or is broken or not UTF-8. Write it anew.
E613 row without a fact
  Every cell of the row is empty but for whose it is and its date. Write what the day brought, or take the row out.
E614 facts of one day in two files
  Two files say that something of one kind happened to a note on one day. Which came first, they do not say. Write
  both in one file, in their order.
E615 not a figure
  Under a unit a cell holds plain digits, with a dot before decimals, no commas, no sign and no unit of its own; shares
  are whole. Correct the cell.
E616 known from two days
  A row says in its column `known` and in the words of its fact from which day it is known, and not the same. Neither
  may win by its place. Keep one.
"""


def _read(text: str) -> dict[str, tuple[str, str]]:
    codes: dict[str, tuple[str, str]] = {}
    code = ""
    for line in text.splitlines():
        if line.startswith("  "):
            title, words = codes[code]
            codes[code] = (title, f"{words} {line.strip()}".strip())
        elif not line.startswith("#"):
            code, _, title = line.partition(" ")
            assert code not in codes, f"{code} is listed twice"
            codes[code] = (title, "")
    return codes


# code: its title and its explanation.
CODES: dict[str, tuple[str, str]] = _read(_TEXT)
