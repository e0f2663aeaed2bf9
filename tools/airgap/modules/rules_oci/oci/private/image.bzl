"""The rule for an image."""

load("//oci/private:oci.bzl", "OCI")

# The attributes that are files, and flags of oci by the same name.
_FILES = [
    "annotations",
    "created",
    "entrypoint",
    "env",
    "exposed_ports",
    "labels",
    "volumes",
]

_STRINGS = [
    "architecture",
    "os",
    "user",
    "variant",
    "workdir",
]

def _flag(attribute):
    return "--" + attribute.replace("_", "-")

def _oci_image_impl(ctx):
    output = ctx.actions.declare_directory(ctx.label.name)
    inputs = list(ctx.files.tars)
    args = ctx.actions.args()
    args.add("image")

    # By the path alone: a directory as an argument would be the files in it.
    args.add("--output", output.path)
    for attribute in _FILES:
        file = getattr(ctx.file, attribute)
        if file:
            args.add(_flag(attribute), file)
            inputs.append(file)
    for attribute in _STRINGS:
        value = getattr(ctx.attr, attribute)
        if value:
            args.add(_flag(attribute), value)
    for layer in ctx.files.tars:
        args.add(layer.owner)
        args.add(layer)
    ctx.actions.run(
        executable = ctx.executable._oci,
        arguments = [args],
        inputs = inputs,
        outputs = [output],
        mnemonic = "OCIImage",
        progress_message = "OCI Image %{label}",
    )
    return [DefaultInfo(files = depset([output]))]

oci_image = rule(
    implementation = _oci_image_impl,
    doc = "An image of layers, as a directory with an OCI layout.",
    attrs = OCI | {
        "annotations": attr.label(
            doc = "Annotations of the manifest, key=value a line.",
            allow_single_file = True,
        ),
        "architecture": attr.string(doc = "As GOARCH.", mandatory = True),
        "created": attr.label(
            doc = "A file with nothing but a time as RFC 3339 has it.",
            allow_single_file = True,
        ),
        "entrypoint": attr.label(doc = "The command, a word a line.", allow_single_file = True),
        "env": attr.label(
            doc = "Environment variables, name=value a line.",
            allow_single_file = True,
        ),
        "exposed_ports": attr.label(
            doc = "Ports, with commas between.",
            allow_single_file = True,
        ),
        "labels": attr.label(
            doc = "Labels of the configuration, key=value a line.",
            allow_single_file = True,
        ),
        "os": attr.string(doc = "As GOOS.", mandatory = True),
        "tars": attr.label_list(
            doc = "The layers, the lowest first.",
            allow_files = [".tar", ".tar.gz", ".tgz"],
        ),
        "user": attr.string(doc = "The user, as uid:gid."),
        "variant": attr.string(doc = "The variant of the architecture, as v8."),
        "volumes": attr.label(doc = "Paths, with commas between.", allow_single_file = True),
        "workdir": attr.string(doc = "The working directory."),
    },
)
