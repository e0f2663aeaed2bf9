"""Attributes that are given as values, or as a file that holds them."""

load("@bazel_skylib//rules:write_file.bzl", "write_file")

_COMMON = [
    "compatible_with",
    "exec_compatible_with",
    "features",
    "restricted_to",
    "tags",
    "target_compatible_with",
    "testonly",
    "visibility",
]

def attributes(name, kwargs):
    """Returns functions that write an attribute of a target to a file.

    Each takes the name of the attribute and its value, and returns the label of the
    file. A value that is a label already, or None, is returned as it is.

    Args:
      name: the name of the target.
      kwargs: its other attributes.

    Returns:
      the functions, and as common the attributes that targets beside it share.
    """
    common = {key: kwargs[key] for key in _COMMON if key in kwargs}

    def write(kind, content):
        target = "{}_write_{}".format(name, kind)
        write_file(
            name = target,
            out = "{}.{}.txt".format(name, kind),
            content = content,
            **dict(common, tags = ["manual"])
        )
        return target

    def pairs(kind, value):
        return write(kind, ["%s=%s" % pair for pair in value.items()]) if type(value) == "dict" else value

    def lines(kind, value):
        return write(kind, value) if type(value) == "list" else value

    def command(kind, value):
        return write(kind, [word.replace("\n", "%5Cn") for word in value]) if type(value) == "list" else value

    def set(kind, value):
        return write(kind, [",".join(value)]) if type(value) == "list" else value

    return struct(command = command, common = common, lines = lines, pairs = pairs, set = set)
