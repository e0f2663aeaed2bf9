"""The extension that bazel_tools uses; it makes no repository."""

buildozer_binary = module_extension(implementation = lambda _: None)
