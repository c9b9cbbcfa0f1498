"""The register of processing of a committee, and everything it knows of one person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.documents.textdoc import Heading, ItemList, Paragraph, Table
from app.members.retention import lasting, rules
from app.members.words import say
from app.printing import Paper, print_paper
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from app.bodies.models import Body
    from app.documents.textdoc import Block
    from app.members.models import Member
    from app.members.queries.guests import Guest


def register_pdf(body: Body, *, keeper: str, at: datetime) -> bytes:
    """The register (RGPD, article 30): what is done with people's data, why, for how long, and who sees it."""
    where = ", ".join(part for part in (body.address.replace("\n", ", "), body.email, body.phone) if part)
    blocks: list[Block] = [
        Paragraph(say("register", "controller", body=body.name, where=where or say("register", "nowhere"))),
        Paragraph(say("register", "keeper", name=keeper or say("register", "nobody"))),
        Table(
            header=tuple(say("register", one) for one in ("what", "why", "basis", "time", "then", "source")),
            rows=tuple(
                (
                    rule.label,
                    rule.purpose,
                    rule.basis,
                    lasting(rule),
                    rule.does,
                    _told(rule),
                )
                for rule in rules().values()
            ),
            caption=say("register", "caption"),
        ),
        Heading(say("register", "seen_title")),
        ItemList(tuple(say("register", f"seen_{number}") for number in range(1, 5))),
        Heading(say("register", "safe_title")),
        ItemList(tuple(say("register", f"safe_{number}") for number in range(1, 6))),
        Heading(say("register", "rights_title")),
        Paragraph(say("register", "rights")),
    ]
    return print_paper(
        Paper(
            title=say("register", "title"),
            body=body.name,
            created=at,
            blocks=tuple(blocks),
            subtitle=say("register", "on", day=day_of(at)),
        )
    )


def _told(rule: Any) -> str:  # noqa: ANN401  # a rule
    return say("register", "sure", source=rule.source, confidence=rule.confidence, day=rule.noted_on)


def known_json(known: dict[str, Any], *, at: datetime) -> bytes:
    """Everything known as a file that another machine can read (RGPD, article 20)."""
    return json.dumps({"établi le": at.isoformat(timespec="seconds"), **known}, ensure_ascii=False, indent=2).encode()


def known_pdf(whose: Member | Guest, known: dict[str, Any], *, at: datetime) -> bytes:
    """Everything known as a paper."""
    blocks: list[Block] = [Paragraph(say("known", "lead", body=whose.body.name))]
    for name, part in known.items():
        blocks.append(Heading(name))
        for facts in part if isinstance(part, list) else [part]:
            rows = tuple((label, str(value)) for label, value in facts.items() if value)
            blocks.append(Table(header=(say("known", "what"), say("known", "value")), rows=rows))
    return print_paper(
        Paper(
            title=say("known", "title", name=whose.name),
            body=whose.body.name,
            created=at,
            blocks=tuple(blocks),
            subtitle=say("register", "on", day=day_of(at)),
        )
    )
