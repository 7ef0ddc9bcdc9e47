"""Coverage-guided fuzzing with Atheris (`pip install 'tenor[fuzz]'`).

    cd tests; python -m fuzz.search TARGET FOLDER [libFuzzer's options, as -max_total_time=1800] [more folders]

New inputs are kept in FOLDER; an input that crashes is written beside it. See README.md.
"""

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tenor"]):
    from . import targets

from . import seeds

WORDS = seeds.words()
FIGURES = [b"0", b"1", b"8%", b"100%", b"USD 0.01", b"2019-02-22", b"2020-02-29", b"1900-01-01", b"2999-12-31"]
FIGURES += [b"9" * 30, b"10,000 trading days", b"1e9", b"-1", b"1 for 3", b"everything", b"\xe2\x80\xae", b"\x00"]


def mutated(data: bytes, size_max: int, seed: int) -> bytes:
    """The input with words and lines put in, taken out, doubled and exchanged; now and then with bits turned."""
    chance = random.Random(seed)
    if chance.random() < 0.2:
        return bytes(atheris.Mutate(data, size_max))
    for _ in range(chance.randint(1, 4)):
        data = chance.choice((_word, _word, _figure, _line, _line, _cut))(data, chance)
    return data[:size_max]


def crossed(one: bytes, other: bytes, size_max: int, seed: int) -> bytes:
    """The lines of one input up to somewhere, and those of another from somewhere on."""
    chance = random.Random(seed)
    first, second = one.splitlines(keepends=True), other.splitlines(keepends=True)
    return b"".join(first[: chance.randint(0, len(first))] + second[chance.randint(0, len(second)) :])[:size_max]


def _word(data: bytes, chance: random.Random) -> bytes:
    words = list(seeds.WORD.finditer(data))
    if not words:
        return chance.choice(WORDS)
    place = chance.choice(words)
    other = chance.choice((*WORDS, chance.choice(words).group()))
    return data[: place.start()] + other + data[place.end() :]


def _figure(data: bytes, chance: random.Random) -> bytes:
    words = [each for each in seeds.WORD.finditer(data) if each.group()[:1].isdigit()] or [None]
    place = chance.choice(words)
    if place is None:
        return data + chance.choice(FIGURES)
    return data[: place.start()] + chance.choice(FIGURES) + data[place.end() :]


def _line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    place = chance.randrange(len(lines))
    match chance.randrange(3):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, chance.choice(lines))
        case 2:
            other = chance.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
    return b"".join(lines)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    return data[:start] + data[start + chance.randint(0, 40) :]


def main() -> None:
    target = targets.TARGETS[sys.argv[1]]
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)

    def run(data: bytes) -> None:
        targets.survives(target, data)

    with tempfile.TemporaryDirectory() as started:
        for number, data in enumerate(seeds.seeds(sys.argv[1]).values()):
            (Path(started) / f"{number:04}").write_bytes(data)
        options = [each for each in sys.argv[3:] if each.startswith("-")]
        more = [each for each in sys.argv[3:] if not each.startswith("-")]
        fixed = [f"-max_len={seeds.SIZE_MAX}", "-timeout=20", f"-artifact_prefix={folder}."]
        atheris.Setup(
            [sys.argv[0], *fixed, *options, str(folder), started, *more],
            run,
            custom_mutator=mutated,
            custom_crossover=crossed,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
