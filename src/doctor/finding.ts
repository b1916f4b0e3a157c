import { ifAllowed, type Cluster } from '../cluster/index.ts'
import type { ObjectRef } from '../object/index.ts'
import type { RenderedObject } from '../render/index.ts'
import type { EndpointSet } from '../spec/index.ts'

/** What the doctor says of one thing. */
export interface Finding {
  /** The thing: `KServe webhooks`, `quota llm-ops/gpus`. */
  check: string
  /** `missing`: an apply will not succeed without it; `unseen`: there was no right to look. */
  state: 'ok' | 'warning' | 'missing' | 'not-needed' | 'unseen'
  /** What was found, as a clause. */
  message: string
  /** What to do, as a sentence. */
  remedy?: string
}

/** A finding about one thing, by its state: what was found, and what to do where something is. */
export function about(check: string) {
  const say =
    (state: Finding['state']) =>
    (message: string, remedy?: string): Finding => ({
      check,
      state,
      message,
      ...(remedy !== undefined && { remedy }),
    })
  return {
    ok: say('ok'),
    warning: say('warning'),
    missing: say('missing'),
    notNeeded: say('not-needed'),
    unseen: say('unseen'),
  }
}

export type Saying = ReturnType<typeof about>

/** Of an environment, or of several on GitHub, and of the server that was looked at. */
export interface DoctorReport {
  environment: string
  server: string
  findings: readonly Finding[]
}

/** A set and the cluster that it is to be applied to. */
export interface Patient {
  set: EndpointSet
  objects: readonly RenderedObject[]
  cluster: Cluster
}

/** Looks at one side of the cluster; reads, and at most tries something by a dry-run. Throws ClusterError. */
export type Check = (patient: Patient) => Promise<Finding | Finding[]>

/** An object, where there is one; undefined where one may not look. */
export async function looked(cluster: Cluster, ref: ObjectRef) {
  return ifAllowed(cluster.get(ref).then(object => ({ object })))
}

/** Namespaces that the set's objects are in. */
export function namespacesOf({ set, objects }: Pick<Patient, 'set' | 'objects'>): string[] {
  const { namespace } = set.environment
  const others = objects.flatMap(({ object }) => object.metadata.namespace ?? [])
  return [...new Set([namespace, ...others])]
}

/** What a check finds in each namespace of the set; where that is nothing, it is not needed. */
export function inEachNamespace(
  what: string,
  look: (patient: Patient, namespace: string) => Promise<Finding[]>,
): Check {
  return async patient => {
    const found = await Promise.all(namespacesOf(patient).map(name => look(patient, name)))
    const findings = found.flat()
    return findings.length > 0 ? findings : about(what).notNeeded('the namespaces have none')
  }
}
