"""The provider by which a package says what it is."""

PackageMetadataInfo = provider(
    doc = "What a package says of itself.",
    fields = {
        "files": "depset of all files of the metadata",
        "metadata": "File: the metadata as JSON, with the package URL as purl",
    },
)
