import { servingContainer, type ServingRuntime, type SupportedModelFormat } from './runtime.ts'
import type { ModelNeeds } from './needs.ts'

/** Why KServe would not run the model with the runtime, as clauses (`it is disabled`); none when it would. */
export function obstaclesTo(runtime: ServingRuntime, needs: ModelNeeds): string[] {
  const { spec } = runtime
  const isNamed = needs.servingRuntime !== undefined
  const obstacles = [
    spec.disabled === true ? 'it is disabled' : undefined,
    formatObstacle(spec.supportedModelFormats ?? [], needs),
    protocolObstacle(spec.protocolVersions ?? [], needs),
    spec.multiModel === true && !isNamed ? 'it is for multi-model serving' : undefined,
    spec.workerSpec !== undefined && !isNamed ? 'it spans several nodes (workerSpec)' : undefined,
    servingContainer(runtime) === undefined ? 'it has no container kserve-container' : undefined,
  ]
  return obstacles.filter(obstacle => obstacle !== undefined)
}

/** Versions are compared as they are written: "1.0" is not "1". */
function formatObstacle(
  formats: readonly SupportedModelFormat[],
  { format, servingRuntime }: ModelNeeds,
): string | undefined {
  const known = formats.filter(({ name }) => name === format.name)
  if (known.length === 0) return `it does not support ${format.name}`
  const open = known.filter(({ autoSelect }) => servingRuntime !== undefined || autoSelect === true)
  if (open.length === 0) return `it is not selected automatically for ${format.name} (autoSelect)`
  if (format.version === undefined || open.some(({ version }) => version === format.version))
    return undefined
  const versions = open.map(({ version }) => version ?? 'none')
  return `it supports ${format.name} in version ${versions.join(', ')} only`
}

function protocolObstacle(supported: readonly string[], needs: ModelNeeds): string | undefined {
  const protocol = protocolOf(needs)
  if (protocol === undefined || supported.length === 0 || supported.includes(protocol))
    return undefined
  return `it speaks ${supported.join(', ')} and not ${protocol}`
}

/** Formats whose protocol KServe's webhook sets to v2 where none is given. */
const V2_FORMATS = new Set(['triton', 'vLLM'])

/** Where nobody says a protocol, KServe looks for v1; a runtime that is named need not speak it. */
export function protocolOf({ protocol, format, servingRuntime }: ModelNeeds): string | undefined {
  if (protocol !== undefined) return protocol
  if (V2_FORMATS.has(format.name)) return 'v2'
  return servingRuntime === undefined ? 'v1' : undefined
}
