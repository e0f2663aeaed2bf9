package main

const imagesHelp = `compare tells what container images consist of, and with -run how they run.

  go run ./compare [flags] IMAGE...         images that there are
  go run ./compare all [flags] [VARIANT...] builds every variant of the service, and measures all
  go run ./compare docs [-check]            makes the documents again of docs/comparison.json
  go run ./compare check [FILE]             holds a comparison to compare/budgets.txt

An IMAGE is docker-daemon:NAME or a NAME of the local engine, oci:DIRECTORY, docker-archive:FILE or
docker://NAME in a registry. By Bazel it is run so: bazel run //compare -- IMAGE...

Results go to standard output, progress to standard error. It ends with 1 where an image can't be read or
measured, and with 2 after wrong flags. Ctrl-C removes what was started and ends with 1.
`

const allHelp = `compare all builds the image of the service in each way that this repository has, and compares all.

  go run ./compare all                                    everything, as a table; some 20 minutes on two cores
  go run ./compare all -output json > new.json && mv new.json docs/comparison.json
  go run ./compare all -changes go -samples 1 multistage bazel

It needs a Docker engine on this machine (e2e/engine/with-docker COMMAND starts one, as root on Debian) and Go,
some GB of disk, and a machine that does nothing else. The names of the variants are traditional (Dockerfile),
multistage (Dockerfile.secure), bazel (//image) and ko. Their images stay in the engine.
`

const docsHelp = `compare docs makes docs/comparison.md, its picture, README's table and the home page's section again of
docs/comparison.json.
`

const checkHelp = `compare check holds a comparison to compare/budgets.txt and ends with 1 where a budget is exceeded, or where
its metric was not measured. FILE is what compare -output json wrote, docs/comparison.json if none is named.
`
