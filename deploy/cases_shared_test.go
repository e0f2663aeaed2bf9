package deploy

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

type change = violating[*cluster]

// sharedCases break what holds for both kustomizations.
func sharedCases() []change {
	return []change{
		{"kinds", "not [", func(c *cluster) { c.objects = c.objects[1:] }},
		{"kinds", "not [", func(c *cluster) { c.objects = append(c.objects, c.objects[0]) }},
		{"namespace", "enforce is baseline", func(c *cluster) { c.namespace().Labels["pod-security.kubernetes.io/enforce"] = "baseline" }},
		{"namespace", "warn-version is v1.30", func(c *cluster) { c.namespace().Labels["pod-security.kubernetes.io/warn-version"] = "v1.30" }},
		{"namespace", "the namespace of items is default", func(c *cluster) { c.service().Namespace = "default" }},

		{"profile", "hostNetwork", func(c *cluster) { c.pod().HostNetwork = true }},
		{"profile", "runAsNonRoot", func(c *cluster) { c.pod().SecurityContext.RunAsNonRoot = nil }},
		{"profile", "seccompProfile", func(c *cluster) { c.pod().SecurityContext.SeccompProfile = nil }},
		{"profile", "unrestricted capabilities", func(c *cluster) { c.main().SecurityContext.Capabilities = nil }},
		{"profile", "privileged", func(c *cluster) { c.main().SecurityContext.Privileged = new(true) }},
		{"profile", "hostPath", func(c *cluster) {
			c.pod().Volumes = append(c.pod().Volumes, corev1.Volume{Name: "host",
				VolumeSource: corev1.VolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/"}}})
		}},

		{"user", "runAsUser is 1000, want 65532", func(c *cluster) { c.pod().SecurityContext.RunAsUser = new(int64(1000)) }},
		{"user", "runAsGroup is none", func(c *cluster) { c.pod().SecurityContext.RunAsGroup = nil }},
		{"user", "fsGroup is none", func(c *cluster) { c.pod().SecurityContext.FSGroup = nil }},
		{"user", "runAsUser is none", func(c *cluster) { c.pod().SecurityContext = nil }},
		{"user", "the pod's user in items", func(c *cluster) { c.main().SecurityContext.RunAsUser = new(int64(1)) }},
		{"user", "want 65533", func(c *cluster) { c.binary.uid = "65533" }},

		{"account", "serviceAccountName is default", func(c *cluster) { c.pod().ServiceAccountName = "default" }},
		{"account", "of the account is none", func(c *cluster) { c.account().AutomountServiceAccountToken = nil }},
		{"account", "of the pod is true", func(c *cluster) { c.pod().AutomountServiceAccountToken = new(true) }},
		{"account", "no token in the volume token", func(c *cluster) {
			c.pod().Volumes = append(c.pod().Volumes, corev1.Volume{Name: "token",
				VolumeSource: corev1.VolumeSource{Projected: new(corev1.ProjectedVolumeSource)}})
		}},

		{"containers", "readOnlyRootFilesystem is none", func(c *cluster) { c.main().SecurityContext.ReadOnlyRootFilesystem = nil }},
		{"containers", "allowPrivilegeEscalation is true", func(c *cluster) { c.main().SecurityContext.AllowPrivilegeEscalation = new(true) }},
		{"containers", "no capability in items", func(c *cluster) { c.main().SecurityContext.Capabilities.Add = []corev1.Capability{"NET_BIND_SERVICE"} }},
		{"containers", "no capability in items", func(c *cluster) { c.main().SecurityContext = nil }},
		{"containers", "a request of memory", func(c *cluster) { delete(c.main().Resources.Requests, "memory") }},
		{"containers", "a limit of cpu", func(c *cluster) { delete(c.main().Resources.Limits, "cpu") }},
		{"containers", "a limit of memory in items that is no less", func(c *cluster) {
			c.main().Resources.Requests["memory"] = c.main().Resources.Limits["memory"]
			c.main().Resources.Limits["memory"] = c.main().Resources.Requests["ephemeral-storage"]
		}},

		{"image", "want items:latest", func(c *cluster) { c.main().Image = "items" }},
		{"image", "want items:latest", func(c *cluster) { c.main().Image = "registry.example/items:latest" }},
		{"image", "imagePullPolicy of items is Always", func(c *cluster) { c.main().ImagePullPolicy = corev1.PullAlways }},
		{"image", "entry point", func(c *cluster) { c.main().Command = []string{"/server"} }},

		{"settings", "not ITEMS_STOER", func(c *cluster) { c.set("ITEMS_STOER", "bolt:x") }},
		{"settings", `invalid value \"10\"`, func(c *cluster) { c.set("ITEMS_SHUTDOWN_DELAY", "10") }},
		{"settings", "settings of items", func(c *cluster) { c.main().EnvFrom = nil }},
		{"settings", "as in PGPASSWORD", func(c *cluster) { c.set("PGPASSWORD", "secret") }},
		{"settings", "as in ITEMS_STORE", func(c *cluster) { c.set("ITEMS_STORE", "postgres://items:secret@database/items") }},
		{"service links", "none", func(c *cluster) { c.pod().EnableServiceLinks = nil }},

		{"ports", "the port http is 8081", func(c *cluster) { c.main().Ports[0].ContainerPort = 8081 }},
		{"ports", "the port http is 8080, want 80", func(c *cluster) { c.set("ITEMS_ADDR", ":80") }},
		{"ports", "the port admin is 9090, want 0", func(c *cluster) { c.set("ITEMS_ADMIN_ADDR", "") }},
		{"ports", "the number of ports", func(c *cluster) { c.main().Ports = c.main().Ports[:1] }},
		{"ports", "no port of the node", func(c *cluster) { c.main().Ports[0].HostPort = 8080 }},
		{"ports", "public port only", func(c *cluster) { c.service().Spec.Ports[0].TargetPort = intstr.FromString("admin") }},
		{"ports", "public port only", func(c *cluster) {
			c.service().Spec.Ports = append(c.service().Spec.Ports, corev1.ServicePort{Port: 9090, TargetPort: intstr.FromString("admin")})
		}},
		{"ports", "within the cluster", func(c *cluster) { c.service().Spec.Type = corev1.ServiceTypeNodePort }},

		{"probes", "the liveness probe is /readyz", func(c *cluster) { c.main().LivenessProbe.HTTPGet.Path = "/readyz" }},
		{"probes", "the readiness probe is /livez", func(c *cluster) { c.main().ReadinessProbe.HTTPGet.Path = "/livez" }},
		{"probes", "the startup probe is ", func(c *cluster) { c.main().StartupProbe = nil }},
		{"probes", "the readiness probe is ,", func(c *cluster) { c.main().ReadinessProbe.HTTPGet.Port = intstr.FromString("admin") }},
		{"probes", "the liveness probe is https/livez", func(c *cluster) { c.main().LivenessProbe.HTTPGet.Scheme = "HTTPS" }},

		{"selectors", "the Service to select", func(c *cluster) { c.service().Spec.Selector = nil }},
		{"selectors", "the Service to select", func(c *cluster) { c.service().Spec.Selector["app.kubernetes.io/name"] = "other" }},
		{"selectors", "items-ingress to select", func(c *cluster) { c.network("items-ingress").Spec.PodSelector.MatchLabels = nil }},

		{"default deny", "all pods", func(c *cluster) { c.network("default-deny").Spec.PodSelector.MatchLabels = map[string]string{"a": "b"} }},
		{"default deny", "both ways", func(c *cluster) {
			c.network("default-deny").Spec.PolicyTypes = c.network("default-deny").Spec.PolicyTypes[:1]
		}},
		{"default deny", "nothing allowed", func(c *cluster) {
			c.network("default-deny").Spec.Egress = []networkingv1.NetworkPolicyEgressRule{{}}
		}},
		{"ingress", "admin", func(c *cluster) { c.network("items-ingress").Spec.Ingress[1].From = nil }},
		{"ingress", "all ports", func(c *cluster) { c.network("items-ingress").Spec.Ingress[0].Ports = nil }},
		{"ingress", "-9999", func(c *cluster) { c.network("items-ingress").Spec.Ingress[0].Ports[0].EndPort = new(int32(9999)) }},
		{"ingress", "or namespaces", func(c *cluster) {
			from := &c.network("items-ingress").Spec.Ingress[1].From
			*from = append(*from, networkingv1.NetworkPolicyPeer{NamespaceSelector: (*from)[0].NamespaceSelector})
		}},
		{"ingress", "the way in", func(c *cluster) { c.network("items-ingress").Spec.PolicyTypes = nil }},

		{"hooks", "no hook in items", func(c *cluster) { c.main().Lifecycle = new(corev1.Lifecycle) }},
		{"drain", "not 30s", func(c *cluster) {
			c.pod().TerminationGracePeriodSeconds = new(int64(30))
			c.set("ITEMS_SHUTDOWN_TIMEOUT", "30s")
		}},
		{"drain", "not 0s", func(c *cluster) { c.pod().TerminationGracePeriodSeconds = nil }},
	}
}

// embeddedCases break what holds for the file.
func embeddedCases() []change {
	return []change{
		{"one replica", "replicas is 2", func(c *cluster) { c.statefulSet().Spec.Replicas = new(int32(2)) }},
		{"one replica", "replicas is none", func(c *cluster) { c.statefulSet().Spec.Replicas = nil }},
		{"one replica", "OnDelete", func(c *cluster) { c.statefulSet().Spec.UpdateStrategy.Type = appsv1.OnDeleteStatefulSetStrategyType }},
		{"one replica", "select the pods", func(c *cluster) { c.statefulSet().Spec.Selector.MatchLabels["a"] = "b" }},
		{"one replica", "before the service is 1", func(c *cluster) { c.pod().InitContainers = c.pod().Containers }},
		{"volume", "want one claim", func(c *cluster) { c.statefulSet().Spec.VolumeClaimTemplates = nil }},
		{"volume", "one pod to have it", func(c *cluster) {
			c.statefulSet().Spec.VolumeClaimTemplates[0].Spec.AccessModes = []corev1.PersistentVolumeAccessMode{corev1.ReadWriteMany}
		}},
		{"volume", "a size", func(c *cluster) { c.statefulSet().Spec.VolumeClaimTemplates[0].Spec.Resources.Requests = nil }},
		{"volume", "the file /tmp/items.db", func(c *cluster) { c.set("ITEMS_STORE", "bolt:/tmp/items.db") }},
		{"volume", "the file /data/items.db", func(c *cluster) { c.main().VolumeMounts[0].ReadOnly = true }},
		{"volume", "the file /data/items.db", func(c *cluster) { c.main().VolumeMounts[0].Name = "other" }},
		{"volume", "to be kept", func(c *cluster) {
			c.statefulSet().Spec.PersistentVolumeClaimRetentionPolicy.WhenDeleted = appsv1.DeletePersistentVolumeClaimRetentionPolicyType
		}},
		{"volume", "to be kept", func(c *cluster) { c.statefulSet().Spec.PersistentVolumeClaimRetentionPolicy = nil }},
	}
}
