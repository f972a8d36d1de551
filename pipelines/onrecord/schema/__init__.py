"""The tables' schemas, and what is derived from them.

`schemas/<table>.yml` (Frictionless Table Schema, with shared columns in fields.yml) is the only place where a column
is declared. From it come the Arrow schema with its field metadata, the DuckDB DDL with comments, the generic
expectations, the data dictionary and the resource descriptors of datapackage.json.
"""

from onrecord.schema.expectations import to_expectations, to_key_rules
from onrecord.schema.package import SCHEMAS, Package, Profile, SchemaError, load_package
from onrecord.schema.tables import Column, ForeignKey, Table
from onrecord.schema.violations import Violation, find_violations

__all__ = [
    "SCHEMAS",
    "Column",
    "ForeignKey",
    "Package",
    "Profile",
    "SchemaError",
    "Table",
    "Violation",
    "find_violations",
    "load_package",
    "to_expectations",
    "to_key_rules",
]
