import test from 'ava'
import type { Endpoint, SpecInput } from '../../../src/spec/index.ts'
import { renderSet } from '../../../src/render/index.ts'
import type { KubeObject } from '../../../src/object/index.ts'
import { anEndpoint, aSet } from '../../support/endpoint.ts'

/** A rule with a set that it passes and one that it must catch. */
export interface Outcomes {
  good: Endpoint[]
  bad: Endpoint[]
  /** What the message must say. */
  says: RegExp
  /** The field, or the patch, that is blamed. */
  blames: string
  severity?: 'error' | 'warning'
}

/** Both outcomes of one rule of src/render/check. */
export const bothOutcomes = test.macro<[rule: string, outcomes: Outcomes]>((t, rule, outcomes) => {
  const { good, bad, says, blames, severity = 'error' } = outcomes
  t.deepEqual(foundBy(rule, good), [])
  const [problem] = foundBy(rule, bad)
  t.regex(problem?.message ?? 'nothing found', says)
  t.is(problem?.place?.file.replace(/^.*#/, ''), blames)
  t.is(problem?.severity, severity)
  t.truthy(problem?.remedy)
})

export function foundBy(rule: string, endpoints: Endpoint[]) {
  return renderSet(aSet(endpoints)).problems.filter(problem => problem.rule === rule)
}

type Patch = NonNullable<SpecInput['patches']>[number]

/** An endpoint with one merge patch. */
export function patched(kind: string, merge: Record<string, unknown>, spec: SpecInput = {}) {
  const patch: Patch = { target: { kind }, merge }
  return anEndpoint({ ...spec, patches: [patch] })
}

/** A patch of the one container of a Deployment's pods. */
export function patchedServer(container: Record<string, unknown>, spec: SpecInput = {}) {
  return patchedPod({ containers: [{ name: 'server', ...container }] }, spec)
}

export function patchedPod(pod: Record<string, unknown>, spec: SpecInput = {}) {
  return patched('Deployment', { spec: { template: { spec: pod } } }, spec)
}

const PLACE = { file: 'objects/models.yaml', line: 1, column: 1 }

/** An endpoint with objects of its own. */
export function withObjects(endpoint: Endpoint, objects: readonly KubeObject[]): Endpoint {
  if (objects.length === 0) return endpoint
  const own = objects.map(object => ({ object, placeOf: () => PLACE }))
  return { ...endpoint, objects: own }
}

/** A claim "models" of these access modes. */
export function aClaim(...accessModes: string[]): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'models', namespace: 'llm' },
    spec: { accessModes, resources: { requests: { storage: '1Gi' } } },
  }
}
