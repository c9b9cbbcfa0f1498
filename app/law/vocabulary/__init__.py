"""The words in which a case is told to ``flask law check``: frozen dataclasses, each field with its kind and sense.

``kinds`` reads one value and describes it; ``commune``, ``meeting``, ``acts``, ``money`` and ``people`` hold the
sections; ``case`` joins them. A field that is not told is ``None``: unknown, never a default. The reader and the
JSON Schema are both made from these classes: add a field here, and nothing else.
"""
