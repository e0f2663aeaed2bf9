#!/bin/sh
# Prints what a stamped build carries. Keys with STABLE_ rebuild what uses them.
echo "STABLE_VERSION $(git describe --tags --always --dirty 2>/dev/null || echo dev)"
echo "STABLE_REVISION $(git rev-parse HEAD 2>/dev/null || echo unknown)"
