# The image that people write first: one stage, everything stays in. It behaves
# like the image of Dockerfile.secure and is here to be compared with it.
#
#   docker build -t golang-traditional -f Dockerfile .
#
# What the single stage costs: the image carries the Go toolchain, a C compiler,
# git, a package manager, shells, the source, and the caches of the build. They
# dwarf the binary (docker image inspect tells), they all need security updates,
# and they all serve whoever breaks in. A changed line of Go compiles
# and ships everything after the modules anew. What it gives: a shell for
# debugging, and a file that is read in a minute.

# The Go version of go.mod; a test compares them.
ARG GO_VERSION=1.26.8
FROM golang:${GO_VERSION}-bookworm

# Modules change less often than the source, so they are a layer of their own.
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download

COPY . .
ARG VERSION=dev
ARG REVISION=unknown
RUN go build -ldflags "-X main.version=${VERSION} -X main.revision=${REVISION}" -o /server ./server

# The owner serves the default user. Group 0 serves platforms that run images
# under a uid of their own choice, which always has group 0.
RUN install --directory --owner=65532 --group=0 --mode=0770 /data
VOLUME /data

ARG GO_VERSION
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="items" \
      org.opencontainers.image.description="A REST API of items and a home page, single-stage image" \
      org.opencontainers.image.source="https://example.com/multistage" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="golang:${GO_VERSION}-bookworm" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"

ENV ITEMS_STORE=bolt:/data/items.db \
    ITEMS_LOG_FORMAT=json
WORKDIR /
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["/server", "healthcheck"]
ENTRYPOINT ["/server"]
