"""The program that does the work, and how a target runs it."""

load("@bazel_skylib//lib:shell.bzl", "shell")

# It is Go, and its place is in the project: a module here would need a go.mod and
# a version of each dependency of its own.
OCI = {
    "_oci": attr.label(
        default = Label("@@//tools/airgap/oci"),
        executable = True,
        cfg = "exec",
    ),
}

_LAUNCHER = """#!/bin/sh
# Runs oci with files of the runfiles tree, whether it is that of this program or of
# one that runs it.
runfiles=$0.runfiles
[ -d "$runfiles" ] || runfiles=${{RUNFILES_DIR:-$TEST_SRCDIR}}
exec {program} {command} {arguments} "$@"
"""

def launcher(ctx, output, command, files, arguments = []):
    """Makes a program that runs oci.

    Args:
      ctx: the context of the rule, which has the attributes of OCI.
      output: the program.
      command: the command of oci.
      files: files that it reads, by the name of their flag.
      arguments: further arguments.

    Returns:
      the providers of the target.
    """
    flags = ["--%s=%s" % (flag, _path(ctx, file)) for flag, file in files.items()]
    ctx.actions.write(
        output,
        _LAUNCHER.format(
            program = _path(ctx, ctx.executable._oci),
            command = command,
            arguments = " ".join(flags + [shell.quote(argument) for argument in arguments]),
        ),
        is_executable = True,
    )
    runfiles = ctx.runfiles(files.values()).merge(ctx.attr._oci[DefaultInfo].default_runfiles)
    return [DefaultInfo(executable = output, runfiles = runfiles)]

def _path(ctx, file):
    path = file.short_path
    path = path[3:] if path.startswith("../") else ctx.workspace_name + "/" + path
    return '"$runfiles"/' + shell.quote(path)
