"""The tables of a project file of the Discourse Network Analyzer 3 (DNA), an SQLite file, as DNA 3.0.7 declares them.

A project is read and written as rows by table, all of them, so that nothing that was done in DNA is lost on the way.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from onrecord.explore.networks.selection import NetworkError

VERSION = (("date", "2022-06-10"), ("version", "3.0.7"))  # of the form, as DNA writes it into SETTINGS
LONGEST = 190  # characters of a title, a name and the like
Project = Mapping[str, Sequence[tuple[Any, ...]]]  # rows by table, in the order of TABLES

_ID = "ID INTEGER NOT NULL PRIMARY KEY"
_KEY = "ID INTEGER PRIMARY KEY NOT NULL"
_PERMISSIONS = (
    *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements"),
    *("DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations"),
    *("ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements"),
)


def _short(name: str, default: str | None = None) -> str:
    given = "" if default is None else f" DEFAULT '{default}'"
    return f"{name} TEXT NOT NULL{given} CHECK (LENGTH({name}) <= {LONGEST})"


def _flag(name: str, default: int = 1) -> str:
    return f"{name} INTEGER NOT NULL CHECK ({name} BETWEEN 0 AND 1) DEFAULT {default}"


def _colours(constraint: str = " NOT NULL DEFAULT 0") -> Iterator[str]:
    for name in ("Red", "Green", "Blue"):
        yield f"{name} INTEGER{constraint} CHECK ({name} BETWEEN 0 AND 255)"


def _reference(name: str, table: str) -> str:
    return f"FOREIGN KEY({name}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _data(value: str, *references: str) -> tuple[str, ...]:
    of = ("StatementId INTEGER NOT NULL", "VariableId INTEGER NOT NULL", value)
    keys = (_reference("StatementId", "STATEMENTS"), _reference("VariableId", "VARIABLES"), *references)
    return (_KEY, *of, *keys, "UNIQUE (StatementId, VariableId)")


TABLES: Mapping[str, tuple[str, ...]] = {
    "SETTINGS": ("Property TEXT PRIMARY KEY", "Value TEXT NOT NULL"),
    "CODERS": (
        _ID,
        _short("Name"),
        *_colours(),
        "Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0",
        "FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14",
        _short("Password"),
        "PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300",
        _flag("ColorByCoder", 0),
        _flag("PopupDecoration", 0),
        _flag("PopupAutoComplete"),
        *(_flag(f"Permission{what}") for what in _PERMISSIONS),
    ),
    "DOCUMENTS": (
        _ID,
        _short("Title"),
        "Text TEXT NOT NULL",
        "Coder INTEGER",
        *(_short(name, "") for name in ("Author", "Source", "Section")),
        "Notes TEXT NOT NULL DEFAULT ''",
        _short("Type", ""),
        "Date INTEGER NOT NULL",
        _reference("Coder", "CODERS"),
    ),
    "STATEMENTTYPES": (_ID, _short("Label"), *_colours()),
    "VARIABLES": (
        _ID,
        _short("Variable"),
        "DataType TEXT NOT NULL CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text')) "
        "DEFAULT 'short text'",
        "StatementTypeId INTEGER",
        _reference("StatementTypeId", "STATEMENTTYPES"),
        "UNIQUE (Variable, StatementTypeId)",
    ),
    "VARIABLELINKS": (
        _ID,
        "SourceVariableId INTEGER",
        "TargetVariableId INTEGER",
        "CHECK (TargetVariableId != SourceVariableId)",
        _reference("SourceVariableId", "VARIABLES"),
        _reference("TargetVariableId", "VARIABLES"),
    ),
    "REGEXES": (f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) <= {LONGEST})", *_colours()),
    "CODERRELATIONS": (
        _ID,
        "Coder INTEGER CHECK (Coder > 0)",
        "OtherCoder INTEGER CHECK (OtherCoder > 0)",
        *(_flag(name) for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
        "CHECK (Coder != OtherCoder)",
        _reference("Coder", "CODERS"),
        _reference("OtherCoder", "CODERS"),
    ),
    "STATEMENTS": (
        _ID,
        "StatementTypeId INTEGER",
        "DocumentId INTEGER",
        "Start INTEGER NOT NULL CHECK (Start >= 0)",
        "Stop INTEGER NOT NULL CHECK (Stop >= 0)",
        "Coder INTEGER",
        "CHECK (Start < Stop)",
        _reference("StatementTypeId", "STATEMENTTYPES"),
        _reference("Coder", "CODERS"),
        _reference("DocumentId", "DOCUMENTS"),
    ),
    "DATABOOLEAN": _data("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _data("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": (
        _KEY,
        "VariableId INTEGER NOT NULL",
        _short("Value", ""),
        *_colours(""),
        "ChildOf INTEGER CHECK (ChildOf > 0)",
        "UNIQUE (VariableId, Value)",
        _reference("ChildOf", "ENTITIES"),
        _reference("VariableId", "VARIABLES"),
    ),
    "DATASHORTTEXT": _data("Entity INTEGER NOT NULL", _reference("Entity", "ENTITIES")),
    "DATALONGTEXT": _data("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": (
        _KEY,
        "VariableId INTEGER NOT NULL",
        _short("AttributeVariable"),
        "UNIQUE (VariableId, AttributeVariable)",
        _reference("VariableId", "VARIABLES"),
    ),
    "ATTRIBUTEVALUES": (
        _KEY,
        "EntityId INTEGER NOT NULL",
        "AttributeVariableId INTEGER NOT NULL",
        _short("AttributeValue", ""),
        "UNIQUE (EntityId, AttributeVariableId)",
        _reference("EntityId", "ENTITIES"),
        _reference("AttributeVariableId", "ATTRIBUTEVARIABLES"),
    ),
}


def write_project(path: Path, project: Project) -> None:
    """Write a project file to a path where none is. The same rows give the same file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, declared in TABLES.items():
            connection.execute(f"CREATE TABLE {name}({', '.join(declared)})")
        for name in TABLES:
            rows: Iterable[tuple[Any, ...]] = project.get(name, ())
            for row in rows:
                connection.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)


def read_project(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a project file, which is not changed, in the order of their ids.

    Raises:
        NetworkError: it is no SQLite file, or lacks a table or column of DNA 3.
    """
    place = path.absolute().as_uri() + "?mode=ro"
    try:
        with closing(sqlite3.connect(place, uri=True)) as connection:
            return {name: connection.execute(_select(name)).fetchall() for name in TABLES}
    except sqlite3.Error as error:
        raise NetworkError(f"{path} is no project file of DNA 3: {error}") from error


def _select(name: str) -> str:
    # The names of columns that are checked and not of constraints, which have capitals.
    columns = [d.split()[0] for d in TABLES[name] if not d.startswith(("CHECK", "FOREIGN", "UNIQUE"))]
    listed = ", ".join(f'"{column}"' for column in columns)
    return f"SELECT {listed} FROM {name} ORDER BY 1"
