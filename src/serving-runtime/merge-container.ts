import { entries, items, type JsonMap } from '../object/index.ts'
import type { Container } from './runtime.ts'
import { strategicMerge } from './strategic-merge.ts'

/** As KServe's MergeRuntimeContainers: a strategic merge, but arguments follow those of the runtime, and a variable has one source. */
export function mergeContainer(runtime: Container, own: JsonMap): Container {
  const merged = strategicMerge(runtime, own)
  const args = [...items(runtime['args']), ...items(own['args'])]
  const env = entries(merged['env']).map(variable => oneSource(variable, entries(own['env'])))
  return {
    ...merged,
    name: runtime.name,
    ...(args.length === 0 ? {} : { args }),
    ...(env.length === 0 ? {} : { env }),
  }
}

function oneSource(variable: JsonMap, own: readonly JsonMap[]): JsonMap {
  const { value, valueFrom, ...rest } = variable
  if (value === undefined || valueFrom === undefined) return variable
  const wanted = own.find(({ name }) => name === variable['name'])
  return wanted?.['valueFrom'] === undefined ? { ...rest, value } : { ...rest, valueFrom }
}
