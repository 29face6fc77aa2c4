"""A shadow of a site: who said what, and where it waits; it settles a tick in the plainest way (R1, R3)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from tests.attacks.shadow import Figures, Said, block_of


@dataclass
class Waiting:
    """One answer that waits, with its author's name."""

    author: str
    said: Said
    pool: int
    epoch: int


@dataclass(frozen=True)
class Ground:
    """How the units stand at a tick, and who may view each; ids and names."""

    parents: Mapping[int, int | None]
    closed: Collection[int]
    viewers: Mapping[int, Collection[str]]


@dataclass
class ShadowSite:
    """All answers that wait, by row; how long each pool has waited; and every block there ever was."""

    waiting: dict[bytes, Waiting] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    blocks: list[tuple[int, int, Figures]] = field(default_factory=list)
    # In which block, if any, an answer was counted: by row, never twice.
    block_of: dict[bytes, int] = field(default_factory=dict)

    def forget(self, author: str) -> None:
        """Drop everything of somebody's that waits."""
        self.waiting = {row: found for row, found in self.waiting.items() if found.author != author}

    def settle(self, number: int, ground: Ground, people_needed: int) -> None:
        """Run the tick of an epoch: from the lowest unit up, each pool is released, held or sent on."""
        for pool in sorted(ground.parents, key=lambda unit: (-_height(ground, unit), unit)):
            here = [
                row for row, found in self.waiting.items() if found.pool == pool and found.epoch <= number
            ]
            self._send_up(ground, [row for row in here if self.waiting[row].author in ground.viewers[pool]])
            stay = [row for row in here if row in self.waiting and self.waiting[row].pool == pool]
            self._settle_pool(number, ground, people_needed, pool, stay)
        for found in self.waiting.values():
            found.epoch = max(found.epoch, number + 1)
        # A tick's blocks stand in the order of their units.
        self.blocks.sort(key=lambda block: block[:2])

    def _settle_pool(
        self, number: int, ground: Ground, people_needed: int, pool: int, rows: list[bytes]
    ) -> None:
        said: dict[str, list[Said]] = defaultdict(list)
        for row in rows:
            said[self.waiting[row].author].append(self.waiting[row].said)
        figures = block_of(said, people_needed)
        if figures is not None:
            self.blocks.append((number, pool, figures))
            for row in rows:
                assert row not in self.block_of
                self.block_of[row] = len(self.blocks)
                del self.waiting[row]
        if figures is not None or not rows:
            self.held.pop(pool, None)
            return
        self.held[pool] = self.held.get(pool, 0) + 1
        if self.held[pool] >= _patience(ground, pool):
            del self.held[pool]
            self._send_up(ground, rows)

    def _send_up(self, ground: Ground, rows: list[bytes]) -> None:
        for row in rows:
            parent = ground.parents[self.waiting[row].pool]
            if parent is None:
                del self.waiting[row]
            else:
                self.waiting[row].pool = parent


def _height(ground: Ground, unit: int) -> int:
    parent = ground.parents[unit]
    return 0 if parent is None else 1 + _height(ground, parent)


def _patience(ground: Ground, pool: int) -> int:
    if pool in ground.closed:
        return 1
    return 8 if ground.parents[pool] is None else 4
