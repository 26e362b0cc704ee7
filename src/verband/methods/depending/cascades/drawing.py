"""Buffers drawn around the stated ones, from a seed: the same world for every candidate, so that these compare."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from verband.methods.depending.cascades.model import Parameters, sigma_of
from verband.methods.depending.cascades.system import Floats, Ints, System


def drawn_buffers(system: System, parameters: Parameters) -> Iterator[Floats]:
    """The buffers of each draw: lognormal, the stated buffer its median, independent of each other.

    Where a group states no spread that of the parameters holds. Which number a group gets depends on the names of its
    node and members, so that the order of the description changes nothing. A buffer of zero stays zero.
    """
    stated = np.where(np.isnan(system.spread), parameters.spread, system.spread)
    sigma = np.log(stated) * sigma_of(np.e)
    place = _places(system)
    for draw in range(parameters.draws):
        rng = np.random.default_rng([parameters.seed, draw])
        yield system.buffer_h * np.exp(sigma * rng.standard_normal(len(place))[place])


def _places(system: System) -> Ints:
    """For each group its place in the order of names."""

    def key(group: int) -> tuple[str, list[str], int, float]:
        members = system.members[system.start[group] : system.start[group + 1]]
        names = sorted(system.names[member] for member in members)
        return system.names[system.node[group]], names, int(system.need[group]), float(system.buffer_h[group])

    out = np.zeros(len(system.node), dtype=np.int32)
    out[sorted(range(len(system.node)), key=key)] = np.arange(len(system.node), dtype=np.int32)
    return out
