"""The rule for an index of images."""

load("//oci/private:oci.bzl", "OCI")

def _platforms_impl(_, attr):
    return [
        {"//command_line_option:platforms": str(platform)}
        for platform in attr.platforms
    ]

_platforms = transition(
    implementation = _platforms_impl,
    inputs = [],
    outputs = ["//command_line_option:platforms"],
)

def _oci_image_index_impl(ctx):
    if ctx.attr.platforms and len(ctx.attr.images) != len(ctx.attr.platforms):
        fail("platforms can only be specified when there is exactly one image in the images attribute.")
    output = ctx.actions.declare_directory(ctx.label.name)
    inputs = list(ctx.files.images)
    args = ctx.actions.args()
    args.add("index")
    args.add("--output", output.path)
    if ctx.file.annotations:
        args.add("--annotations", ctx.file.annotations)
        inputs.append(ctx.file.annotations)
    args.add_all(ctx.files.images, expand_directories = False)
    ctx.actions.run(
        executable = ctx.executable._oci,
        arguments = [args],
        inputs = inputs,
        outputs = [output],
        mnemonic = "OCIIndex",
        progress_message = "OCI Index %{label}",
    )
    return [DefaultInfo(files = depset([output]))]

oci_image_index = rule(
    implementation = _oci_image_index_impl,
    doc = "An index of images, as a directory with an OCI layout.",
    attrs = OCI | {
        "annotations": attr.label(
            doc = "Annotations of the index, key=value a line.",
            allow_single_file = True,
        ),
        "images": attr.label_list(
            doc = "The images; one if platforms are given.",
            mandatory = True,
            cfg = _platforms,
        ),
        "platforms": attr.label_list(
            doc = "The platforms to build the image for.",
            providers = [platform_common.PlatformInfo],
        ),
    },
)
