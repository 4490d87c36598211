"""Part numbers inside the description of goods, with other separators, letters that look alike, or a suffix behind.

A description is cut into runs of letters and figures, and neighbouring runs are joined and looked up, so that the work
depends on the length of the text and not on how many numbers are known. Only whole runs count: a number inside a
longer word is not that number.
"""

import re
import unicodedata
from dataclasses import dataclass

# As `catalogue_key` (security/sql/keys_v1.sql) folds letters, so that keys of the database are found.
_FOLDED = str.maketrans(
    "АВЕЁКМНОРСТУХІЇЈЅԚԜҮӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABEEKMHOPCTYXIIJSQWYIABEZHIKMNOPTYX",
)
_RUNS = re.compile(r"([^\W_]+)([\W_]*)")
_APART = re.compile(r"[,;:()\[\]«»\"„“”=|]|\.\s|\s[-–—]\s")
SHORTEST, LONGEST_RUN = 5, 5  # letters of a key; runs that are joined
# Packing, plating and grade: what an orderable code adds to a number (makers' ordering guides; the same letters are
# used by most of them).
_SUFFIXES = """
T R TR E G F A E3 E4 G4 ES LF NT ND CT PB PBF NOPB ROHS TNR TRE TRG TRL TRPBF TRLPBF RL RL7 R2 R7 T1 T1G
REEL REEL7 TAPE TUBE TRAY
"""
SUFFIXES = frozenset(_SUFFIXES.split())
EXACT, SPACED, SUFFIXED, WITHIN = "exact", "spaced", "suffixed", "within"


@dataclass(frozen=True, slots=True)
class Mention:
    """A key that stands in a text, how it stands there (EXACT, SPACED, SUFFIXED, WITHIN), and the text of it."""

    key: str
    how: str
    text: str


def folded(text):
    """`text` in capitals with look-alike letters folded, character for character where that is possible."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.upper().translate(_FOLDED)


class Finder:
    """Finds known keys (letters and figures, folded) in descriptions.

    Keys of fewer than five letters, or without a figure, are left out: words and numbers of any kind look like them.
    """

    def __init__(self, keys):
        self.keys = {key for key in keys if len(key) >= SHORTEST and any("0" <= c <= "9" for c in key)}
        self.longest = max(map(len, self.keys), default=0)
        self.begun = {key[:n] for key in self.keys for n in (1, 2, 3, 4)}

    def find(self, text):
        """[Mention] of the keys in `text`, each once, in the order in which they stand there."""
        text = folded(text)
        runs = _RUNS.findall(text)
        found, n = {}, 0
        while n < len(runs):
            mention, used = self._from(runs, n)
            if mention is not None:
                found.setdefault(mention.key, mention)
            n += used
        return list(found.values())

    def _from(self, runs, start):
        """The longest key that begins with run `start`, and how many runs it takes."""
        joined, best, used, begun = "", None, 1, self.begun
        for n in range(start, min(start + LONGEST_RUN, len(runs))):
            run, apart = runs[n]
            joined += run
            if joined[:4] not in begun or len(joined) > self.longest + 8:
                break
            key, how = self._known(joined)
            if key:
                best, used = self._mention(key, how, runs, start, n), n - start + 1
            if _APART.search(apart):
                break
        return best, used

    def _known(self, joined):
        """(key, how) of joined runs; (None, "") where they are none."""
        if joined in self.keys:
            return joined, EXACT
        if len(joined) > SHORTEST:
            for cut in range(len(joined) - 1, max(SHORTEST, len(joined) - 8) - 1, -1):
                if joined[:cut] in self.keys and joined[cut:] in SUFFIXES:
                    return joined[:cut], SUFFIXED
        return None, ""

    def _mention(self, key, how, runs, start, last):
        """What stands there; a number that goes on behind a hyphen or stroke, with a figure, is WITHIN a longer one."""
        text = "".join(run + apart for run, apart in runs[start:last]) + runs[last][0]
        if any(" " in apart for _, apart in runs[start:last]) and how == EXACT:
            how = SPACED
        before = runs[start - 1] if start else ("", " ")
        after = runs[last + 1][0] if last + 1 < len(runs) else ""
        goes_on = runs[last][1] in ("-", "/", ".", "_") and after not in SUFFIXES and any(c.isdigit() for c in after)
        begun_before = before[1] in ("-", "_") and any(c.isdigit() for c in before[0])
        return Mention(key, WITHIN if goes_on or begun_before else how, text)
