package deploy

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// cluster is what a kustomization makes, and the binary that runs in it.
type cluster struct {
	objects []runtime.Object
	binary  binary
}

// load returns a function that builds the kustomization in a folder.
func load(folder string) func(t *testing.T) *cluster {
	return func(t *testing.T) *cluster {
		t.Helper()
		return kustomize(t, filesys.MakeFsOnDisk(), folder)
	}
}

// kustomize builds the kustomization in a folder of files and decodes what it makes. A field
// or a kind that Kubernetes does not know, or a field that is there twice, is an error.
func kustomize(t *testing.T, files filesys.FileSystem, folder string) *cluster {
	t.Helper()
	made, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(files, folder)
	if err != nil {
		t.Fatal(err)
	}
	manifests, err := made.AsYaml()
	if err != nil {
		t.Fatal(err)
	}
	objects, err := decode(manifests)
	if err != nil {
		t.Fatal(err)
	}
	return &cluster{objects, facts(t)}
}

// decode reads manifests strictly.
func decode(manifests []byte) (objects []runtime.Object, err error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{appsv1.AddToScheme, autoscalingv2.AddToScheme, corev1.AddToScheme,
		networkingv1.AddToScheme, policyv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	decoder := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	documents := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(manifests)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		object, _, err := decoder.Decode(document, nil, nil)
		if err != nil {
			return nil, err
		}
		objects = append(objects, object)
	}
}

// A decoder that takes everything would find no misspelt field.
func TestDecodeIsStrict(t *testing.T) {
	for name, manifest := range map[string]string{
		"unknown field":  "{apiVersion: v1, kind: Service, spec: {sessionAfinity: None}}",
		"other case":     "{apiVersion: v1, kind: Service, spec: {Ports: []}}",
		"field twice":    "apiVersion: v1\nkind: Service\nkind: Service\n",
		"unknown kind":   "{apiVersion: v1, kind: Servise}",
		"other version":  "{apiVersion: policy/v1beta1, kind: PodDisruptionBudget}",
		"another's type": "{apiVersion: v1, kind: Service, spec: {ports: [{port: eighty}]}}",
	} {
		if _, err := decode([]byte(manifest)); err == nil {
			t.Errorf("%s: %q is taken", name, manifest)
		}
	}
}

// Files that no kustomization names would be read by nobody.
func TestEveryManifestIsUsed(t *testing.T) {
	for _, folder := range []string{"common", "base", "embedded"} {
		entries, err := os.ReadDir("kubernetes/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		kustomization, err := os.ReadFile("kubernetes/" + folder + "/kustomization.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if entry.Name() != "kustomization.yaml" && !bytes.Contains(kustomization, []byte("\n  - "+entry.Name()+"\n")) {
				t.Errorf("kubernetes/%s/kustomization.yaml does not name %s", folder, entry.Name())
			}
		}
	}
}

// find returns the object of a type and name, or an empty one, which breaks the rules.
func find[T any, P interface {
	*T
	metav1.Object
}](c *cluster, name string) P {
	for _, object := range c.objects {
		if o, ok := object.(P); ok && o.GetName() == name {
			return o
		}
	}
	return new(T)
}

func (c *cluster) namespace() *corev1.Namespace     { return find[corev1.Namespace](c, "items") }
func (c *cluster) service() *corev1.Service         { return find[corev1.Service](c, "items") }
func (c *cluster) account() *corev1.ServiceAccount  { return find[corev1.ServiceAccount](c, "items") }
func (c *cluster) deployment() *appsv1.Deployment   { return find[appsv1.Deployment](c, "items") }
func (c *cluster) statefulSet() *appsv1.StatefulSet { return find[appsv1.StatefulSet](c, "items") }
func (c *cluster) budget() *policyv1.PodDisruptionBudget {
	return find[policyv1.PodDisruptionBudget](c, "items")
}
func (c *cluster) scaler() *autoscalingv2.HorizontalPodAutoscaler {
	return find[autoscalingv2.HorizontalPodAutoscaler](c, "items")
}
func (c *cluster) network(name string) *networkingv1.NetworkPolicy {
	return find[networkingv1.NetworkPolicy](c, name)
}

// template returns what pods are made from.
func (c *cluster) template() *corev1.PodTemplateSpec {
	for _, object := range c.objects {
		switch o := object.(type) {
		case *appsv1.Deployment:
			return &o.Spec.Template
		case *appsv1.StatefulSet:
			return &o.Spec.Template
		}
	}
	return new(corev1.PodTemplateSpec)
}

func (c *cluster) pod() *corev1.PodSpec { return &c.template().Spec }

// main returns the container of the service.
func (c *cluster) main() *corev1.Container {
	for i := range c.pod().Containers {
		return &c.pod().Containers[i]
	}
	return new(corev1.Container)
}

// containers returns all containers of a pod.
func (c *cluster) containers() (all []*corev1.Container) {
	pod := c.pod()
	for i := range pod.InitContainers {
		all = append(all, &pod.InitContainers[i])
	}
	for i := range pod.Containers {
		all = append(all, &pod.Containers[i])
	}
	return all
}

// settingsOf returns the environment of a container by the ConfigMaps that it names.
func (c *cluster) settingsOf(container *corev1.Container) map[string]string {
	settings := make(map[string]string)
	for _, from := range container.EnvFrom {
		if from.ConfigMapRef != nil {
			maps.Copy(settings, find[corev1.ConfigMap](c, from.ConfigMapRef.Name).Data)
		}
	}
	for _, variable := range container.Env {
		settings[variable.Name] = variable.Value
	}
	return settings
}

func (c *cluster) settings() map[string]string { return c.settingsOf(c.main()) }

// set sets a variable of all containers.
func (c *cluster) set(name, value string) {
	for _, object := range c.objects {
		if m, ok := object.(*corev1.ConfigMap); ok {
			m.Data[name] = value
		}
	}
}
