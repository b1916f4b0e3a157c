import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { APPLYSET, type KubeObject } from '../../../src/object/index.ts'
import { CHANGED_VERSION, isDeployment, type Workload } from '../../workload/workload.ts'
import type { Operation, Peer } from '../peer.ts'
import type { RawRequest } from './client.ts'
import { connectionOf } from './connection.ts'
import { collectionPath, objectPath } from './paths.ts'

/** The limit: nothing but the requests that the operation cannot do without, made up beforehand. */
export function rawPeer(): Peer {
  return {
    name: 'raw',
    version: `node ${process.version}`,
    command: job => {
      const steps = STEPS[job.operation](job.workload)
      const plan = join(job.home, `${job.operation}.json`)
      const client = join(job.home, 'client.mjs')
      writeFileSync(plan, JSON.stringify({ ...connectionOf(job.sandbox), steps }))
      writeFileSync(client, CLIENT)
      return { file: process.execPath, args: [client, plan] }
    },
  }
}

/** As JavaScript: Node takes a while to strip types. */
const CLIENT = transformSync(readFileSync(join(import.meta.dirname, 'client.ts'), 'utf8'), {
  loader: 'ts',
}).code

const STEPS: Record<Operation, (workload: Workload) => RawRequest[][]> = {
  first: ({ objects }) => [objects.map(object => apply(object))],
  noop: ({ objects }) => [listsOf(objects)],
  diff: ({ objects }) => [listsOf(objects), changesIn(objects, '&dryRun=All')],
  change: ({ objects }) => [listsOf(objects), changesIn(objects)],
  prune: ({ objects, removed }) => [listsOf(objects), removed.map(remove)],
  delete: ({ objects }) => [listsOf(objects), objects.map(remove)],
}

function changesIn(objects: readonly KubeObject[], more?: string): RawRequest[] {
  return objects.filter(isChanged).map(object => apply(object, more))
}

function isChanged(object: KubeObject): boolean {
  return isDeployment(object) && JSON.stringify(object).includes(`:${CHANGED_VERSION}"`)
}

function apply(object: KubeObject, more = ''): RawRequest {
  return {
    method: 'PATCH',
    path: `${objectPath(object)}?fieldManager=raw&force=true&fieldValidation=Ignore${more}`,
    contentType: 'application/apply-patch+yaml',
    body: object,
  }
}

const remove = (object: KubeObject): RawRequest => ({
  method: 'DELETE',
  path: objectPath(object),
  body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' },
})

/** One LIST by label per kind. */
function listsOf(objects: readonly KubeObject[]): RawRequest[] {
  const paths = new Map(objects.map(object => [collectionPath(object), object]))
  return [...paths].map(([path, { metadata }]) => {
    const set = `${APPLYSET.partOf}=${metadata.labels?.[APPLYSET.partOf]}`
    return { method: 'GET', path: `${path}?labelSelector=${encodeURIComponent(set)}` }
  })
}
