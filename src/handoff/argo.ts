import { waveOf, type Wave } from '../kinds/index.ts'
import { compareText, toYamlText, type KubeObject } from '../object/index.ts'
import { ARGO_HEALTH } from './argo-health.ts'
import { inFolder, nameOf, type Fleet, type HandedEnvironment, type HandoffFile } from './fleet.ts'
import { isKept, manifestFiles } from './manifests.ts'
import { scaledBy } from './scaled.ts'

const NAMESPACE = 'argocd'

/** Workloads are the wave without an annotation: KServe would copy one to the pods. */
const SYNC_WAVES: Record<Wave, number> = {
  namespace: -2,
  configuration: -1,
  workload: 0,
  service: 1,
  traffic: 2,
}

/** For Argo CD 3: manifests, a project, an Application for each environment, and health rules for argocd-cm. */
export function argoFiles(fleet: Fleet): HandoffFile[] {
  const applications = fleet.environments.map(environment => application(fleet, environment))
  return [
    ...fleet.environments.flatMap(environment => manifestFiles(environment, annotate)),
    { path: 'argo/project.yaml', text: toYamlText(appProject(fleet)) },
    { path: 'argo/health.yaml', text: toYamlText(healthRules()) },
    ...applications.map(({ name, object }) => ({
      path: `argo/${OWN_FILES.has(name) ? `${name}.environment` : name}.yaml`,
      text: toYamlText(object),
    })),
  ]
}

/** Files that are of no environment; no environment has a dot in its name. */
const OWN_FILES = new Set(['project', 'health'])

function annotate(object: KubeObject): Record<string, string> {
  const wave = SYNC_WAVES[waveOf(object)]
  return {
    ...(wave === 0 ? {} : { 'argocd.argoproj.io/sync-wave': String(wave) }),
    ...(isKept(object) ? { 'argocd.argoproj.io/sync-options': 'Prune=false' } : {}),
  }
}

/** Only what the environments have may be written, and only into their namespaces. */
function appProject(fleet: Fleet): object {
  const { project, source, environments } = fleet
  const kinds = new Map(
    environments.flatMap(({ objects }) =>
      objects.map(({ object }) => [groupKindOf(object), object] as const),
    ),
  )
  const listed = (isNamespaced: boolean) =>
    [...kinds]
      .filter(([, { metadata }]) => (metadata.namespace !== undefined) === isNamespaced)
      .map(([groupKind]) => groupKind)
      .toSorted(compareText)
      .map(groupKind => {
        const [group = '', kind = ''] = groupKind.split('/')
        return { group, kind }
      })
  const creates = environments.some(({ createNamespace }) => createNamespace)
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: project, namespace: NAMESPACE },
    spec: {
      sourceRepos: [source.url],
      destinations: environments.flatMap(destinationsOf),
      namespaceResourceWhitelist: listed(true),
      clusterResourceWhitelist: [
        ...(creates ? [{ group: '', kind: 'Namespace' }] : []),
        ...listed(false),
      ],
    },
  }
}

function groupKindOf({ apiVersion, kind }: KubeObject): string {
  return `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`
}

function destinationsOf(environment: HandedEnvironment): object[] {
  const namespaces = environment.objects.flatMap(({ object }) => object.metadata.namespace ?? [])
  return [...new Set([environment.namespace, ...namespaces])].map(namespace => ({
    ...clusterOf(environment),
    namespace,
  }))
}

function clusterOf({ cluster }: HandedEnvironment): object {
  return cluster === undefined ? { server: 'https://kubernetes.default.svc' } : { name: cluster }
}

function application(fleet: Fleet, environment: HandedEnvironment) {
  const { project, source } = fleet
  const { name, namespace, createNamespace, objects } = environment
  const scaled = scaledBy(objects)
  const object = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    // Without a finalizer: deleting it leaves what it applied, so that the way back is open.
    metadata: { name: nameOf(fleet, name), namespace: NAMESPACE },
    spec: {
      project,
      source: {
        repoURL: source.url,
        targetRevision: source.branch,
        path: inFolder(source, `manifests/${name}`),
        directory: { recurse: true },
      },
      destination: { ...clusterOf(environment), namespace },
      syncPolicy: {
        automated: { prune: true, selfHeal: true, allowEmpty: false },
        // Without ApplyOutOfSyncOnly: what is in sync at the hand-over would get no tracking id, and never be pruned.
        syncOptions: [
          'ServerSideApply=true',
          'PruneLast=true',
          ...(scaled.length > 0 ? ['RespectIgnoreDifferences=true'] : []),
          ...(createNamespace ? ['CreateNamespace=true'] : []),
        ],
      },
      ...(scaled.length === 0
        ? {}
        : {
            ignoreDifferences: scaled.map(each => ({ ...each, jsonPointers: ['/spec/replicas'] })),
          }),
    },
  }
  return { name, object }
}

/** To be merged into Argo CD's own ConfigMap: kubectl patch, or its installation's values. */
function healthRules(): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cm',
      namespace: NAMESPACE,
      labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
    },
    data: Object.fromEntries(
      Object.entries(ARGO_HEALTH).map(([kind, lua]) => [
        `resource.customizations.health.${kind}`,
        lua,
      ]),
    ),
  }
}
