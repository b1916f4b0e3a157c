import { entries, isMap, type JsonMap } from '../object/index.ts'

/** Lists of a container and a pod that are merged by a key, as in Kubernetes' API types (`patchMergeKey`). Others are replaced. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  env: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  volumes: 'name',
  imagePullSecrets: 'name',
  initContainers: 'name',
  topologySpreadConstraints: 'topologyKey',
  hostAliases: 'ip',
}

/** Of which a patch replaces an entry (`retainKeys`): a volume has one source. */
const WHOLE = new Set(['volumes'])

/** Kubernetes' strategic merge patch of a container or a pod spec, without its directives. */
export function strategicMerge(base: JsonMap, patch: JsonMap): JsonMap {
  const merged: JsonMap = { ...base }
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue
    merged[field] = mergeField(field, base[field], value)
  }
  return merged
}

function mergeField(field: string, base: unknown, patch: unknown): unknown {
  const key = MERGE_KEYS[field]
  if (key !== undefined && Array.isArray(base) && Array.isArray(patch))
    return mergeList({ field, key, base: entries(base), patch: entries(patch) })
  return isMap(base) && isMap(patch) ? strategicMerge(base, patch) : patch
}

interface Lists {
  field: string
  key: string
  base: JsonMap[]
  patch: JsonMap[]
}

/** In the order that Kubernetes gives: the patch's entries as they are, and those of the base alone before what followed them there. */
function mergeList({ field, key, base, patch }: Lists): JsonMap[] {
  const places = new Map(base.map((entry, index) => [entry[key], index]))
  const changed = patch.map(entry => {
    const below = base[places.get(entry[key]) ?? -1]
    return below === undefined || WHOLE.has(field) ? entry : strategicMerge(below, entry)
  })
  const named = new Set(patch.map(entry => entry[key]))
  const kept = base.filter(entry => !named.has(entry[key]))
  const merged: JsonMap[] = []
  for (const entry of changed) {
    const place = places.get(entry[key]) ?? -1
    while (kept[0] !== undefined && (places.get(kept[0][key]) ?? 0) < place) {
      merged.push(...kept.splice(0, 1))
    }
    merged.push(entry)
  }
  return [...merged, ...kept]
}
