package deploy

import (
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
)

// oneReplica holds that there is never a second one, since it would have other items.
func oneReplica(c *cluster, r *report) {
	spec := c.statefulSet().Spec
	same(r, "replicas", text(spec.Replicas), "1")
	r.want(c.matches(spec.Selector), "the selector to select the pods")
	same(r, "the strategy", spec.UpdateStrategy.Type, appsv1.RollingUpdateStatefulSetStrategyType)
	same(r, "the number of containers before the service", len(c.pod().InitContainers), 0)
}

// volume holds that the file of the items is on a volume that one pod has, and that outlives it.
func volume(c *cluster, r *report) {
	spec := c.statefulSet().Spec
	if len(spec.VolumeClaimTemplates) != 1 {
		r.addf("want one claim, not %d", len(spec.VolumeClaimTemplates))
		return
	}
	claim := spec.VolumeClaimTemplates[0]
	r.want(slices.Equal(claim.Spec.AccessModes, []corev1.PersistentVolumeAccessMode{corev1.ReadWriteOncePod}), "one pod to have it")
	size := claim.Spec.Resources.Requests[corev1.ResourceStorage]
	r.want(!size.IsZero(), "a size")
	file := strings.TrimPrefix(c.settings()["ITEMS_STORE"], "bolt:")
	r.want(within(file, c.mount(claim.Name, false)), "the file %s on the volume", file)
	policy := spec.PersistentVolumeClaimRetentionPolicy
	r.want(policy != nil && policy.WhenDeleted == appsv1.RetainPersistentVolumeClaimRetentionPolicyType &&
		policy.WhenScaled == appsv1.RetainPersistentVolumeClaimRetentionPolicyType, "the volume to be kept")
}
