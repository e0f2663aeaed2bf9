#!/bin/sh
# Prints what a stamped build carries. Keys with STABLE_ rebuild what uses them.
version=$(git describe --tags --always --dirty 2>/dev/null || echo dev)
echo "STABLE_VERSION $version"
echo "STABLE_REVISION $(git rev-parse HEAD 2>/dev/null || echo unknown)"
# Tags of images have fewer characters than tags of Git, and at most 128.
echo "STABLE_TAG $(echo "$version" | tr -c 'A-Za-z0-9_.\n-' - | sed 's/^[.-]/_/' | cut -c 1-128)"
created=$(TZ=UTC0 git -c log.showSignature=false log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd 2>/dev/null)
echo "STABLE_CREATED ${created:-1970-01-01T00:00:00Z}"
