import { toSafeJson } from '../foreign/index.ts'
import type { RenderedObject } from './rendered.ts'
import { toYamlText, type KubeObject } from '../object/index.ts'

/** One YAML stream for `kubectl apply -f -`; equal objects give equal bytes. Empty for no objects. */
export function toYaml(objects: readonly RenderedObject[]): string {
  return objects.map(({ object }) => toYamlText(object)).join('---\n')
}

/** A `v1` List, as `kubectl get -o json` prints it. */
export function toJson(objects: readonly RenderedObject[]): string {
  const items: KubeObject[] = objects.map(({ object }) => object)
  return `${toSafeJson({ apiVersion: 'v1', kind: 'List', items }, 2)}\n`
}
