"""The rules, by the names and with the attributes of rules_oci."""

load("//oci/private:attributes.bzl", "attributes")
load("//oci/private:digest.bzl", "oci_digest")
load("//oci/private:image.bzl", _oci_image = "oci_image")
load("//oci/private:index.bzl", _oci_image_index = "oci_image_index")
load("//oci/private:load.bzl", _oci_load = "oci_load")
load("//oci/private:push.bzl", _oci_push = "oci_push")

def oci_image(
        name,
        annotations = None,
        entrypoint = None,
        env = None,
        exposed_ports = None,
        labels = None,
        volumes = None,
        **kwargs):
    """Makes an image of layers, and NAME.digest, a file with its digest.

    Each attribute below may also be the label of a file, as it is written here.

    Args:
      name: the name of the target.
      annotations: annotations of the manifest, a dict; in a file, key=value a line.
      entrypoint: the command, a list; in a file, a word a line.
      env: environment variables, a dict; in a file, name=value a line.
      exposed_ports: ports as "8080/tcp", a list; in a file, with commas between.
      labels: labels of the configuration, a dict; in a file, key=value a line.
      volumes: paths, a list; in a file, with commas between.
      **kwargs: the other attributes of the rule.
    """
    file = attributes(name, kwargs)
    _oci_image(
        name = name,
        annotations = file.pairs("annotations", annotations),
        entrypoint = file.command("entrypoint", entrypoint),
        env = file.pairs("env", env),
        exposed_ports = file.set("exposed_ports", exposed_ports),
        labels = file.pairs("labels", labels),
        volumes = file.set("volumes", volumes),
        **kwargs
    )
    oci_digest(
        name = name + ".digest",
        image = name,
        out = name + ".json.sha256",
        **file.common
    )

def oci_image_index(name, annotations = None, **kwargs):
    """Makes an index of images, and NAME.digest, a file with its digest.

    Args:
      name: the name of the target.
      annotations: annotations of the index, a dict, or a file with key=value a line.
      **kwargs: the other attributes of the rule.
    """
    file = attributes(name, kwargs)
    _oci_image_index(
        name = name,
        annotations = file.pairs("annotations", annotations),
        **kwargs
    )
    oci_digest(
        name = name + ".digest",
        image = name,
        out = name + ".json.sha256",
        **file.common
    )

def oci_load(name, repo_tags, **kwargs):
    """Loads an image into the engine of this machine, when it is run.

    Args:
      name: the name of the target.
      repo_tags: names for the image, a list, or a file with one a line.
      **kwargs: the other attributes of the rule.
    """
    _oci_load(
        name = name,
        repo_tags = attributes(name, kwargs).lines("tags", repo_tags),
        **kwargs
    )

def oci_push(name, remote_tags = None, **kwargs):
    """Pushes an image or index to a registry, when it is run.

    Args:
      name: the name of the target.
      remote_tags: tags to set, a list, or a file with one a line.
      **kwargs: the other attributes of the rule.
    """
    _oci_push(
        name = name,
        remote_tags = attributes(name, kwargs).lines("tags", remote_tags),
        **kwargs
    )
