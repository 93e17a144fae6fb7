"""What is kept of networks that were drawn: held against a list of what was asked for last."""

import numpy as np

from lessons.network.kept_networks import KeptNetworks


def network(kilobytes):
    return {"weights": np.zeros(kilobytes << 10, np.uint8)}


def test_no_more_bytes_are_kept_than_asked_for_and_the_ones_used_last():
    kept, sizes = KeptNetworks(10 << 10), {"a": 4, "b": 4, "c": 4, "d": 9, "e": 30}
    for name, size in sizes.items():
        kept.put(name, 16, network(size))
        if name == "b":
            assert kept.get("a", 16) is not None  # now it is b that was not used for longest
        found = {each for each in sizes if kept._found.get(each)}
        assert found == {"a": {"a"}, "b": {"a", "b"}, "c": {"a", "c"}, "d": {"d"}, "e": {"e"}}[name]
        assert kept.bytes <= 10 << 10 or found == {"e"}  # the newest stays, however large


def test_a_network_with_more_layers_takes_the_place_of_the_one_with_fewer():
    kept = KeptNetworks(10 << 10)
    shallow, deep = network(1), network(2)
    kept.put("a", 16, shallow)
    assert kept.get("a", 16) is shallow and kept.get("a", 32) is None
    kept.put("a", 32, deep)
    assert kept.get("a", 16) is deep and kept.get("a", 32) is deep and kept.bytes == 2 << 10
