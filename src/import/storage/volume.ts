import { at, defined, text, type JsonMap } from '../../object/index.ts'
import { VOLUME_KINDS } from '../../spec/index.ts'
import { withoutDefaults } from '../pod-parts/without-defaults.ts'

interface Held {
  source: JsonMap
  /** Where the model server has it. */
  mount: JsonMap | undefined
}

/** What the spec cannot say of a volume, `pod` says: a second mount, items of a Secret. */
export function hasForm({ source, mount }: Held): boolean {
  const isAbsolute = mount === undefined || text(mount['mountPath'])?.startsWith('/') === true
  const isKnown = [...shortOf(source), ...rawOf(source)].length === 1
  return isAbsolute && isKnown
}

/** Without what the API server fills in. */
export function volumeOf({ source, mount = {} }: Held): JsonMap {
  const { mountPath, subPath, readOnly } = mount
  const own = Object.fromEntries([...shortOf(source), ...rawOf(source)])
  return defined({ name: source['name'], mountPath, subPath, readOnly, ...own })
}

type Entry = [field: string, value: unknown]

/** Of those that the spec has words of its own for. */
function shortOf(source: JsonMap): Entry[] {
  const short: Entry[] = [
    ['pvc', at(source, 'persistentVolumeClaim', 'claimName')],
    ['secret', at(source, 'secret', 'secretName')],
    ['configMap', at(source, 'configMap', 'name')],
    ['emptyDir', emptyDirOf(source['emptyDir'])],
  ]
  return short.filter(([, value]) => value !== undefined)
}

function emptyDirOf(emptyDir: unknown): JsonMap | undefined {
  const [medium, sizeLimit] = [at(emptyDir, 'medium'), at(emptyDir, 'sizeLimit')]
  const isUsual = [undefined, '', 'Memory'].includes(text(medium))
  if (emptyDir === undefined || !isUsual) return undefined
  return defined({ medium: medium === '' ? undefined : medium, sizeLimit })
}

function rawOf(source: JsonMap): Entry[] {
  const kinds = VOLUME_KINDS.filter(kind => source[kind] !== undefined)
  return kinds.map(kind => [kind, withoutDefaults(source[kind])])
}
