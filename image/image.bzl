"""The macro from a binary to its images."""

load("@rules_go//go:def.bzl", "go_cross_binary")
load("@rules_oci//oci:defs.bzl", "oci_image", "oci_image_index")
load("@rules_pkg//pkg:mappings.bzl", "pkg_files")
load("//image:layer.bzl", "layer")

def binary_images(name, binary, base, platforms, attributes, annotations, **kwargs):
    """Makes an image of a Go binary for each platform, and their index, once in a package.

    An image has two layers, the base and the binary: a change of the code changes
    only the second. The target of a platform's image has the platform's name, that
    for the architecture of this machine is name, and that for all is "index".

    Args:
      name: the name of the image for this machine's architecture.
      binary: a go_binary. In the image it is /NAME, with the name of the target.
      base: the layer below the binary.
      platforms: the platforms as GOOS_GOARCH.
      attributes: mode and owner of the binary, of pkg_attributes.
      annotations: a file with an annotation a line, as key=value. The images have
        them as labels too.
      **kwargs: how to run it, as oci_image takes it.
    """
    for platform in platforms:
        os, architecture = platform.split("_")
        go_cross_binary(
            name = "binary_" + platform,
            platform = "@rules_go//go/toolchain:" + platform,
            target = binary,
        )
        pkg_files(
            name = "binary_files_" + platform,
            srcs = [":binary_" + platform],
            attributes = attributes,
            renames = {":binary_" + platform: Label(binary).name},
        )
        layer(
            name = "binary_layer_" + platform,
            srcs = [":binary_files_" + platform],
        )
        oci_image(
            name = platform,
            annotations = annotations,
            architecture = architecture,
            labels = annotations,
            os = os,
            tars = [
                base,
                ":binary_layer_" + platform,
            ],
            **kwargs
        )

    native.alias(
        name = name,
        actual = select({
            "@rules_go//go/platform:" + platform.split("_")[1]: ":" + platform
            for platform in platforms
        }),
    )
    oci_image_index(
        name = "index",
        annotations = annotations,
        images = [":" + platform for platform in platforms],
    )
