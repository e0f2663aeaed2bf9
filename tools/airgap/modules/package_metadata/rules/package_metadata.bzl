"""The rule by which Gazelle's repositories carry their module version."""

load("//providers:package_metadata_info.bzl", "PackageMetadataInfo")

def _package_metadata_impl(ctx):
    file = ctx.actions.declare_file(ctx.label.name + ".package-metadata.json")
    ctx.actions.write(file, json.encode({
        "attributes": {},
        "label": str(ctx.label),
        "purl": ctx.attr.purl,
    }))
    return [
        DefaultInfo(files = depset([file])),
        PackageMetadataInfo(files = depset([file]), metadata = file),
    ]

_package_metadata = rule(
    implementation = _package_metadata_impl,
    attrs = {"purl": attr.string(mandatory = True)},
)

def package_metadata(name, purl, **kwargs):
    """Declares the metadata of a package.

    Args:
      name: the name of the target.
      purl: the package URL, "pkg:golang/..." for a Go module.
      **kwargs: attributes that every rule has.
    """
    _package_metadata(
        name = name,
        purl = purl,
        # The metadata of a repository is the default of all its targets, this one
        # included: without an empty list it would describe itself, a cycle.
        applicable_licenses = [],
        **kwargs
    )
