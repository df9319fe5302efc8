"""A fence's YAML, read strictly, with the line on which every key stands."""

import re

import yaml

from lesson.fences.error import FenceError


class Keys(dict):
    """What a fence says; `lines` maps the path of every key and entry to its line, from 0."""

    lines: dict

    def line_of(self, reason):
        """Return the line of the first key that the text `reason` names in backticks, or None.

        Examples
        --------
        >>> from lesson.fences.reader import parse
        >>> parse("id: sum\\ngiven:\\n  stride: 0").line_of("`stride` must be at least 1")
        2
        """
        for name in re.findall(r"`([^`]+)`", reason):
            path = tuple(int(part) if part.isdigit() else part for part in re.findall(r"\w+", name))
            for length in range(len(path), 0, -1):
                for known, line in self.lines.items():
                    if known[-length:] == path[:length]:
                        return line
        return None


def parse(source):
    """Return the mapping that the YAML text says, as `Keys`.

    Raises
    ------
    FenceError
        It is no YAML or no mapping, a key stands twice, or is no word or number.
    """
    try:
        loader = yaml.SafeLoader(source)
        root = loader.get_single_node()
        lines = dict(_marks(root))
        data = loader.construct_document(root) if root else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable"
        line = mark.line if mark else None
        raise FenceError(f"the fence must be YAML; {problem}", line=line) from None
    if not isinstance(data, dict):
        raise FenceError("the fence must hold `key: value` lines")
    keys = Keys(data)
    keys.lines = lines
    return keys


def _marks(node, path=(), above=()):
    """Yield (path, line) of every key and entry under a node; refuse what is written twice."""
    if any(node is other for other in above):
        raise FenceError("the fence must not contain itself", line=node.start_mark.line)
    above = (*above, node)
    if isinstance(node, yaml.SequenceNode):
        for i, entry in enumerate(node.value):
            yield (*path, i), entry.start_mark.line
            yield from _marks(entry, (*path, i), above)
    elif isinstance(node, yaml.MappingNode):
        known = set()
        for key, value in node.value:
            line = key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                raise FenceError("the fence's keys must be words", line=line)
            if key.value in known:
                raise FenceError(f"`{key.value}` must stand once, got it twice", line=line)
            known.add(key.value)
            yield (*path, key.value), line
            yield from _marks(value, (*path, key.value), above)


def only(data, *names):
    """Refuse a fence that does not hold exactly these keys."""
    if set(data) != set(names):
        wanted = " and ".join(f"`{name}:`" for name in names)
        got = ", ".join(map(str, data)) or "no key"
        raise FenceError(f"the fence must hold {wanted} and nothing else, got {got}")


def nothing(source):
    """Refuse a fence that says anything."""
    if source.strip():
        raise FenceError("the fence must be empty")
