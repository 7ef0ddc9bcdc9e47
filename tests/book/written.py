"""Books that tests write: small notes whose figures follow from their numbers."""

from pathlib import Path

NOTE = """note "Note {number}" {{
  issuer:   "Example, Inc."
  holder:   "Example Fund LP"
  calendar: NYSE
}}
issued: 2019-01-02
principal: {currency} {principal}
maturity: 2020-01-02
interest: 10% per year {{
  day_count: actual/365
}}
define Market Price: lowest closing bid over the 2 trading days before conversion
conversion {{
  by:    holder at any time
  price: 50% of Market Price
}}
ownership_cap: 5% of outstanding shares after conversion
"""
LEDGER = """note "{name}.terms"
series closing bid from "bids.csv"
2019-01-02 outstanding {outstanding} shares
2019-01-02 held 0 shares
"""
# Friday 2019-03-01 and Monday 2019-03-04: prices from both on 2019-03-05, from one of them no price.
BIDS = "date,closing bid\n2019-03-01,0.02\n2019-03-04,0.01\n"


def write_note(folder: Path, number: int, currency: str = "USD", facts: bool = True) -> None:
    """A note of `number` thousand dollars, and a ledger in which 1,900 × number shares are outstanding."""
    name = f"note-{number:03}"
    principal = f"{number * 1000:,}.00"
    (folder / f"{name}.terms").write_text(NOTE.format(number=number, principal=principal, currency=currency))
    if facts:
        outstanding = f"{1900 * number:,}"
        (folder / f"{name}.facts").write_text(LEDGER.format(name=name, outstanding=outstanding))


def write_folder(folder: Path, count: int) -> Path:
    """A folder of so many notes, numbered from 1."""
    folder.mkdir(exist_ok=True)
    (folder / "bids.csv").write_text(BIDS)
    for number in range(1, count + 1):
        write_note(folder, number)
    return folder
