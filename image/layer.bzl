"""The rule for a layer of an image."""

load("@rules_pkg//pkg:providers.bzl", "PackageDirsInfo", "PackageFilesInfo")

def _entries(target):
    """Lists what a pkg_files or pkg_mkdirs puts into the layer."""
    entries = []
    if PackageFilesInfo in target:
        info = target[PackageFilesInfo]
        for path, source in info.dest_src_map.items():
            entries.append(dict(info.attributes, path = path, source = source.path))
    if PackageDirsInfo in target:
        info = target[PackageDirsInfo]
        for path in info.dirs:
            entries.append(dict(info.attributes, path = path))
    return entries

def _layer_impl(ctx):
    entries = []
    for target in ctx.attr.srcs:
        entries.extend(_entries(target))
    manifest = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.write(manifest, json.encode(entries))
    output = ctx.actions.declare_file(ctx.label.name + ".tar.gz")
    ctx.actions.run(
        executable = ctx.executable._layer,
        arguments = [manifest.path, output.path],
        inputs = depset([manifest], transitive = [target.files for target in ctx.attr.srcs]),
        outputs = [output],
        mnemonic = "Layer",
        progress_message = "Layer %{label}",
    )
    return [DefaultInfo(files = depset([output]))]

layer = rule(
    implementation = _layer_impl,
    doc = """A layer of an image: a tar archive, compressed by gzip, of files and directories.

Its bytes depend on nothing but these: all times are those of 1970. Each file and directory has
mode, uid and gid by pkg_attributes, and stands in a directory that is listed too.""",
    attrs = {
        "srcs": attr.label_list(
            doc = "What is in the layer.",
            providers = [[PackageFilesInfo], [PackageDirsInfo]],
            mandatory = True,
        ),
        "_layer": attr.label(default = "//image/layer", executable = True, cfg = "exec"),
    },
)
