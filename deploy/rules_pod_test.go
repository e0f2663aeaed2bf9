package deploy

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// kinds holds that there are just these objects. ConfigMaps have names that change.
func kinds(wanted ...string) func(*cluster, *report) {
	return func(c *cluster, r *report) {
		var got []string
		for _, object := range c.objects {
			kind := object.GetObjectKind().GroupVersionKind().Kind
			if o, err := meta.Accessor(object); err == nil && kind != "ConfigMap" {
				kind += " " + o.GetName()
			}
			got = append(got, kind)
		}
		slices.Sort(got)
		r.want(slices.Equal(got, wanted), "the objects %q, not %q", wanted, got)
	}
}

// namespaces holds that all is in a namespace that refuses pods that break the profile.
func namespaces(c *cluster, r *report) {
	for _, mode := range []string{"enforce", "audit", "warn"} {
		label := "pod-security.kubernetes.io/" + mode
		same(r, label, c.namespace().Labels[label], "restricted")
		same(r, label+"-version", c.namespace().Labels[label+"-version"], "latest")
	}
	for _, object := range c.objects {
		o, err := meta.Accessor(object)
		if _, is := object.(*corev1.Namespace); !is && err == nil {
			same(r, "the namespace of "+o.GetName(), o.GetNamespace(), c.namespace().Name)
		}
	}
}

// profile asks what Kubernetes itself asks of pods in such a namespace.
func profile(c *cluster, r *report) {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		r.addf("%v", err)
		return
	}
	restricted := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	for _, result := range evaluator.EvaluatePod(restricted, &c.template().ObjectMeta, c.pod()) {
		r.want(result.Allowed, "none of %s: %s", result.ForbiddenReason, result.ForbiddenDetail)
	}
}

// user holds that pods run as the user of the image.
func user(c *cluster, r *report) {
	context := c.pod().SecurityContext
	if context == nil {
		context = new(corev1.PodSecurityContext)
	}
	same(r, "runAsUser", text(context.RunAsUser), c.binary.uid)
	same(r, "runAsGroup", text(context.RunAsGroup), c.binary.gid)
	same(r, "fsGroup", text(context.FSGroup), c.binary.gid)
	for _, container := range c.containers() {
		own := container.SecurityContext
		r.want(own != nil && own.RunAsUser == nil && own.RunAsGroup == nil, "the pod's user in %s", container.Name)
	}
}

// account holds that pods get no token for Kubernetes.
func account(c *cluster, r *report) {
	same(r, "serviceAccountName", c.pod().ServiceAccountName, c.account().Name)
	same(r, "automountServiceAccountToken of the account", text(c.account().AutomountServiceAccountToken), "false")
	same(r, "automountServiceAccountToken of the pod", text(c.pod().AutomountServiceAccountToken), "false")
	for _, volume := range c.pod().Volumes {
		r.want(volume.Projected == nil, "no token in the volume %s", volume.Name)
	}
}

// containers holds that each can do no more than it has to.
func containers(c *cluster, r *report) {
	for _, container := range c.containers() {
		context := container.SecurityContext
		if context == nil {
			context = new(corev1.SecurityContext)
		}
		same(r, "readOnlyRootFilesystem", text(context.ReadOnlyRootFilesystem), "true")
		same(r, "allowPrivilegeEscalation", text(context.AllowPrivilegeEscalation), "false")
		capabilities := context.Capabilities
		r.want(capabilities != nil && slices.Equal(capabilities.Drop, []corev1.Capability{"ALL"}) && len(capabilities.Add) == 0,
			"no capability in %s", container.Name)
		for _, resource := range []corev1.ResourceName{"cpu", "memory", "ephemeral-storage"} {
			request, requested := container.Resources.Requests[resource]
			limit, limited := container.Resources.Limits[resource]
			r.want(requested && !request.IsZero(), "a request of %s in %s", resource, container.Name)
			r.want(limited && limit.Cmp(request) >= 0, "a limit of %s in %s that is no less than the request", resource, container.Name)
		}
	}
}

// image holds that all containers run the image that users name.
func image(c *cluster, r *report) {
	for _, container := range c.containers() {
		same(r, "the image of "+container.Name, container.Image, "items:latest")
		same(r, "imagePullPolicy of "+container.Name, container.ImagePullPolicy, corev1.PullIfNotPresent)
		r.want(len(container.Command) == 0, "the image's entry point in %s", container.Name)
	}
}

// settings holds that the binary takes what containers are set up with.
func settings(c *cluster, r *report) {
	for _, container := range c.containers() {
		set := c.settingsOf(container)
		r.want(len(set) > 0, "settings of %s", container.Name)
		c.binary.checkSettings(set, r)
	}
}

// serviceLinks holds that other Services add nothing to the environment.
func serviceLinks(c *cluster, r *report) {
	same(r, "enableServiceLinks", text(c.pod().EnableServiceLinks), "false")
}

// ports holds that the ports are those at which the binary listens, and that the Service
// has the public one only.
func ports(c *cluster, r *report) {
	got := make(map[string]int32)
	for _, port := range c.main().Ports {
		got[port.Name] = port.ContainerPort
		r.want(port.HostPort == 0, "no port of the node for %s", port.Name)
	}
	same(r, "the number of ports", len(got), 2)
	same(r, "the port http", got["http"], c.binary.port(c.settings(), "ITEMS_ADDR"))
	same(r, "the port admin", got["admin"], c.binary.port(c.settings(), "ITEMS_ADMIN_ADDR"))
	service := c.service().Spec.Ports
	r.want(len(service) == 1 && service[0].TargetPort == intstr.FromString("http"), "the Service to have the public port only")
	r.want(c.service().Spec.Type == "" || c.service().Spec.Type == corev1.ServiceTypeClusterIP, "the Service to be within the cluster")
}

// probes holds that a pod is restarted when the process does not answer, and is asked
// for requests when the store does.
func probes(c *cluster, r *report) {
	container := c.main()
	same(r, "the startup probe", probePath(container.StartupProbe), "/livez")
	same(r, "the liveness probe", probePath(container.LivenessProbe), "/livez")
	same(r, "the readiness probe", probePath(container.ReadinessProbe), "/readyz")
}

// probePath returns the path that a probe asks for at the public port.
func probePath(probe *corev1.Probe) string {
	if probe == nil || probe.HTTPGet == nil || probe.HTTPGet.Port != intstr.FromString("http") {
		return ""
	}
	return strings.ToLower(string(probe.HTTPGet.Scheme)) + probe.HTTPGet.Path
}

// hooks holds that nothing but the service itself draws out its end.
func hooks(c *cluster, r *report) {
	for _, container := range c.containers() {
		r.want(container.Lifecycle == nil, "no hook in %s", container.Name)
	}
}
