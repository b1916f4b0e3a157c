import { toYamlText } from '../object/index.ts'
import { asksToStop } from '../kinds/index.ts'
import { inFolder, nameOf, type Fleet, type HandedEnvironment, type HandoffFile } from './fleet.ts'
import { FLUX_HEALTH, servedBy } from './flux-health.ts'
import { deploymentHealth } from './flux-workloads.ts'
import { folderOf, isKept, manifestFiles, wavesOf, type WaveOfObjects } from './manifests.ts'
import { scaledBy } from './scaled.ts'

const NAMESPACE = 'flux-system'

/**
 * For kustomize-controller 1.9 and newer: manifests, Kustomizations for their waves beside them, and for each environment what is given to its
 * cluster's Flux once: the source, and a Kustomization that brings those of the waves. They change with the manifests (what is asked of a
 * model, which objects there are), so they come from the same revision, before any wave of it.
 */
export function fluxFiles(fleet: Fleet): HandoffFile[] {
  return fleet.environments.flatMap(environment => [
    ...namespaceFiles(environment),
    ...manifestFiles(environment, object => (isKept(object) ? { [PRUNE]: 'disabled' } : {})),
    ...emptyWaves(environment),
    {
      path: `${folderOf(environment, 'flux')}/kustomizations.yaml`,
      text: steps(fleet, environment),
    },
    { path: `flux/${environment.name}.yaml`, text: entry(fleet, environment) },
  ])
}

const PRUNE = 'kustomize.toolkit.fluxcd.io/prune'

/** Of an environment that makes its namespace; it is never pruned. */
function namespaceFiles(environment: HandedEnvironment): HandoffFile[] {
  if (!environment.createNamespace) return []
  const { namespace: name } = environment
  const folder = waves(environment)[0]?.folder
  const object = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, annotations: { [PRUNE]: 'disabled' } },
  }
  return [{ path: `${folder}/${name}.yaml`, text: toYamlText(object) }]
}

/** A wave whose last object went is applied once more, so that the object goes, too; Flux takes no empty folder. */
function emptyWaves(environment: HandedEnvironment): HandoffFile[] {
  const nothing = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    metadata: { name: 'nothing' },
  }
  return waves(environment)
    .filter(({ wave, objects }) => wave !== 'namespace' && objects.length === 0)
    .map(({ folder }) => ({ path: `${folder}/kustomization.yaml`, text: toYamlText(nothing) }))
}

/** All of them, but that of namespaces where there is none: nothing in it is pruned. */
function waves(environment: HandedEnvironment): WaveOfObjects[] {
  return wavesOf(environment).filter(
    ({ wave, objects }) =>
      wave !== 'namespace' || objects.length > 0 || environment.createNamespace,
  )
}

function entry(fleet: Fleet, environment: HandedEnvironment): string {
  return [source(fleet), root(fleet, environment)].map(toYamlText).join('---\n')
}

function steps(fleet: Fleet, environment: HandedEnvironment): string {
  const all = waves(environment)
  return all
    .map((wave, index) => kustomization({ fleet, environment, wave, before: all[index - 1] }))
    .map(toYamlText)
    .join('---\n')
}

function source({ project, source: { url, branch, oci } }: Fleet): object {
  const spec =
    oci === undefined ? { url, ref: { branch } } : { url: oci.url, ref: { tag: oci.tag } }
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: sourceKind({ oci }),
    metadata: { name: project, namespace: NAMESPACE },
    spec: { interval: '1m', ...spec },
  }
}

function sourceKind({ oci }: Pick<Fleet['source'], 'oci'>): string {
  return oci === undefined ? 'GitRepository' : 'OCIRepository'
}

interface Step {
  fleet: Fleet
  environment: HandedEnvironment
  wave: WaveOfObjects
  before: WaveOfObjects | undefined
}

/** Brings the Kustomizations of the waves, and does not wait for them: they wait for it. */
function root(fleet: Fleet, environment: HandedEnvironment): object {
  return {
    ...objectOf(nameOf(fleet, environment.name)),
    spec: {
      ...common(fleet, folderOf(environment, 'flux')),
      timeout: '5m',
      wait: false,
    },
  }
}

function objectOf(name: string) {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: NAMESPACE },
  }
}

/** Deleting one leaves what it applied, so that the way back is open. */
function common(fleet: Fleet, folder: string) {
  return {
    interval: '10m',
    retryInterval: '1m',
    path: `./${inFolder(fleet.source, folder)}`,
    prune: true,
    deletionPolicy: 'Orphan',
    sourceRef: { kind: sourceKind(fleet.source), name: fleet.project },
  }
}

/**
 * One for each wave: the next begins when all of it is healthy, the first when this revision of all of them is there (Flux holds dependencies of
 * the same source to its revision).
 */
function kustomization({ fleet, environment, wave, before }: Step): object {
  const scaled = scaledBy(environment.objects)
  const after =
    before === undefined ? nameOf(fleet, environment.name) : stepName(fleet, environment, before)
  return {
    ...objectOf(stepName(fleet, environment, wave)),
    spec: {
      ...common(fleet, wave.folder),
      timeout: `${timeoutMinutes(wave)}m`,
      dependsOn: [{ name: after }],
      ...healthOf(wave),
      ...(wave.wave === 'workload' && scaled.length > 0 ? { ignore: scaled.map(replicasOf) } : {}),
      ...(environment.cluster === undefined
        ? {}
        : { kubeConfig: { secretRef: { name: environment.cluster } } }),
    },
  }
}

/** Another environment may be named as a wave of this one would be: `eu-service` beside `eu`. No environment has a dot in its name. */
function stepName(fleet: Fleet, { name }: HandedEnvironment, { wave }: WaveOfObjects): string {
  const usual = nameOf(fleet, name, wave)
  const isTaken = fleet.environments.some(each => nameOf(fleet, each.name) === usual)
  return isTaken ? `${nameOf(fleet, name)}.${wave}` : usual
}

function healthOf({ wave, objects }: WaveOfObjects): object {
  if (wave !== 'workload') return { wait: true, healthCheckExprs: FLUX_HEALTH }
  // KServe takes away what is below one that is to be stopped.
  const workloads = objects.map(({ object }) => object).filter(object => !asksToStop(object))
  const rules = deploymentHealth(workloads)
  return {
    wait: false,
    healthChecks: workloads.map(servedBy),
    ...(rules.length > 0 && { healthCheckExprs: rules }),
  }
}

function replicasOf({ group, kind, name, namespace }: ReturnType<typeof scaledBy>[number]): object {
  return { paths: ['/spec/replicas'], target: { group, kind, name, namespace } }
}

/** As long as the slowest model may load, and some more; in minutes. */
function timeoutMinutes({ wave, objects }: WaveOfObjects): number {
  if (wave !== 'workload' || objects.length === 0) return 5
  const seconds = Math.max(...objects.map(({ endpoint }) => endpoint.spec.loadTime))
  return Math.ceil(seconds / 60) + 10
}
