import test from 'ava'
import type { Bundle } from '../../src/doctor/index.ts'
import { bundleAsMarkdown, bundlesAsMarkdown } from '../../src/report/markdown/bundle.ts'

const LINE = 'x'.repeat(900)

function bundle(endpoint: string, logs: number, lines: number): Bundle {
  const text = [...Array.from({ length: lines }, () => LINE), 'the last line'].join('\n')
  return {
    endpoint,
    namespace: 'llm-ops',
    status: {
      endpoint,
      state: 'failed',
      message: '0 of 1 replicas available',
      diagnosis: {
        cause: 'crash-loop',
        summary: 'container server keeps ending <b>',
        evidence: [],
        remedy: 'read the log',
      },
    },
    objects: [],
    events: [],
    logs: Array.from({ length: logs }, (_, index) => ({
      pod: `${endpoint}-${index}`,
      container: 'server',
      previous: false,
      crashed: true,
      text,
    })),
    unseen: [],
  }
}

const SIZES: [bundles: number, logs: number, lines: number][] = [
  [1, 1, 100],
  [5, 10, 100],
  [5, 100, 100],
  [1, 500, 3],
]
for (const [bundles, logs, lines] of SIZES) {
  test(`K3 · Markdown stays within 60,000 characters: ${bundles} × ${logs} logs of ${lines} lines`, t => {
    const all = Array.from({ length: bundles }, (_, index) => bundle(`chat-${index}`, logs, lines))
    const text = bundlesAsMarkdown(all)
    t.true(text.length <= 60_000, String(text.length))
    t.is(text.split('<details>').length, text.split('</details>').length)
    t.is((text.match(/^```/gm) ?? []).length % 2, 0)
    for (const { endpoint } of all) t.true(text.includes(`<b>${endpoint}</b>`))
    t.regex(text, /the last line/)
  })
}

test('K3 · Markdown folds up under the cause and shows all of what is short', t => {
  const text = bundleAsMarkdown(bundle('chat', 1, 1))
  t.regex(
    text,
    /^<details><summary><b>chat<\/b>: container server keeps ending &lt;b&gt;<\/summary>/,
  )
  t.regex(text, /\*\*Do:\*\* read the log/)
  t.regex(text, /Log of container server of pod chat-0\n\n```text\nx+\nthe last line\n```/)
})
