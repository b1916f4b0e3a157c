import {
  at,
  ENDPOINT_LABEL,
  entries,
  isMap,
  RECOMMENDED,
  type JsonMap,
  type KubeObject,
} from '../object/index.ts'
import { containersIn, DEPLOYMENT, isKserve, KSERVE } from '../kinds/index.ts'
import { comparable } from './comparable.ts'
import { isMark } from './metadata.ts'
import { declares } from './server.ts'

export interface Live {
  object: KubeObject
  /** Name of the model server's container. */
  server: string
  /** spec.port */
  port: number
  /** Slipway's label stays on the pods, as what selects them cannot be said otherwise. */
  isLabelled: boolean
  /** Labels of the workload's pods. */
  podLabels: Readonly<Record<string, string>>
}

/**
 * What patches lead to: the live object, but for what must be slipway's (labels of the object itself), and what its own rules ask for:
 * a port that is declared.
 */
export function wantedOf(rendered: KubeObject, live: Live): JsonMap {
  const wanted = comparable(live.object)
  const base = comparable(rendered)
  const metadata = ownMetadata(base, wanted, live)
  const result = { ...wanted, apiVersion: base['apiVersion'], metadata }
  declarePort(result, live)
  if (live.object.kind === DEPLOYMENT.kind) adjustDeployment(result, base, live)
  return result
}

const OURS = new Set<string>([...Object.values(RECOMMENDED), ENDPOINT_LABEL])

function ownMetadata(base: JsonMap, wanted: JsonMap, live: Live): JsonMap {
  const [labels, annotations] = ['labels', 'annotations'].map(field => {
    const [ours, theirs] = [members(base, field), members(wanted, field)]
    const kept = Object.entries(theirs).filter(each => !isOurs(each[0]) || isTheirs(each, live))
    const own = Object.entries(ours).filter(([name]) => isOurs(name))
    return { ...Object.fromEntries(own), ...Object.fromEntries(kept) }
  })
  return { ...Object(base['metadata']), labels, annotations }
}

const DESCRIBING = new Set<string>([RECOMMENDED.name, RECOMMENDED.component, RECOMMENDED.partOf])

/**
 * Recommended labels by which others may find the object, such as a ServiceMonitor its Service. An instance that the pods do not have may be the
 * mark by which Argo CD knows its own (its tracking by label), and becomes slipway's, as who manages it does.
 */
function isTheirs([name, value]: [string, unknown], { podLabels }: Live): boolean {
  return DESCRIBING.has(name) || (name === RECOMMENDED.instance && podLabels[name] === value)
}

function members(object: JsonMap, field: string): JsonMap {
  return Object(at(object, 'metadata', field)) as JsonMap
}

/** Of the object itself; on pods they are what somebody selects by. How KServe deploys is said by the spec; other managers' marks are not ours to write. */
function isOurs(name: string): boolean {
  return (
    OURS.has(name) ||
    isMark(name) ||
    /^(slipway\.dev|applyset\.kubernetes\.io)\//.test(name) ||
    name === KSERVE.deploymentMode
  )
}

/** What requests go to is declared where the server declares other ports, as the wiring check asks; an InferenceService always does. */
function declarePort(wanted: JsonMap, { object, server, port }: Live): void {
  const containers = containersIn({ ...object, ...wanted })
  const own = containers.find(({ name }) => name === server)
  const isAsked = isKserve(object) || entries(own?.['ports']).length > 0
  if (own !== undefined && isAsked && !containers.some(each => declares(each, port)))
    own['ports'] = [...entries(own['ports']), { containerPort: port, protocol: 'TCP' }]
}

function adjustDeployment(wanted: JsonMap, base: JsonMap, { isLabelled }: Live): void {
  const labels = at(base, 'spec', 'template', 'metadata', 'labels', ENDPOINT_LABEL)
  const template = at(wanted, 'spec', 'template')
  if (isLabelled && isMap(template)) {
    const metadata = Object(template['metadata']) as JsonMap
    template['metadata'] = {
      ...metadata,
      labels: { ...Object(metadata['labels']), [ENDPOINT_LABEL]: labels },
    }
  }
}
