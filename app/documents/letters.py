"""Letters that were converted once too often: « GuÃ©rande » for « Guérande ».

Somebody opened a list in UTF-8 as one of Windows and saved it so. Two signs that only such a list holds side by side
are the proof; without it nothing is touched, since « É» » may stand in any text.
"""

from __future__ import annotations

import re

_BYTES = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0x100)}
_HIGH = "".join(map(re.escape, _BYTES))
_TRAILING = "".join(re.escape(sign) for sign, code in _BYTES.items() if code < 0xC0)  # noqa: PLR2004  # the second byte of two
_PROOF = re.compile(f"Ã[{_TRAILING}]")
_RUN = re.compile(f"[{_HIGH}]{{2,}}")


def is_twice_converted(text: str) -> bool:
    """Whether a text holds what a correct one hardly ever does."""
    return "Ã" in text and _PROOF.search(text) is not None


def restored(text: str) -> str:
    """The text with the letters that it was written with."""
    return _RUN.sub(lambda run: _read(run[0]), text)


def _read(run: str) -> str:
    try:
        return bytes(_BYTES[sign] for sign in run).decode("utf-8")
    except UnicodeDecodeError:
        return run
