import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { at, entries } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import type { Kubectl } from '../support/kubectl.ts'
import { eventually } from '../support/scene.ts'

/** Starts programs that work on a sandbox. They end with it, since its folder has the links to their executables. */

export interface Engine {
  /** In the sandbox's own, for data and logs. */
  folder: string
  start: (name: string, args: string[], env?: Record<string, string>) => void
  /** The last lines of each log. */
  logs: () => string
}

export function anEngine(sandbox: Sandbox, name: string, binary: (name: string) => string): Engine {
  const folder = join(sandbox.stateDirectory, name)
  mkdirSync(folder, { recursive: true })
  const started: string[] = []
  const logOf = (program: string) => join(folder, `${program}.log`)
  return {
    folder,
    start: (program, args, env = {}) => {
      const link = join(folder, program)
      symlinkSync(binary(program), link)
      const log = openSync(logOf(program), 'a')
      const child = spawn(link, args, {
        env: { ...process.env, KUBECONFIG: sandbox.kubeconfig, ...env },
        detached: true,
        stdio: ['ignore', log, log],
      })
      // What is wrong with it, waiting will tell.
      child.on('error', () => {})
      child.unref()
      closeSync(log)
      started.push(program)
    },
    logs: () =>
      started
        .map(program => readFileSync(logOf(program), 'utf8').trim().split('\n').slice(-5))
        .flat()
        .join('\n'),
  }
}

/** Until the API server serves every kind that is defined. `kubectl wait` fails for those that have no conditions yet. */
export async function established(kubectl: Kubectl): Promise<void> {
  await eventually(async () => {
    const definitions = await kubectl.list('customresourcedefinitions', 'default')
    return definitions.every(definition =>
      entries(at(definition, 'status', 'conditions')).some(
        condition => at(condition, 'type') === 'Established' && at(condition, 'status') === 'True',
      ),
    )
  })
}

/** Until all of an engine's objects are as expected; throws with what they say instead. */
export function untilAll<T>(
  read: () => Promise<T[]>,
  told: (all: readonly T[]) => string,
): (what: string, isTrue: (all: T[]) => boolean | Promise<boolean>) => Promise<void> {
  return async (what, isTrue) => {
    const deadline = Date.now() + 420_000
    let all = await read()
    while (!(await isTrue(all))) {
      if (Date.now() > deadline) throw new Error(`not ${what}: ${told(all)}`)
      await sleep(1000)
      all = await read()
    }
  }
}
