import { isBlank, isMap, quantityOf, type JsonMap } from '../object/index.ts'

/** Lists of these keys are maps in truth: elements are found by key, whatever their order. */
const LIST_KEYS = ['name', 'containerPort', 'mountPath'] as const

/**
 * Where a live value does not carry a wanted one: `env[name=A].value`; undefined when it does. Live may have more
 * (defaults, injected entries); empty values may be left out, as the API server does; quantities are numbers.
 */
export function missingIn(live: unknown, wanted: unknown, path = ''): string | undefined {
  if (wanted === undefined || (isBlank(wanted) && isBlank(live))) return undefined
  if (Array.isArray(wanted)) return missingElement(Array.isArray(live) ? live : [], wanted, path)
  if (isMap(wanted)) return missingField(isMap(live) ? live : {}, wanted, path)
  return isSame(live, wanted, path) ? undefined : path
}

function missingField(live: JsonMap, wanted: JsonMap, path: string): string | undefined {
  for (const [key, value] of Object.entries(wanted)) {
    const missing = missingIn(live[key], value, path === '' ? key : `${path}.${key}`)
    if (missing !== undefined) return missing
  }
  return undefined
}

function missingElement(live: unknown[], wanted: unknown[], path: string): string | undefined {
  const key = LIST_KEYS.find(name => wanted.every(each => isMap(each) && each[name] !== undefined))
  if (key === undefined && live.length !== wanted.length) return path
  for (const [index, element] of wanted.entries()) {
    const value = key !== undefined && isMap(element) ? element[key] : undefined
    const place = key === undefined ? `${path}[${index}]` : `${path}[${key}=${String(value)}]`
    const counterpart =
      key === undefined ? live[index] : live.find(each => isMap(each) && each[key] === value)
    const missing = missingIn(counterpart, element, place)
    if (missing !== undefined) return missing
  }
  return undefined
}

function isSame(live: unknown, wanted: unknown, path: string): boolean {
  if (live === wanted) return true
  if (!/(^|\.)resources\./.test(path)) return false
  const quantity = quantityOf(wanted)
  return quantity !== undefined && quantity === quantityOf(live)
}
