"""The rule that pushes to a registry."""

load("//oci/private:oci.bzl", "OCI", "launcher")

def _oci_push_impl(ctx):
    if not ctx.file.image.is_directory:
        fail("image attribute must be a oci_image or oci_image_index")
    files = {"image": ctx.file.image}
    if ctx.file.remote_tags:
        files["remote-tags"] = ctx.file.remote_tags
    arguments = []
    if ctx.attr.repository:
        arguments.append("--repository=" + ctx.attr.repository)
    output = ctx.actions.declare_file("push_%s.sh" % ctx.label.name)
    return launcher(ctx, output, "push", files, arguments)

oci_push = rule(
    implementation = _oci_push_impl,
    doc = "Pushes an image or index by its digest, and sets tags after that.",
    attrs = OCI | {
        "image": attr.label(
            doc = "An oci_image or oci_image_index.",
            allow_single_file = True,
            mandatory = True,
        ),
        "remote_tags": attr.label(doc = "Tags, one a line.", allow_single_file = True),
        "repository": attr.string(
            doc = "Where to push to, without a tag. -r takes its place.",
        ),
    },
    executable = True,
)
