"""The Flask extensions, made once and bound to an application by the factory."""

from __future__ import annotations

from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from app.database.base import Base

db = SQLAlchemy(model_class=Base, disable_autonaming=True)
babel = Babel()
csrf = CSRFProtect()
