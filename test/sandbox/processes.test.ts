import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'ava'
import { killProcesses, processesOf } from '../../src/sandbox/processes.ts'

/** It needs a while to give its memory back, as an API server does. */
const LISTENER = `
  const memory = Buffer.alloc(1.5e9, 1)
  const server = require('node:net').createServer()
  server.listen(0, '127.0.0.1', () => console.log(server.address().port, memory.length))
`

test('what was killed has ended: its port is free', async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-processes-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  symlinkSync(process.execPath, path.join(folder, 'listener'))
  const listener = spawn(path.join(folder, 'listener'), ['-e', LISTENER], { detached: true })
  const [line] = (await once(listener.stdout, 'data')) as [Buffer]
  t.deepEqual(
    processesOf(folder).map(({ name }) => name),
    ['listener'],
  )
  await killProcesses(folder)
  t.deepEqual(processesOf(folder), [])
  const server = createServer()
  server.listen(Number.parseInt(String(line)), '127.0.0.1')
  await t.notThrowsAsync(once(server, 'listening'))
  server.close()
})
