"""A release in which every text is hostile: markup, addresses that run, formulas, marks that turn the line around."""

import shutil

import pyarrow.parquet as pq

from onrecord.schema import load_package

TEXT = (
    '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1"><svg onload=window.pwned=1>'
    '"\'><a href="javascript:window.pwned=1">{{ 7 * 7 }}</a>\u202egnp.exe \U0001f600 e\u0301\x1b[2J'
)
FORMULA = '=HYPERLINK("https://evil.example/","x")'


def make_hostile(release, folder):
    """A copy of a release, with hostile text in every column that is free to hold any."""
    shutil.copytree(release, folder)
    for table in load_package().tables.values():
        free = {c.name for c in table.columns if c.type == "string" and not (c.enum or c.pattern)}
        free -= {c for k in table.foreign_keys for c in k.columns} | {*table.primary_key} | {"group_id"}
        lists = {c.name for c in table.columns if c.type == "array"}
        path = folder / f"{table.name}.parquet"
        rows = pq.read_table(path)
        told = [
            {
                name: (FORMULA if name == "title" else TEXT) if name in free else [TEXT] if name in lists else value
                for name, value in row.items()
            }
            | ({"url": f"javascript:window.pwned=1//{TEXT}"} if "url" in row else {})
            for row in rows.to_pylist()
        ]
        if table.name == "articles":
            told = [row | {"text": TEXT * 40} for row in told]
        pq.write_table(rows.from_pylist(told, schema=rows.schema), path)
    return folder
