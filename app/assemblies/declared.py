"""Officers of whom the registry was told without an assembly kept here."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.bodies.models import Body
from app.database.base import Base


class OfficersDeclaration(Base):
    """That the registry was told of officers who changed without an assembly kept here (loi de 1901, art. 5)."""

    __tablename__ = "officers_declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    declared_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(120), default="")
    noted_at: Mapped[datetime]

    body: Mapped[Body] = relationship()
