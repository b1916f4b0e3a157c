import type { Cluster } from '../../src/cluster/index.ts'
import { refOf, type KubeObject } from '../../src/object/index.ts'
import type { Kubectl } from './kubectl.ts'

export interface Making {
  cluster: Cluster
  kubectl: Kubectl
  namespace: string
  /** With the namespace. */
  theirs: KubeObject[]
  /** What git says of each, with the set's labels. */
  git: KubeObject[]
}

/** How objects may have come into being, and who is written down for their fields: one way a row. */
export const SITUATIONS: Record<string, (making: Making) => Promise<void>> = {
  'kubectl apply': ({ kubectl, theirs }) => kubectl.applyClientSide(listOf(theirs)),
  'kubectl apply, then edited by hand': async ({ kubectl, namespace, theirs }) => {
    await kubectl.applyClientSide(listOf(theirs))
    const kinds = 'deployments,services,configmaps'
    await kubectl('-n', namespace, 'annotate', kinds, '--all', 'example.com/hand=yes')
  },
  'kubectl apply --server-side': ({ kubectl, theirs }) => kubectl.apply(listOf(theirs)),
  'kubectl create': ({ kubectl, theirs }) => kubectl.create(listOf(theirs), 'kubectl-create'),
  'another tool': ({ kubectl, theirs }) => kubectl.create(listOf(theirs), 'helm'),
  'an older slipway': async ({ cluster, theirs }) => {
    await Promise.all(theirs.map(object => cluster.create(object)))
  },
  'cleared managedFields': async ({ cluster, kubectl, theirs }) => {
    await kubectl.applyClientSide(listOf(theirs))
    await clear(cluster, theirs)
  },
  'cleared managedFields of our own': async ({ cluster, theirs, git }) => {
    await Promise.all(labelled(theirs, git).map(object => cluster.apply(object)))
    await clear(cluster, theirs)
  },
  'kubectl apply, then ours': async ({ cluster, kubectl, theirs }) => {
    await kubectl.applyClientSide(listOf(theirs))
    await Promise.all(theirs.map(object => cluster.apply(object, { force: true })))
  },
  'ours, then kubectl apply': async ({ cluster, kubectl, theirs }) => {
    await Promise.all(theirs.map(object => cluster.apply(object)))
    await kubectl.applyClientSide(listOf(theirs))
  },
  'ours in part, and kubectl apply': async ({ cluster, kubectl, theirs, git }) => {
    await kubectl.applyClientSide(listOf(theirs))
    const parts = git.map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata }))
    await Promise.all(parts.map(object => cluster.apply(object, { force: true })))
  },
  'restored from a backup of ours': ({ kubectl, theirs, git }) =>
    kubectl.create(listOf(labelled(theirs, git)), 'velero-server'),
}

function listOf(items: readonly KubeObject[]): object {
  return { apiVersion: 'v1', kind: 'List', items }
}

function labelled(theirs: readonly KubeObject[], git: readonly KubeObject[]): KubeObject[] {
  return theirs.map((object, index) => {
    const labels = { ...object.metadata.labels, ...git[index]?.metadata.labels }
    return { ...object, metadata: { ...object.metadata, labels } }
  })
}

async function clear(cluster: Cluster, objects: readonly KubeObject[]): Promise<void> {
  const nobody = { op: 'replace', path: '/metadata/managedFields', value: [{}] }
  await Promise.all(
    objects.map(object => cluster.patch(refOf(object), { type: 'json', operations: [nobody] })),
  )
}
