import test from 'ava'
import type { Cluster } from '../../src/cluster/index.ts'
import { deliver } from '../../src/delivery/index.ts'
import type { Plan } from '../../src/plan/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { anAction, aPlan } from '../report/plans.ts'

/** What happens to a plan before anything is written; with a cluster see e2e. */

const PLAN = aPlan([anAction('create', 'Deployment')])
const BAD = aPlan([anAction('create', 'Deployment')], {
  problems: [{ code: 'guard', severity: 'error', message: 'no' }],
})

interface Asked {
  plan?: Plan
  planHash?: string
  isDryRun?: boolean
}

/** With a cluster that must not be asked: any use of it is an error. */
async function delivered({ plan = PLAN, ...more }: Asked) {
  const steps: string[] = []
  const refusing = new Proxy({} as Cluster, {
    get: (_target, name) => {
      throw new Error(`the cluster is asked for ${String(name)}`)
    },
  })
  const { type } = await deliver({
    cluster: refusing,
    options: {},
    makePlan: async () => plan,
    onPlan: () => void steps.push('shown'),
    approve: async () => {
      steps.push('asked')
      return false
    },
    signal: new AbortController().signal,
    ...more,
  })
  return { type, steps }
}

const CASES: [title: string, asked: Asked, type: string, steps: string[]][] = [
  ['what nobody approves is declined', {}, 'declined', ['shown', 'asked']],
  ['a look asks nobody', { isDryRun: true }, 'planned', ['shown']],
  ['with an error nobody is asked', { plan: BAD }, 'refused', ['shown']],
  ['the plan that was reviewed goes on', { planHash: PLAN.hash }, 'declined', ['shown', 'asked']],
]
for (const [title, asked, type, steps] of CASES) {
  test(`S2 · ${title}`, async t => t.deepEqual(await delivered(asked), { type, steps }))
}

test('S2 · a plan with another hash than the one that was reviewed is not even shown', async t => {
  const error = await t.throwsAsync(delivered({ planHash: 'another' }), {
    instanceOf: SlipwayError,
  })
  t.is(error.problems[0]?.code, 'plan-changed')
})
