"""`onrecord sql`: a conversation on a real terminal, queries from a pipe, and nothing written or reached by either."""

import fcntl
import io
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.cli import main
from onrecord.explore.console import is_whole, read_statements
from onrecord.explore.query import BOXED_ROWS, QueryError, open_for, open_release, run_query
from onrecord.storage import store
from onrecord.storage.readonly import TableFile, open_tables

COMMAND = [sys.executable, "-m", "onrecord.cli", "sql"]


@pytest.mark.parametrize(
    "text, whole",
    [
        ("SELECT 1;", True),
        ("SELECT 1", False),
        ("SELECT ';", False),
        ("SELECT ';'", False),
        ("SELECT ';';", True),
        ("SELECT 'it''s;", False),
        ('SELECT 1 AS ";', False),
        ("SELECT 1 -- ;", False),
        ("SELECT 1; -- done", True),
        ("SELECT /* ; */ 1", False),
        ("SELECT /* ; ", False),
        ("SELECT $$ ; $$;", True),
        ("SELECT $a$ ; ", False),
    ],
)
def test_a_statement_ends_at_a_semicolon_that_is_in_no_string_or_comment(text, whole):
    assert is_whole(text) is whole


def test_statements_run_over_lines_and_commands_do_not():
    lines = iter(["", "-- a note", ".tables", "SELECT", " 1;", ";", "SELECT 2"])
    assert list(read_statements(lambda _: next(lines, None))) == [".tables", "SELECT\n 1;\n", "SELECT 2\n"]


@pytest.fixture
def pipe(release, monkeypatch, capfd):
    """pipe(text, *options) -> (exit code, stdout, stderr) of `onrecord sql` with `text` on its standard input."""

    def run(text, *options):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        try:
            main(["sql", "--release", str(release), *options])
            code = 0
        except SystemExit as stop:
            code = stop.code
        return code, *capfd.readouterr()

    return run


def test_queries_from_a_pipe_run_in_order_up_to_the_first_that_fails(pipe):
    code, out, err = pipe("SELECT 'one' AS a;\n.schema issues\nSELECT nothing;\nSELECT 'the last' AS b;")
    assert code == 1
    assert "one" in out and "definition" in out and "the last" not in out
    assert "nothing" in err


def test_a_mode_holds_until_the_next(pipe):
    _, out, _ = pipe(".mode line\nSELECT 1 AS a, 2 AS b;\n.mode table\nSELECT 3 AS c;\n.mode loud\n")
    assert out.startswith("a = 1\nb = 2\n┌")


def test_one_query_from_a_pipe_can_be_a_csv(pipe):
    assert pipe("SELECT 1 AS a, 2 AS a;", "--format", "csv")[:2] == (0, "a,a\r\n1,2\r\n")


def test_two_results_in_one_csv_are_refused(pipe):
    assert pipe("SELECT 1; SELECT 2", "--format", "csv") == (1, "", "onrecord: OR110: one query at a time, found 2\n")


def test_long_tables_are_cut_and_say_so(pipe):
    _, out, _ = pipe(f"FROM range({BOXED_ROWS * 30})")
    assert f"the first {BOXED_ROWS:,} rows" in out
    assert len(out.splitlines()) < BOXED_ROWS + 10


