import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { checkNewEndpoint, writeNewEndpoint, writeNewProject } from '../../src/authoring/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'

test('a project and an endpoint are written without a command line, and nothing is overwritten', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-authoring-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const told: [string, boolean][] = []
  const wanted = {
    folder,
    name: 'shop',
    environment: 'production',
    onFile: (path: string, isNew: boolean) => void told.push([path, isNew]),
  }
  const problems = await writeNewProject(wanted)
  t.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  t.true(told.some(([path, isNew]) => path === 'slipway.yaml' && isNew))
  t.true(existsSync(join(folder, '.github/workflows/apply.yml')))
  await t.throwsAsync(writeNewProject(wanted), { instanceOf: SlipwayError, message: /already has/ })

  const place = await checkNewEndpoint(folder, 'chat')
  const answers = { image: 'registry.example.com/chat:1.0.0', cpu: '1', memory: '1Gi' }
  const { path } = await writeNewEndpoint(place, answers)
  t.is(path, 'endpoints/chat.yaml')
  await t.throwsAsync(checkNewEndpoint(folder, 'chat'), { message: /already exists, in endpoints/ })
  await t.throwsAsync(writeNewEndpoint(place, answers), { message: /already exists, in endpoints/ })
  await t.throwsAsync(checkNewEndpoint(folder, 'Chat'), { message: /cannot be the name/ })
})
