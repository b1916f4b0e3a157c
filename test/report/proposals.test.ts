import test from 'ava'
import { compareRenders } from '../../src/plan/index.ts'
import { promotionProposal, rollbackProposal } from '../../src/proposal/index.ts'
import type { Promotion } from '../../src/promotion/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { painter } from '../../src/report/index.ts'
import type { Rollback } from '../../src/revisions/index.ts'
import { anEndpoint, aSet } from '../support/endpoint.ts'
import { screenOf, SIZES } from '../support/screen.ts'
import { isGolden } from './golden.ts'

/** What is on the screen before a commit is made: of a canary's steps, and of a promotion. */

const made = async () => {
  throw new Error('nobody makes it')
}

const renderOf = (image: string) =>
  renderSet(aSet([anEndpoint({ image, runtime: 'deployment' }, { name: 'chat' })])).objects

const OLD = renderOf('registry.example.com/serving/vllm-openai:0.6.3')
const NEW = renderOf('registry.example.com/serving/vllm-openai:0.7.0-with-a-long-tag-of-its-own')

const effect = {
  environment: 'production-europe',
  changes: { differences: compareRenders(OLD, NEW), after: NEW },
}

function canary(headline: string): Rollback {
  return {
    environment: 'production-europe',
    headline,
    commits: [],
    files: ['endpoints/team-of-the-support-desk/chat.yaml'],
    message: headline,
    branch: 'slipway/canary',
    effects: [effect],
    warnings: [],
    make: made,
  }
}

const PROMOTION: Promotion = {
  from: 'staging',
  to: 'production-europe',
  endpoints: [
    {
      evidence: {
        endpoint: 'chat',
        source: 'staging',
        commit: '1a2b3c4d5e6f',
        subject: 'Serve chat by the newest version of the server',
        actor: 'https://ci.example.com/models/actions/runs/4711 (ada)',
        since: '2026-11-20T08:00:00Z',
        smokedAt: '2026-11-20T08:05:00Z',
        soakSeconds: 14_400,
        image: 'registry.example.com/serving/vllm-openai:0.7.0',
      },
      fields: [{ path: ['image'], value: `registry.example.com/vllm@sha256:${'a1'.repeat(32)}` }],
      stays: ['replicas', 'resources.gpus'],
    },
  ],
  message: 'Promote chat from staging to production-europe',
  branch: 'slipway/promote',
  effects: [effect],
  warnings: [],
  make: made,
}

const PROPOSALS = {
  'canary-promote': rollbackProposal(canary('The canary of chat is promoted')),
  'canary-weight': rollbackProposal(canary('The canary of chat gets 50 % of the requests')),
  'canary-abort': rollbackProposal(canary('The canary of chat is given up')),
  promote: promotionProposal(PROMOTION),
}

for (const [name, proposal] of Object.entries(PROPOSALS))
  for (const size of SIZES)
    test(`G2 · ${name} at ${size.columns}x${size.rows}: the screen breaks no word`, async t => {
      const text = proposal.textFor(painter(true), size.columns)
      const screen = await screenOf(text, size)
      const broken = screen.broken.filter(row => row.trim().includes(' '))
      t.deepEqual(broken, [])
      isGolden(t, `${name}-${size.columns}.txt`, `${screen.all.join('\n').trimEnd()}\n`)
    })