def hear_interrupts():
    """Ctrl-C becomes a signal, and not an ignored one, as shells start what runs in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """`onrecord sql` on a pseudo-terminal of its own."""

    def __init__(self, release, home):
        environment = {**os.environ, "XDG_STATE_HOME": str(home), "TERM": "dumb", "COLUMNS": "120"}
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [*COMMAND, "--release", str(release)],
            stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True, close_fds=True,
            preexec_fn=hear_interrupts,
        )  # fmt: skip
        os.close(slave)

    def read_until(self, pattern, interrupt=False):
        """What it prints up to `pattern`; with `interrupt`, Ctrl-C is pressed each second until it does.

        Once is not always enough: one that comes between the prompt and the waiting for a key is seen at the next key.
        """
        seen, end, pressed = "", time.monotonic() + 120, 0.0
        while not re.search(pattern, seen, re.S):
            assert time.monotonic() < end, seen
            if interrupt and time.monotonic() > pressed + 1:
                self.type("\x03")
                pressed = time.monotonic()
            if select.select([self.master], [], [], 0.2)[0]:
                seen += os.read(self.master, 65536).decode(errors="replace")
        return seen

    def type(self, text):
        os.write(self.master, text.encode())

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def terminal(release, tmp_path):
    terminal = Terminal(release, tmp_path)
    yield terminal
    terminal.close()


def test_a_conversation_goes_on_after_errors_and_interrupts_and_is_remembered(terminal, tmp_path):
    terminal.read_until("onrecord> ")
    terminal.type("SELECT nothing;\n")
    assert "nothing" in terminal.read_until("Binder Error.*onrecord> ")
    terminal.type(".nonsense\n")
    terminal.read_until(r"\.help lists them")
    terminal.type("SELECT 'half\n")
    terminal.read_until(r"\.\.\.> ")
    terminal.read_until("onrecord> $", interrupt=True)
    terminal.type("SELECT sum(a.range * b.range % 7) FROM range(10000000) a, range(1000000) b;\n")
    time.sleep(1)
    terminal.read_until("onrecord> $", interrupt=True)  # by itself it would take hours
    terminal.type("SELECT 40 +\n2 AS answer;\n")
    assert "42" in terminal.read_until("└")
    terminal.type("DESCRIBE current_propo\t;\n")
    terminal.read_until("proposal_id")
    terminal.type(".quit\n")
    assert terminal.process.wait(60) == 0
    history = (tmp_path / "onrecord" / "history").read_text().splitlines()
    assert history[:2] == ["SELECT nothing;", ".nonsense"]
    assert "2 AS answer;" in history


# What a query may not do: write a file, read one that is no table, change a setting, load code, see the environment.
HOSTILE = [
    "COPY articles TO '{out}'",
    "WITH x AS (COPY (SELECT 1) TO '{out}') FROM x",
    "WITH x AS (COPY (SELECT 1) TO '{table}' (USE_TMP_FILE false)) FROM x",
    "WITH x AS (COPY (SELECT 1) TO 'release://issues.parquet' (USE_TMP_FILE false)) FROM x",
    "SELECT * FROM (WITH x AS (COPY (SELECT 1) TO '{table}' (USE_TMP_FILE false)) FROM x)",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{table}' (USE_TMP_FILE false)",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO 'release://issues.parquet' (USE_TMP_FILE false)",
    "EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1",
    "EXPLAIN ANALYZE CREATE OR REPLACE VIEW quotes AS SELECT 1",
    "EXPLAIN (ANALYZE) DROP VIEW quotes",
    "EXPLAIN ANALYZE SET threads = 1",
    "FROM query('WITH x AS (COPY (SELECT 1) TO ''{table}'' (USE_TMP_FILE false)) FROM x')",
    "FROM query('COPY (SELECT 1) TO ''{out}''')",
    "FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''{secret}'')'))",
    "CREATE TABLE t AS SELECT 1",
    "INSERT INTO articles BY NAME SELECT 1 AS word_count",
    "DROP VIEW articles",
    "ATTACH '{out}'",
    "EXPORT DATABASE '{out}'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "PRAGMA enable_profiling",
    "SET enable_external_access = true",
    "SET disabled_filesystems = ''",
    "RESET lock_configuration",
    "CALL enable_logging()",
    "FROM enable_profiling(save_location = '{out}')",
    "USE memory",
    "SELECT getenv('HOME')",
    "FROM read_csv('{secret}')",
    "FROM read_csv('/etc/passwd')",
    "FROM read_text('/etc/passwd')",
    "FROM read_blob('/proc/self/environ')",
    "FROM read_json('{secret}')",
    "FROM read_text('release://../../etc/passwd')",
    "FROM '{secret}'",
    "FROM glob('/*')",
    "FROM sniff_csv('{secret}')",
    "FROM read_duckdb('{secret}')",
    "FROM query('FROM read_text(''{secret}'')')",
    "FROM query_table('{secret}')",
    "FROM parquet_metadata('{table}')",
    "FROM read_csv('https://example.org/x.csv')",
    "FROM read_parquet('s3://bucket/x.parquet')",
    "FROM connection",  # no Python variable of ours is a table
    "SELECT 1; DROP VIEW articles",
]


@pytest.fixture(scope="module")
def attacked(release, tmp_path_factory):
    """A copy of the release that queries try to write to, and its checksums."""
    copy = shutil.copytree(release, tmp_path_factory.mktemp("attacked") / "test")
    return copy, store.sums_of(copy)


@pytest.mark.parametrize("opened", [open_release, open_for])
@pytest.mark.parametrize("query", HOSTILE)
def test_sql_neither_writes_nor_reads_anything_but_the_tables(attacked, tmp_path, query, opened):
    folder, before = attacked
    secret, out = tmp_path / "secret.csv", tmp_path / "out"
    secret.write_text("a\nsecret\n")
    query = query.format(secret=secret, out=out, table=folder / "issues.parquet")
    with open_release(folder) if opened is open_release else open_for(folder, query) as connection:
        with pytest.raises(QueryError):
            list(run_query(connection, query).batches)
        assert next(run_query(connection, "SELECT count(*) FROM articles").batches).to_pydict()["count_star()"] > [0]
    assert store.sums_of(folder) == before
    assert not out.exists()


def test_threads_that_read_one_file_do_not_move_each_other(tmp_path):
    (tmp_path / "file").write_bytes(bytes(range(100)))
    file = TableFile(tmp_path / "file")
    file.seek(10)
    other = threading.Thread(target=lambda: (file.seek(50), file.read(7)))
    other.start()
    other.join()
    assert file.read(2) == bytes([10, 11])
    assert file.tell() == 12
    file.close()


def test_a_table_that_many_threads_read_is_read_rightly(tmp_path):
    words = [f"{n * 2654435761 % 2**32:x}" * 3 for n in range(400_000)]
    for name in ("quotes", "mentions"):
        pq.write_table(pa.table({"text": words}), tmp_path / f"{name}.parquet", row_group_size=5000)
    with open_tables(tmp_path) as connection:
        for _ in range(5):
            query = "SELECT count(*), count(DISTINCT text), sum(length(text)) FROM quotes JOIN mentions USING (text)"
            assert connection.execute(query).fetchall() == [(400_000, 400_000, sum(map(len, words)))]


def test_what_a_table_says_cannot_steer_the_terminal(own_release, capfd):
    table = pq.read_table(own_release / "articles.parquet")
    rows = table.to_pylist()
    rows[0]["title"] = "\x1b]0;owned\x07\x9b2J<script>alert(1)</script>"
    pq.write_table(table.from_pylist(rows, schema=table.schema), own_release / "articles.parquet")
    main(["sql", "SELECT title FROM articles", "--release", str(own_release)])
    out = capfd.readouterr().out
    assert "<script>" in out
    assert not {"\x1b", "\x07", "\x9b"} & set(out)
