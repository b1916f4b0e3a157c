import test from 'ava'
import { renderSet } from '../../../src/render/index.ts'
import type { Endpoint } from '../../../src/spec/index.ts'
import { policiesOf } from '../../../src/spec/policies.ts'
import { policies as schema } from '../../../src/spec/schema/policies.ts'
import { anEnvironment, aSet } from '../../support/endpoint.ts'

/** What an environment with these `policies`, as in slipway.yaml, finds. */
export function found(policies: unknown, endpoints: Endpoint[]) {
  const { place } = anEnvironment()
  const effective = policiesOf(schema.parse(policies), () => place)
  return renderSet(aSet(endpoints, { policies: effective })).problems.filter(
    ({ code }) => code === 'policy',
  )
}

interface Outcomes {
  policies: object
  good: Endpoint[]
  /** What is found, and the field or patch that is blamed. */
  bad: [Endpoint, says: RegExp, blames: string][]
}

/** Both outcomes of one policy; without it nothing is found. */
export const bothOutcomes = test.macro<[rule: string, outcomes: Outcomes]>((t, rule, outcomes) => {
  for (const endpoint of outcomes.good) {
    t.deepEqual(found(outcomes.policies, [endpoint]), [], JSON.stringify(endpoint.spec.patches))
  }
  for (const [endpoint, says, blames] of outcomes.bad) {
    const [problem] = found(outcomes.policies, [endpoint])
    t.regex(problem?.message ?? 'nothing found', says)
    t.is(problem?.place?.file.replace(/^.*#/, ''), blames)
    t.like(problem, { rule, severity: 'error' })
    t.truthy(problem?.remedy)
    t.deepEqual(found({}, [endpoint]), [], 'off when left out')
  }
})
