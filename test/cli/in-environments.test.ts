import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import test from 'ava'
import type { Course } from '../../src/cli/command.ts'
import { inEnvironments } from '../../src/cli/in-environments.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

const directory = mkdtempSync(join(tmpdir(), 'slipway-environments-'))
writeFileSync(
  join(directory, 'slipway.yaml'),
  `apiVersion: slipway.dev/v1alpha1
kind: Project
metadata: { name: shop }
spec:
  environments: { dev: { namespace: dev }, test: { namespace: test }, live: { namespace: live } }
`,
)
test.after.always(() => rmSync(directory, { recursive: true, force: true }))

/** How many of three environments were at work at once, and what was shown of them. */
async function atOnce(course: Partial<Course>) {
  let [running, most] = [0, 0]
  const shown: string[] = []
  const told: string[] = []
  const terminal = {
    out: (text: string) => void shown.push(text),
    err: (text: string) => void told.push(text),
    advised: (each: unknown) => each,
    paintOut: (_style: string, text: string) => text,
    signal: new AbortController().signal,
  } as unknown as Terminal
  const args = { directory, allEnvironments: true, environment: undefined as string | undefined }
  await inEnvironments(
    args,
    { order: 'together', format: 'text', ...course, terminal },
    async (own, around) => {
      running += 1
      most = Math.max(most, running)
      await turn()
      around.err('a warning\n')
      around.out(`${own.environment} done\n`)
      running -= 1
      return 0
    },
  )
  return { most, shown: shown.join(''), told: told.join('') }
}

test('what asks a cluster is done side by side', async t => {
  const { most, shown, told } = await atOnce({})
  t.is(most, 3)
  for (const name of ['dev', 'test', 'live']) t.true(shown.includes(`${name} done`), shown)
  t.is(told.match(/a warning/g)?.length, 1)
})

test('what asks none is made one after the other, and shown alike', async t => {
  const local = await atOnce({ isLocal: true })
  t.is(local.most, 1)
  const { most: _, ...sideBySide } = await atOnce({})
  t.deepEqual(local, { ...sideBySide, most: 1 })
})
