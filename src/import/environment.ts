import { at, defined, entries, text, type JsonMap } from '../object/index.ts'

export interface Variables {
  /** Of the user's. */
  env: JsonMap
  /** What slipway itself sets: PORT, HOME, MODEL_… */
  own: Record<string, string>
}

const OWN = [
  'PORT',
  'HOME',
  'MODEL_REF',
  'MODEL_FAMILY',
  'MODEL_JOB_TYPE',
  'MODEL_URI',
  'STORAGE_URI',
]

interface Expected {
  port: number
  home: boolean
  /** Slipway made the workload: elsewhere MODEL_URI may mean anything. */
  isOurs: boolean
  /** Only KServe's storage initializer reads STORAGE_URI, so only there slipway sets it. */
  onKserve: boolean
}

/** The variables of a container. Those that slipway would set to the same values, before all others, are its own. */
export function variablesOf(container: unknown, expected: Expected): Variables {
  const own: Record<string, string> = {}
  const env: JsonMap = {}
  let place = 0
  for (const variable of entries(at(container, 'env'))) {
    const name = text(variable['name']) ?? ''
    const value = text(variable['value'])
    const next = OWN.indexOf(name, place)
    if (next >= 0 && value !== undefined && isOwn(name, value, expected)) {
      own[name] = value
      place = next + 1
    } else {
      env[name] = valueOf(variable)
      place = OWN.length
    }
  }
  return { env: defined(env), own }
}

function isOwn(name: string, value: string, expected: Expected): boolean {
  const { port, home, isOurs, onKserve } = expected
  if (name === 'PORT') return value === String(port)
  if (name === 'HOME') return home && value === '/tmp'
  if (name === 'STORAGE_URI' && !onKserve) return false
  return isOurs && value !== ''
}

/** Undefined for what the spec has no form for. */
function valueOf(variable: JsonMap): unknown {
  const from = variable['valueFrom']
  if (from === undefined) return text(variable['value']) ?? ''
  const [secret, configMap] = [at(from, 'secretKeyRef'), at(from, 'configMapKeyRef')]
  if (secret !== undefined) return reference('secret', secret)
  if (configMap !== undefined) return reference('configMap', configMap)
  const field = at(from, 'fieldRef', 'fieldPath')
  return field === undefined ? undefined : { field }
}

function reference(kind: string, ref: unknown): JsonMap {
  const [name, key, optional] = [at(ref, 'name'), at(ref, 'key'), at(ref, 'optional')]
  return defined({ [kind]: name, key, optional })
}

export function sourcesOf(container: unknown): JsonMap[] | undefined {
  const sources = entries(at(container, 'envFrom')).map(source => {
    const kind = source['secretRef'] === undefined ? 'configMap' : 'secret'
    const ref = source['secretRef'] ?? source['configMapRef']
    return defined({
      [kind]: at(ref, 'name'),
      prefix: source['prefix'],
      optional: at(ref, 'optional'),
    })
  })
  return sources.length === 0 ? undefined : sources
}
