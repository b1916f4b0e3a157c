// The Flux peer of the benchmark: Flux' own apply package with the options of kustomize-controller (SetConcurrency(4), owner
// labels, clean-up of other field managers, background deletion), on a folder of manifests instead of a source. The inventory, which
// the controller keeps in the status of its Kustomization, is a ConfigMap here.
//
//	flux (apply|diff|delete) -kubeconfig FILE -namespace NAMESPACE [-folder FOLDER]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fluxcd/cli-utils/pkg/object"
	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/normalize"
	"github.com/fluxcd/pkg/ssa/utils"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
)

const (
	controller  = "kustomize-controller"
	group       = "kustomize.toolkit.fluxcd.io"
	name        = "bench"
	concurrency = 4
)

// Of `flux reconcile`; the controller has no such limit of its own.
const timeout = 15 * time.Minute

type driver struct {
	client    client.Client
	manager   *ssa.ResourceManager
	namespace string
	folder    string
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("one of apply, diff, delete is wanted")
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	kubeconfig := flags.String("kubeconfig", "", "")
	namespace := flags.String("namespace", "", "")
	folder := flags.String("folder", "", "")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	kube, err := connect(*kubeconfig)
	if err != nil {
		return err
	}
	manager := ssa.NewResourceManager(kube, nil, ssa.Owner{Field: controller, Group: group})
	manager.SetConcurrency(concurrency)
	d := driver{client: kube, manager: manager, namespace: *namespace, folder: *folder}
	switch args[0] {
	case "apply":
		return d.apply(context.Background())
	case "diff":
		return d.diff(context.Background())
	case "delete":
		return d.delete(context.Background())
	}
	return fmt.Errorf("%s is none of apply, diff, delete", args[0])
}

func connect(kubeconfig string) (client.Client, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	// No limit of the client's own.
	config.QPS = -1
	httpClient, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	mapper, err := apiutil.NewDynamicRESTMapper(config, httpClient)
	if err != nil {
		return nil, err
	}
	return client.New(config, client.Options{HTTPClient: httpClient, Mapper: mapper})
}

func (d driver) apply(ctx context.Context) error {
	objects, err := d.read()
	if err != nil {
		return err
	}
	changes, err := d.manager.ApplyAllStaged(ctx, objects, applyOptions())
	if err != nil {
		return err
	}
	before, err := d.inventory(ctx)
	if err != nil {
		return err
	}
	after := changes.ToObjMetadataSet()
	if err := d.record(ctx, after); err != nil {
		return err
	}
	if err := d.remove(ctx, before.Diff(after)); err != nil {
		return err
	}
	for _, change := range changes.Entries {
		if change.Action != ssa.UnchangedAction {
			fmt.Println(change)
		}
	}
	return nil
}

// As `flux diff kustomization` does: one object after the other.
func (d driver) diff(ctx context.Context) error {
	objects, err := d.read()
	if err != nil {
		return err
	}
	for _, one := range objects {
		change, _, _, err := d.manager.Diff(ctx, one, ssa.DefaultDiffOptions())
		if err != nil {
			return err
		}
		if change.Action != ssa.UnchangedAction {
			fmt.Println(change)
		}
	}
	return nil
}

func (d driver) delete(ctx context.Context) error {
	all, err := d.inventory(ctx)
	if err != nil {
		return err
	}
	if err := d.remove(ctx, all); err != nil {
		return err
	}
	return client.IgnoreNotFound(d.client.Delete(ctx, d.configMap(nil)))
}

func (d driver) read() ([]*unstructured.Unstructured, error) {
	files, err := filepath.Glob(filepath.Join(d.folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var all []*unstructured.Unstructured
	for _, file := range files {
		objects, err := readFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, objects...)
	}
	d.manager.SetOwnerLabels(all, name, d.namespace)
	return all, normalize.UnstructuredList(all)
}

func readFile(file string) ([]*unstructured.Unstructured, error) {
	reader, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return utils.ReadObjects(reader)
}

// Deletes what is left of these and waits until it is gone.
func (d driver) remove(ctx context.Context, stale object.ObjMetadataSet) error {
	var objects []*unstructured.Unstructured
	for _, id := range stale {
		mapping, err := d.client.RESTMapper().RESTMapping(id.GroupKind)
		if err != nil {
			return err
		}
		one := &unstructured.Unstructured{}
		one.SetGroupVersionKind(mapping.GroupVersionKind)
		one.SetName(id.Name)
		one.SetNamespace(id.Namespace)
		objects = append(objects, one)
	}
	changes, err := d.manager.DeleteAll(ctx, objects, deleteOptions(d.manager.GetOwnerLabels(name, d.namespace)))
	if err != nil {
		return err
	}
	return d.manager.WaitForSetTermination(changes, ssa.WaitOptions{Interval: 2 * time.Second, Timeout: timeout})
}

func (d driver) inventory(ctx context.Context) (object.ObjMetadataSet, error) {
	recorded := d.configMap(nil)
	err := d.client.Get(ctx, client.ObjectKeyFromObject(recorded), recorded)
	if client.IgnoreNotFound(err) != nil {
		return nil, err
	}
	return object.FromStringMap(recorded.Data)
}

func (d driver) record(ctx context.Context, objects object.ObjMetadataSet) error {
	return d.client.Patch(ctx, d.configMap(objects.ToStringMap()), client.Apply, client.FieldOwner(controller), client.ForceOwnership)
}

func (d driver) configMap(data map[string]string) *corev1.ConfigMap {
	return &corev1.ConfigMap{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ConfigMap"},
		ObjectMeta: metav1.ObjectMeta{Name: "flux-inventory", Namespace: d.namespace},
		Data:       data,
	}
}
