package deploy

import (
	"reflect"
	"slices"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// rollout holds that a new replica is ready before an old one ends, and that the
// number of replicas is the autoscaler's.
func rollout(c *cluster, r *report) {
	spec := c.deployment().Spec
	same(r, "replicas", text(spec.Replicas), "none")
	same(r, "the strategy", spec.Strategy.Type, appsv1.RollingUpdateDeploymentStrategyType)
	r.want(c.matches(spec.Selector), "the selector to select the pods")
	rolling := spec.Strategy.RollingUpdate
	if rolling == nil {
		rolling = new(appsv1.RollingUpdateDeployment)
	}
	r.want(rolling.MaxUnavailable != nil && *rolling.MaxUnavailable == intstr.FromInt32(0), "maxUnavailable 0")
	r.want(rolling.MaxSurge != nil && rolling.MaxSurge.Type == intstr.Int && rolling.MaxSurge.IntVal == 1, "maxSurge 1")
}

// baseDrain holds that requests are taken until no proxy sends any.
func baseDrain(c *cluster, r *report) {
	c.binary.checkDrain(c.settings(), grace(c), 5*time.Second, r)
}

func embeddedDrain(c *cluster, r *report) {
	c.binary.checkDrain(c.settings(), grace(c), 0, r)
}

// grace returns how long a pod may take to end.
func grace(c *cluster) time.Duration {
	seconds := c.pod().TerminationGracePeriodSeconds
	if seconds == nil {
		return 0
	}
	return time.Duration(*seconds) * time.Second
}

// spread holds that replicas are apart where there is room.
func spread(c *cluster, r *report) {
	var keys []string
	for _, constraint := range c.pod().TopologySpreadConstraints {
		keys = append(keys, constraint.TopologyKey)
		same(r, "maxSkew", constraint.MaxSkew, 1)
		same(r, "whenUnsatisfiable", constraint.WhenUnsatisfiable, corev1.ScheduleAnyway)
		r.want(c.matches(constraint.LabelSelector), "%s to select the pods", constraint.TopologyKey)
		r.want(slices.Equal(constraint.MatchLabelKeys, []string{"pod-template-hash"}), "each version spread by itself")
	}
	wanted := []string{corev1.LabelTopologyZone, corev1.LabelHostname}
	r.want(slices.Equal(keys, wanted), "%q, not %q", wanted, keys)
}

// migration holds that the schema is brought up to date before the service starts, by the
// same image with the same settings.
func migration(c *cluster, r *report) {
	before := c.pod().InitContainers
	if len(before) != 1 {
		r.addf("want one container before the service, not %d", len(before))
		return
	}
	migrate := before[0]
	r.want(slices.Equal(migrate.Args, []string{"migrate"}), "the arguments of migrate, not %q", migrate.Args)
	r.want(slices.Contains(c.binary.commands, "migrate"), "a command that the binary has")
	r.want(migrate.RestartPolicy == nil, "it to end before the service starts")
	r.want(reflect.DeepEqual(migrate.EnvFrom, c.main().EnvFrom) && reflect.DeepEqual(migrate.Env, c.main().Env), "the service's settings")
	r.want(reflect.DeepEqual(migrate.VolumeMounts, c.main().VolumeMounts), "the service's files")
}

// autoscaling holds that there are always two replicas, and more under load.
func autoscaling(c *cluster, r *report) {
	spec := c.scaler().Spec
	same(r, "what is scaled", spec.ScaleTargetRef.APIVersion+" "+spec.ScaleTargetRef.Kind+" "+spec.ScaleTargetRef.Name,
		"apps/v1 Deployment "+c.deployment().Name)
	r.want(spec.MinReplicas != nil && *spec.MinReplicas >= 2, "two replicas at least")
	r.want(spec.MinReplicas != nil && spec.MaxReplicas > *spec.MinReplicas, "room to grow")
	r.want(len(spec.Metrics) == 1 && spec.Metrics[0].Resource != nil && spec.Metrics[0].Resource.Name == corev1.ResourceCPU &&
		spec.Metrics[0].Resource.Target.AverageUtilization != nil, "the CPU to decide")
}

// disruption holds that nodes are emptied one replica at a time.
func disruption(c *cluster, r *report) {
	spec := c.budget().Spec
	r.want(c.matches(spec.Selector), "the budget to select the pods")
	r.want(spec.MinAvailable == nil && spec.MaxUnavailable != nil && *spec.MaxUnavailable == intstr.FromInt32(1), "one away at most")
	same(r, "unhealthyPodEvictionPolicy", text(spec.UnhealthyPodEvictionPolicy), string(policyv1.AlwaysAllow))
}

// connections holds that all replicas there may be, in a rollout too, have room.
func connections(c *cluster, r *report) {
	surge := 0
	if rolling := c.deployment().Spec.Strategy.RollingUpdate; rolling != nil && rolling.MaxSurge != nil {
		surge = rolling.MaxSurge.IntValue()
	}
	c.binary.checkConnections(c.settings(), int(c.scaler().Spec.MaxReplicas)+surge, r)
}

// databaseAccess holds that the database proves who it is, and that the password is in a
// file that only the service's group reads.
func databaseAccess(c *cluster, r *report) {
	set := c.settings()
	at := database(set)
	same(r, "the scheme of the store", at.Scheme, "postgres")
	same(r, "sslmode", at.Query().Get("sslmode"), "verify-full")
	for _, volume := range c.pod().Volumes {
		if volume.Secret != nil {
			same(r, "defaultMode", text(volume.Secret.DefaultMode), text(new(int32(0o440))))
		}
	}
	r.want(slices.ContainsFunc(c.pod().Volumes, func(v corev1.Volume) bool {
		return v.Name == "database" && v.Secret != nil && v.Secret.SecretName == "items-database"
	}), "the secret items-database")
	files := c.mount("database", true)
	r.want(within(at.Query().Get("sslrootcert"), files), "sslrootcert in the secret")
	r.want(within(set["PGPASSFILE"], files), "PGPASSFILE in the secret")
}

// mount returns where the service has a volume, or nothing where it is not as wanted.
func (c *cluster) mount(volume string, readOnly bool) string {
	for _, mount := range c.main().VolumeMounts {
		if mount.Name == volume && mount.ReadOnly == readOnly && mount.SubPath == "" {
			return mount.MountPath
		}
	}
	return ""
}

// nothingKept holds that a replica can write nowhere, the image's volume included.
func nothingKept(c *cluster, r *report) {
	over := false
	for _, mount := range c.main().VolumeMounts {
		r.want(mount.ReadOnly, "%s to be read only", mount.MountPath)
		over = over || mount.MountPath == "/data"
	}
	r.want(over, "something over /data")
}
