package deploy

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// baseCases break what holds for replicas.
func baseCases() []change {
	migrate := func(c *cluster) *corev1.Container { return &c.pod().InitContainers[0] }
	spread := func(c *cluster) *corev1.TopologySpreadConstraint { return &c.pod().TopologySpreadConstraints[1] }
	return []change{
		{"rollout", "replicas is 2", func(c *cluster) { c.deployment().Spec.Replicas = new(int32(2)) }},
		{"rollout", "Recreate", func(c *cluster) { c.deployment().Spec.Strategy.Type = appsv1.RecreateDeploymentStrategyType }},
		{"rollout", "maxUnavailable 0", func(c *cluster) {
			c.deployment().Spec.Strategy.RollingUpdate.MaxUnavailable = new(intstr.FromString("25%"))
		}},
		{"rollout", "maxUnavailable 0", func(c *cluster) { c.deployment().Spec.Strategy.RollingUpdate = nil }},
		{"rollout", "maxSurge 1", func(c *cluster) { c.deployment().Spec.Strategy.RollingUpdate.MaxSurge = new(intstr.FromInt32(0)) }},
		{"rollout", "select the pods", func(c *cluster) { c.template().Labels = nil }},

		{"drain", "a shutdown delay of 5s at least, not 0s", func(c *cluster) { c.set("ITEMS_SHUTDOWN_DELAY", "0s") }},
		{"drain", "not 31s", func(c *cluster) { c.pod().TerminationGracePeriodSeconds = new(int64(31)) }},
		{"drain", "delay 1m0s", func(c *cluster) { c.set("ITEMS_SHUTDOWN_DELAY", "1m") }},

		{"spread", "maxSkew is 5", func(c *cluster) { spread(c).MaxSkew = 5 }},
		{"spread", "DoNotSchedule", func(c *cluster) { spread(c).WhenUnsatisfiable = corev1.DoNotSchedule }},
		{"spread", "hostname to select the pods", func(c *cluster) { spread(c).LabelSelector = nil }},
		{"spread", "each version", func(c *cluster) { spread(c).MatchLabelKeys = nil }},
		{"spread", "zone", func(c *cluster) { c.pod().TopologySpreadConstraints = c.pod().TopologySpreadConstraints[1:] }},

		{"migration", "not 0", func(c *cluster) { c.pod().InitContainers = nil }},
		{"migration", `not ["restore"]`, func(c *cluster) { migrate(c).Args = []string{"restore"} }},
		{"migration", "a command that the binary has", func(c *cluster) { c.binary.commands = []string{"version"} }},
		{"migration", "end before", func(c *cluster) { migrate(c).RestartPolicy = new(corev1.ContainerRestartPolicyAlways) }},
		{"migration", "the service's settings", func(c *cluster) { migrate(c).EnvFrom = nil }},
		{"migration", "the service's files", func(c *cluster) { migrate(c).VolumeMounts = nil }},
		{"image", "the image of migrate", func(c *cluster) { migrate(c).Image = "items:v1" }},
		{"containers", "no capability in migrate", func(c *cluster) { migrate(c).SecurityContext = nil }},

		{"autoscaling", "StatefulSet", func(c *cluster) { c.scaler().Spec.ScaleTargetRef.Kind = "StatefulSet" }},
		{"autoscaling", "two replicas", func(c *cluster) { c.scaler().Spec.MinReplicas = new(int32(1)) }},
		{"autoscaling", "room to grow", func(c *cluster) { c.scaler().Spec.MaxReplicas = 2 }},
		{"autoscaling", "the CPU", func(c *cluster) { c.scaler().Spec.Metrics = nil }},

		{"disruption", "one away", func(c *cluster) { c.budget().Spec.MaxUnavailable = new(intstr.FromString("50%")) }},
		{"disruption", "one away", func(c *cluster) { c.budget().Spec.MinAvailable = new(intstr.FromInt32(1)) }},
		{"disruption", "select the pods", func(c *cluster) { c.budget().Spec.Selector = nil }},
		{"disruption", "IfHealthyBudget", func(c *cluster) { c.budget().Spec.UnhealthyPodEvictionPolicy = new(policyv1.IfHealthyBudget) }},

		{"connections", "of 13 replicas", func(c *cluster) { c.scaler().Spec.MaxReplicas = 12 }},
		{"connections", "not 9 of each", func(c *cluster) { c.set("ITEMS_STORE_MAX_CONNS", "9") }},
		{"connections", "a number", func(c *cluster) { c.set("ITEMS_STORE_MAX_CONNS", "many") }},

		{"database", "sslmode is require", func(c *cluster) { c.set("ITEMS_STORE", "postgres://items@d/items?sslmode=require") }},
		{"database", "the scheme of the store is bolt", func(c *cluster) { c.set("ITEMS_STORE", "bolt:items.db") }},
		{"database", "sslrootcert in the secret", func(c *cluster) { c.set("ITEMS_STORE", "postgres://d/items?sslmode=verify-full&sslrootcert=/ca.crt") }},
		{"database", "PGPASSFILE in the secret", func(c *cluster) { c.set("PGPASSFILE", "/etc/items/databases/pgpass") }},
		{"database", "PGPASSFILE in the secret", func(c *cluster) { c.main().VolumeMounts = nil }},
		{"database", "the secret items-database", func(c *cluster) { c.pod().Volumes[0].Secret.SecretName = "other" }},
		{"database", "defaultMode is none", func(c *cluster) { c.pod().Volumes[0].Secret.DefaultMode = nil }},

		{"nothing is kept", "/data to be read only", func(c *cluster) { c.main().VolumeMounts[1].ReadOnly = false }},
		{"nothing is kept", "something over /data", func(c *cluster) { c.main().VolumeMounts = c.main().VolumeMounts[:1] }},
	}
}

// networkCases break whom replicas reach.
func networkCases() []change {
	out := func(c *cluster) []networkingv1.NetworkPolicyEgressRule { return c.network("items-egress").Spec.Egress }
	return []change{
		{"egress", "all on TCP 5432", func(c *cluster) { out(c)[1].To = nil }},
		{"egress", "all ports", func(c *cluster) { out(c)[1].Ports = nil }},
		{"egress", "UDP 5432", func(c *cluster) { out(c)[1].Ports[0].Protocol = new(corev1.ProtocolUDP) }},
		{"egress", "0.0.0.0/0", func(c *cluster) { out(c)[1].To[0].IPBlock = &networkingv1.IPBlock{CIDR: "0.0.0.0/0"} }},
		{"egress", "not [", func(c *cluster) { out(c)[0].To[0].PodSelector = nil }},
		{"egress", "name=storage", func(c *cluster) { c.set("ITEMS_STORE", "postgres://items@postgres.storage.svc:5432/items") }},
		{"egress", "TCP 6432", func(c *cluster) { c.set("ITEMS_STORE", "postgres://items@postgres.database.svc:6432/items") }},
		{"egress", "the way out", func(c *cluster) { c.network("items-egress").Spec.PolicyTypes = nil }},
		{"selectors", "items-egress to select", func(c *cluster) { c.network("items-egress").Spec.PodSelector.MatchLabels = nil }},
	}
}
