"""Text files that can carry values of the workspace status."""

def _text_impl(ctx):
    output = ctx.actions.declare_file(ctx.label.name + ".txt")
    if not ctx.attr.stamp:
        content = ctx.attr.content
        for key, value in ctx.attr.unstamped.items():
            content = content.replace("{%s}" % key, value)
        ctx.actions.write(output, content)
    else:
        template = ctx.actions.declare_file(ctx.label.name + ".template")
        ctx.actions.write(template, ctx.attr.content)
        ctx.actions.run(
            executable = ctx.executable._stamp,
            arguments = [template.path, ctx.info_file.path, output.path],
            inputs = [template, ctx.info_file],
            outputs = [output],
            mnemonic = "Stamp",
        )
    return [DefaultInfo(files = depset([output]))]

_text = rule(
    implementation = _text_impl,
    attrs = {
        "content": attr.string(mandatory = True),
        "stamp": attr.bool(mandatory = True),
        "unstamped": attr.string_dict(mandatory = True),
        "_stamp": attr.label(default = "//image/stamp", executable = True, cfg = "exec"),
    },
)

def text(name, content, unstamped = {}, **kwargs):
    """Writes a text file.

    Args:
      name: the name of the target; the file is name.txt.
      content: exactly what is in the file. {KEY} is the value of a key of the
        workspace status in stamped builds.
      unstamped: what {KEY} is in all other builds: the value for each KEY.
      **kwargs: attributes that every rule has.
    """
    _text(
        name = name,
        content = content,
        stamp = select({
            "//image:stamped": bool(unstamped),
            "//conditions:default": False,
        }),
        unstamped = unstamped,
        **kwargs
    )
