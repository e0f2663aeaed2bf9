package deploy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// matches reports whether a selector that is not empty selects the pods.
func (c *cluster) matches(selector *metav1.LabelSelector) bool {
	s, err := metav1.LabelSelectorAsSelector(selector)
	return err == nil && !s.Empty() && s.Matches(labels.Set(c.template().Labels))
}

// selectors holds that whatever selects pods selects these.
func selectors(c *cluster, r *report) {
	service := c.service().Spec.Selector
	r.want(len(service) > 0 && labels.SelectorFromSet(service).Matches(labels.Set(c.template().Labels)), "the Service to select the pods")
	for _, object := range c.objects {
		policy, is := object.(*networkingv1.NetworkPolicy)
		if o, err := meta.Accessor(object); is && err == nil && o.GetName() != "default-deny" {
			r.want(c.matches(&policy.Spec.PodSelector), "%s to select the pods", o.GetName())
		}
	}
}

// defaultDeny holds that what no policy allows is refused, for every pod and both ways.
func defaultDeny(c *cluster, r *report) {
	spec := c.network("default-deny").Spec
	r.want(len(spec.PodSelector.MatchLabels) == 0 && len(spec.PodSelector.MatchExpressions) == 0, "all pods")
	r.want(directed(spec, networkingv1.PolicyTypeIngress, networkingv1.PolicyTypeEgress), "both ways")
	r.want(len(spec.Ingress) == 0 && len(spec.Egress) == 0, "nothing allowed")
}

// directed reports whether a policy is about just these directions.
func directed(spec networkingv1.NetworkPolicySpec, wanted ...networkingv1.PolicyType) bool {
	return slices.Equal(spec.PolicyTypes, wanted)
}

// ingress holds that the public port is reached from everywhere, and the admin port by
// monitoring only.
func ingress(c *cluster, r *report) {
	spec := c.network("items-ingress").Spec
	r.want(directed(spec, networkingv1.PolicyTypeIngress), "the way in")
	var got []string
	for _, rule := range spec.Ingress {
		got = append(got, strings.Join(peers(rule.From), " or ")+" to "+portNames(rule.Ports))
	}
	allowed := []string{"all to TCP http", "namespaces with items/monitoring=true to TCP admin"}
	r.want(slices.Equal(got, allowed), "%q, not %q", allowed, got)
}

// egress holds that pods reach who resolves names, and the database that is set.
func egress(c *cluster, r *report) {
	spec := c.network("items-egress").Spec
	r.want(directed(spec, networkingv1.PolicyTypeEgress), "the way out")
	var got []string
	for _, rule := range spec.Egress {
		got = append(got, strings.Join(peers(rule.To), " or ")+" on "+portNames(rule.Ports))
	}
	at := database(c.settings())
	_, namespace, _ := strings.Cut(strings.TrimSuffix(at.Hostname(), ".svc"), ".")
	allowed := []string{
		"namespaces with kubernetes.io/metadata.name=kube-system and pods with k8s-app=kube-dns on UDP 53, TCP 53",
		"namespaces with kubernetes.io/metadata.name=" + namespace + " on TCP " + at.Port(),
	}
	r.want(slices.Equal(got, allowed), "%q, not %q", allowed, got)
}

// peers tells of the peers of a rule. None are all.
func peers(of []networkingv1.NetworkPolicyPeer) (texts []string) {
	if len(of) == 0 {
		return []string{"all"}
	}
	for _, peer := range of {
		var parts []string
		if peer.NamespaceSelector != nil {
			parts = append(parts, "namespaces with "+metav1.FormatLabelSelector(peer.NamespaceSelector))
		}
		if peer.PodSelector != nil {
			parts = append(parts, "pods with "+metav1.FormatLabelSelector(peer.PodSelector))
		}
		if peer.IPBlock != nil {
			parts = append(parts, "addresses in "+peer.IPBlock.CIDR)
		}
		texts = append(texts, strings.Join(parts, " and "))
	}
	return texts
}

// portNames tells of the ports of a rule. None are all.
func portNames(of []networkingv1.NetworkPolicyPort) string {
	var texts []string
	for _, port := range of {
		protocol := corev1.ProtocolTCP
		if port.Protocol != nil {
			protocol = *port.Protocol
		}
		name := "all"
		if port.Port != nil {
			name = port.Port.String()
		}
		if port.EndPort != nil {
			name += "-" + strconv.Itoa(int(*port.EndPort))
		}
		texts = append(texts, fmt.Sprintf("%s %s", protocol, name))
	}
	if len(texts) == 0 {
		return "all ports"
	}
	return strings.Join(texts, ", ")
}
