import { at, entries, equalValues, type JsonMap } from '../../object/index.ts'

/**
 * The init container that slipway makes for `model.fetch` (charts/fetch-model.ts): it is told the URI and the folder. Another of that name is
 * somebody's own, before and after slipway has adopted it.
 */
export function fetcherOf(pod: unknown): JsonMap | undefined {
  return entries(at(pod, 'initContainers')).find(isFetcher)
}

export function isFetcher({ name, args }: JsonMap): boolean {
  const [uri, ...rest] = Array.isArray(args) ? args : []
  return name === 'fetch-model' && uri !== undefined && equalValues(rest, ['/mnt/models'])
}
