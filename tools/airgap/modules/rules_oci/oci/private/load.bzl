"""The rule that loads an image into an engine."""

load("//oci/private:oci.bzl", "OCI", "launcher")

def _oci_load_impl(ctx):
    tarball = ctx.actions.declare_file(ctx.label.name + "/tarball.tar")
    args = ctx.actions.args()
    args.add("tarball")
    args.add("--image", ctx.file.image.path)
    args.add("--tags", ctx.file.repo_tags)
    args.add("--output", tarball)
    ctx.actions.run(
        executable = ctx.executable._oci,
        arguments = [args],
        inputs = [ctx.file.image, ctx.file.repo_tags],
        outputs = [tarball],
        mnemonic = "OCITarball",
    )
    providers = launcher(
        ctx,
        ctx.actions.declare_file(ctx.label.name + ".sh"),
        "load",
        {"image": ctx.file.image, "tags": ctx.file.repo_tags},
    )
    return providers + [OutputGroupInfo(tarball = depset([tarball]))]

oci_load = rule(
    implementation = _oci_load_impl,
    doc = """Loads an image by docker, podman or nerdctl, the first that is on PATH.

The output group tarball is what it loads.""",
    attrs = OCI | {
        "image": attr.label(doc = "An oci_image.", allow_single_file = True, mandatory = True),
        "repo_tags": attr.label(
            doc = "Names for the image, one a line.",
            allow_single_file = [".txt"],
            mandatory = True,
        ),
    },
    executable = True,
)
