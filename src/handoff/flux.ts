import { toYamlText } from '../render/index.ts'
import type { Fleet, HandedEnvironment, HandoffFile } from './fleet.ts'
import { inFolder, nameOf } from './fleet.ts'
import { FLUX_HEALTH, servedBy } from './flux-health.ts'
import { deploymentHealth } from './flux-workloads.ts'
import { isKept, manifestFiles, wavesOf } from './manifests.ts'
import type { WaveOfObjects } from './manifests.ts'
import { scaledBy } from './scaled.ts'

const NAMESPACE = 'flux-system'

/** For kustomize-controller 1.9 and newer: manifests, and for each environment what its cluster's Flux takes them by. */
export function fluxFiles(fleet: Fleet): HandoffFile[] {
  return fleet.environments.flatMap(environment => [
    ...manifestFiles(environment, object =>
      isKept(object) ? { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } : {},
    ),
    { path: `flux/${environment.name}.yaml`, text: documents(fleet, environment) },
  ])
}

function documents(fleet: Fleet, environment: HandedEnvironment): string {
  const waves = wavesOf(environment)
  const kustomizations = waves.map((wave, index) =>
    kustomization({ fleet, environment, wave, before: waves[index - 1] }),
  )
  return [source(fleet), ...kustomizations].map(toYamlText).join('---\n')
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

/** One for each wave: the next begins when all of it is healthy. Deleting one leaves what it applied, so that the way back is open. */
function kustomization({ fleet, environment, wave, before }: Step): object {
  const scaled = scaledBy(environment.objects)
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: nameOf(fleet, environment.name, wave.wave), namespace: NAMESPACE },
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: `${timeoutMinutes(wave)}m`,
      path: `./${inFolder(fleet.source, wave.folder)}`,
      prune: true,
      deletionPolicy: 'Orphan',
      sourceRef: { kind: sourceKind(fleet.source), name: fleet.project },
      ...(before === undefined
        ? {}
        : { dependsOn: [{ name: nameOf(fleet, environment.name, before.wave) }] }),
      ...healthOf(wave),
      ...(wave.wave === 'workload' && scaled.length > 0 ? { ignore: scaled.map(replicasOf) } : {}),
      ...(environment.cluster === undefined
        ? {}
        : { kubeConfig: { secretRef: { name: environment.cluster } } }),
    },
  }
}

function healthOf({ wave, objects }: WaveOfObjects): object {
  if (wave !== 'workload') return { wait: true, healthCheckExprs: FLUX_HEALTH }
  const workloads = objects.map(({ object }) => object)
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
  if (wave !== 'workload') return 5
  const seconds = Math.max(...objects.map(({ endpoint }) => endpoint.spec.loadTime))
  return Math.ceil(seconds / 60) + 10
}
