package deploy

import (
	"net/http"
	"slices"
	"testing"
)

// shared are the rules for what both kustomizations make.
func shared() []rule[*cluster] {
	return []rule[*cluster]{
		{"namespace", namespaces},
		{"profile", profile},
		{"user", user},
		{"account", account},
		{"containers", containers},
		{"image", image},
		{"settings", settings},
		{"service links", serviceLinks},
		{"ports", ports},
		{"probes", probes},
		{"selectors", selectors},
		{"default deny", defaultDeny},
		{"ingress", ingress},
		{"hooks", hooks},
	}
}

func TestBase(t *testing.T) {
	rules := append(shared(),
		rule[*cluster]{"kinds", kinds("ConfigMap", "Deployment items", "HorizontalPodAutoscaler items", "Namespace items",
			"NetworkPolicy default-deny", "NetworkPolicy items-egress", "NetworkPolicy items-ingress",
			"PodDisruptionBudget items", "Service items", "ServiceAccount items")},
		rule[*cluster]{"rollout", rollout},
		rule[*cluster]{"drain", baseDrain},
		rule[*cluster]{"spread", spread},
		rule[*cluster]{"migration", migration},
		rule[*cluster]{"autoscaling", autoscaling},
		rule[*cluster]{"disruption", disruption},
		rule[*cluster]{"connections", connections},
		rule[*cluster]{"database", databaseAccess},
		rule[*cluster]{"egress", egress},
		rule[*cluster]{"nothing is kept", nothingKept},
	)
	testRules(t, load("kubernetes/base"), rules, slices.Concat(sharedCases(), baseCases(), networkCases()))
}

func TestEmbedded(t *testing.T) {
	rules := append(shared(),
		rule[*cluster]{"kinds", kinds("ConfigMap", "Namespace items", "NetworkPolicy default-deny",
			"NetworkPolicy items-ingress", "Service items", "ServiceAccount items", "StatefulSet items")},
		rule[*cluster]{"one replica", oneReplica},
		rule[*cluster]{"drain", embeddedDrain},
		rule[*cluster]{"volume", volume},
	)
	testRules(t, load("kubernetes/embedded"), rules, slices.Concat(sharedCases(), embeddedCases()))
}

// TestProbesAreAnswered asks the binary what the kubelet will.
func TestProbesAreAnswered(t *testing.T) {
	service := serve(t)
	for _, folder := range []string{"base", "embedded"} {
		container := load("kubernetes/" + folder)(t).main()
		for what, path := range map[string]string{"startup": probePath(container.StartupProbe),
			"liveness": probePath(container.LivenessProbe), "readiness": probePath(container.ReadinessProbe)} {
			if got := status(t, service+path); got != http.StatusOK {
				t.Errorf("%s: the %s probe of %q is answered with %d", folder, what, path, got)
			}
		}
	}
	if got := status(t, service+"/healthz"); got == http.StatusOK {
		t.Error("any path is answered with 200")
	}
}
