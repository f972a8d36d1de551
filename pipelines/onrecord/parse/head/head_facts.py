"""The facts that stand above the body, as they are collected line by line."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from onrecord.document import Publication


@dataclass(slots=True)
class Head:
    """What was read above the body. `rules` says for each line index why it is not body."""

    title: str | None = None
    known_title: str | None = None  # the headline that the comment section repeats
    section: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    publication: Publication | None = None
    is_update: bool = False
    first_body: int = 0
    rules: dict[int, str] = field(default_factory=dict)

    def add_authors(self, names: Iterable[str]) -> None:
        self.authors = tuple(dict.fromkeys((*self.authors, *names)))

    def add_outlet(self, name: str | None) -> None:
        """Takes the first outlet."""
        self.outlet = self.outlet or name

    def add_date(self, publication: Publication | None, *, is_update: bool) -> None:
        """Takes the first date that is not an update; an update only where nothing else is printed."""
        if publication and (self.publication is None or (self.is_update and not is_update)):
            if is_update:
                publication = replace(publication, evidence=f"{publication.evidence}; updated")
            self.publication, self.is_update = publication, is_update
