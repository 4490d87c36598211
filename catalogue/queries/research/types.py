"""Which part type counts in an answer: a merged record is the one it was merged into, as far as that is seen."""

from catalogue.queries.dating import relation

# Merged part types and the one that stands for each, two steps on; few, so that looking each up costs little.
STANDS = """stands AS MATERIALIZED (
  SELECT p.id AS merged, coalesce(s.id, t.id) AS part FROM catalogue_part p
    JOIN catalogue_part t ON t.id = p.canonical_id AND t.voided_at IS NULL
    LEFT JOIN catalogue_part s ON s.id = t.canonical_id AND s.voided_at IS NULL
   WHERE p.canonical_id IS NOT NULL AND p.voided_at IS NULL)"""


def standing(column):
    """SQL: the part type that stands for the one in `column`; the statement holds STANDS.

    No join, which a million components would feel: whether a type is among the few is asked of a table in memory.
    """
    other = f"(SELECT stands.part FROM stands WHERE stands.merged = {column})"
    return f"CASE WHEN {column} IN (SELECT merged FROM stands) THEN {other} ELSE {column} END"


def of_types(queryset, columns, name="m"):
    """As `relation`, where `part` is the type that stands for the one recorded, which is in `recorded`.

    The statement holds STANDS. It is read where it is used, so that an index on either side can be asked.
    """
    cte, parameters = relation(queryset, columns, f"{name}_own")
    others = ", ".join(f"c.{column}" for column in columns if column != "part")
    return (
        f"""{cte.replace(" AS (", " AS NOT MATERIALIZED (", 1)},
      {name} AS NOT MATERIALIZED (SELECT {others}, c.part AS recorded, {standing("c.part")} AS part
               FROM {name}_own c)""",
        parameters,
    )
