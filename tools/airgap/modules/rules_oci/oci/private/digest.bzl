"""The rule for the digest of an image or index."""

load("//oci/private:oci.bzl", "OCI")

def _oci_digest_impl(ctx):
    ctx.actions.run(
        executable = ctx.executable._oci,
        arguments = ["digest", ctx.file.image.path, ctx.outputs.out.path],
        inputs = [ctx.file.image],
        outputs = [ctx.outputs.out],
        mnemonic = "OCIDigest",
    )
    return [DefaultInfo(files = depset([ctx.outputs.out]))]

oci_digest = rule(
    implementation = _oci_digest_impl,
    doc = "A file with the digest of an image or index, and a newline.",
    attrs = OCI | {
        "image": attr.label(allow_single_file = True, mandatory = True),
        "out": attr.output(mandatory = True),
    },
)
