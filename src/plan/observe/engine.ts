import type { KubeObject } from '../../object/index.ts'

/** A GitOps engine that applies an object. */
export interface Engine {
  /** `the Flux Kustomization "flux-system/models"` */
  owner: string
  /** How it is made to let go of its objects and to leave them. */
  release: string
}

/**
 * By the marks that engines leave on each object that they apply: Flux's labels, Argo CD's tracking annotation, or its label
 * with its field manager. Undefined where none applies it. The last one who applied it with no mark is known by its field manager.
 */
export function engineOf(object: KubeObject): Engine | undefined {
  const { labels = {}, annotations = {}, managedFields = [] } = object.metadata
  const managers = new Set(managedFields.map(({ manager = '' }) => manager))
  const flux = fluxOwner(labels)
  if (flux !== undefined) return flux
  const tracked = annotations['argocd.argoproj.io/tracking-id']?.split(':')[0]
  if (tracked !== undefined) return argo(tracked)
  const isArgo = [...managers].some(manager => manager.startsWith('argocd'))
  const instance = labels['argocd.argoproj.io/instance'] ?? labels['app.kubernetes.io/instance']
  if (isArgo && instance !== undefined) return argo(instance)
  return managers.has('kustomize-controller') ? UNNAMED_FLUX : undefined
}

const UNNAMED_FLUX: Engine = {
  owner: 'a Flux Kustomization',
  release: 'delete the Kustomization with deletionPolicy Orphan, as handoff writes it',
}

function fluxOwner(labels: Readonly<Record<string, string>>): Engine | undefined {
  const kustomization = labelled(labels, 'kustomize')
  if (kustomization !== undefined) {
    const { name, namespace } = kustomization
    return {
      owner: `the Flux Kustomization "${namespace}/${name}"`,
      release: `with its deletionPolicy Orphan, as handoff writes it, that leaves the objects: kubectl -n ${namespace} delete kustomization ${name}`,
    }
  }
  const release = labelled(labels, 'helm')
  if (release === undefined) return undefined
  const { name, namespace } = release
  return {
    owner: `the Flux HelmRelease "${namespace}/${name}"`,
    release: `suspend it (flux suspend helmrelease ${name} -n ${namespace}); deleting it would uninstall`,
  }
}

function labelled(labels: Readonly<Record<string, string>>, controller: string) {
  const name = labels[`${controller}.toolkit.fluxcd.io/name`]
  const namespace = labels[`${controller}.toolkit.fluxcd.io/namespace`] ?? 'flux-system'
  return name === undefined ? undefined : { name, namespace }
}

/** Applications in another namespace than Argo CD's are written `namespace_name`. */
function argo(tracked: string): Engine {
  const [name = '', namespace] = tracked.split('_').toReversed()
  const where = namespace === undefined ? '' : ` -N ${namespace}`
  return {
    owner: `the Argo CD application "${name}"`,
    release: `delete the application and leave its objects: argocd app delete ${name}${where} --cascade=false`,
  }
}
