import { at, formatRef, refOf } from '../../object/index.ts'
import { schemaFaults, type SchemaFault } from '../../schema/index.ts'
import { maskObject } from '../../secret/index.ts'
import { pathText, valueText } from '../../spec/index.ts'
import type { Rendering } from '../rendered.ts'
import type { Finding, Findings, Rule } from './rule.ts'
import { specFieldOf } from './spec-field.ts'

/** Every object has only fields that its kind has where it is applied, with values of their types: what the API server's strict validation would refuse. */
export const schema: Rule = {
  id: 'schema',
  find: view => view.all.flatMap(findingsOf),
}

function findingsOf(rendering: Rendering): Findings {
  const { kserveVersion, kubernetesVersion } = rendering.endpoint
  const faults = schemaFaults(rendering.object, {
    kserve: kserveVersion,
    ...(kubernetesVersion !== undefined && { kubernetes: kubernetesVersion }),
  })
  return faults.filter(fault => !isPortOfProbe(fault)).map(fault => findingOf(rendering, fault))
}

/** A name where gRPC takes a number is one that no port has: port-probe says which there are. */
function isPortOfProbe({ path, found }: SchemaFault): boolean {
  const [owner, field] = path.slice(-2)
  return owner === 'grpc' && field === 'port' && typeof found === 'string'
}

function findingOf(rendering: Rendering, fault: SchemaFault): Finding {
  const { code, isBeyond, by, takenBy } = fault
  const field = specFieldOf(rendering, fault.path)
  const cause = [
    ...(takenBy === undefined ? [] : [`${takenBy} would take it.`]),
    ...(isBeyond
      ? [`The environment declares another version than ${by}, whose fields are not known here.`]
      : []),
  ].join(' ')
  return {
    rendering,
    code,
    field,
    subject: pathText(fault.path),
    ...(isBeyond && { severity: 'warning' as const }),
    message: sentence(rendering, fault, field),
    ...(cause !== '' && { cause }),
    ...remedyOf(fault),
  }
}

function sentence(rendering: Rendering, fault: SchemaFault, field: string): string {
  const { code, wanted, path, by } = fault
  const { object } = rendering
  const name = fieldShown(rendering, fault, field)
  if (code === 'unknown-field') return `${name} is not a field in ${by}`
  if (code === 'missing-field') return `${name} is missing, which ${by} asks for`
  if (wanted === undefined) return `${by} has no ${object.kind} of ${object.apiVersion}`
  return `${name} must ${wanted}, not ${valueText(at(maskObject(object), ...path))}`
}

/** As the spec says it, where it does; else as the object has it. */
function fieldShown(
  { object, endpoint }: Rendering,
  { path, code }: SchemaFault,
  field: string,
): string {
  const last = pathText(path.slice(-1))
  if (field === 'spec' && endpoint.isManifest !== true)
    return `${pathText(path)} of ${formatRef(refOf(object))}`
  return code === 'missing-field' && !field.endsWith(last) ? `${field}.${last}` : field
}

function remedyOf({ code, path, wanted, takenBy, meant }: SchemaFault): { remedy?: string } {
  if (meant !== undefined) return { remedy: `There is ${meant}.` }
  if (code === 'wrong-type') return wanted === 'be a string' ? { remedy: 'Put it in quotes.' } : {}
  if (code !== 'unknown-field') return {}
  if (wanted?.includes('.') === true) {
    const [owner = ''] = wanted.split('.')
    return { remedy: `It belongs to ${pathText([...path.slice(0, -1), owner])}.` }
  }
  if (wanted !== undefined) return { remedy: `Did you mean "${wanted}"?` }
  const isOfOthers = takenBy !== undefined
  return {
    remedy: isOfOthers
      ? 'Remove it, or update the cluster, and its version in slipway.yaml.'
      : 'Remove it, or correct its name.',
  }
}
