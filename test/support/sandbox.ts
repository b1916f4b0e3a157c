import { tmpdir } from 'node:os'
import path from 'node:path'
import { threadId } from 'node:worker_threads'
import type { ExecutionContext, TestFn } from 'ava'
import type { Sandbox, UpOptions } from '../../src/sandbox/index.ts'
import { down, up } from '../../src/sandbox/index.ts'
import { runnerSandbox } from './runner-sandbox.ts'

export interface SandboxContext {
  sandbox: Sandbox
}

type Declare<Context> = (
  title: string,
  body: (t: ExecutionContext<Context>) => Promise<void> | void,
) => void

interface Sharing {
  /** For tests that stop components: files run side by side, and the others need them. */
  alone?: boolean
}

/**
 * Declares tests on a real control plane, `t.context.sandbox`: the one that the runner started, or, in a test file that is
 * run by hand or wants to be alone, one of its own. Where the runner could have none they are skipped, and say why.
 */
export function sandboxTest<Context extends SandboxContext>(
  test: TestFn<Context>,
  { alone = false }: Sharing = {},
) {
  const { sandbox: shared, reason } = runnerSandbox()
  const hasKserve = shared?.kserve ?? process.env['SLIPWAY_KSERVE_DIR'] !== undefined
  const sandbox = alone ? undefined : shared
  const own = sandbox === undefined ? ownOfFile(test) : undefined

  const declare =
    (missing: string | undefined, needs: { kserve: boolean }): Declare<Context> =>
    (title, body) => {
      if (missing !== undefined) return test.serial.skip(`${title} (skipped: ${missing})`, body)
      if (needs.kserve) own?.wantKserve()
      return test.serial(title, async t => {
        t.context.sandbox = sandbox ?? (await own?.get()) ?? t.context.sandbox
        await body(t)
      })
    }

  return {
    /** A test that has the sandbox. */
    serial: declare(reason, { kserve: false }),
    /** A test that needs KServe in it; skipped where there is none. */
    kserve: declare(reason ?? (hasKserve ? undefined : 'SLIPWAY_KSERVE_DIR is not set'), {
      kserve: true,
    }),
    hasKserve: hasKserve && reason === undefined,
  }
}

// Started by the first test that needs it, with KServe if any test of the file does.
function ownOfFile<Context>(test: TestFn<Context>) {
  const name = ownName('file')
  let started: Promise<Sandbox> | undefined
  let kserve = false
  test.after.always(async () => {
    if (started !== undefined) await down({ name })
  })
  return {
    wantKserve: () => {
      kserve = true
    },
    get: async () => {
      started ??= up({ name, kserve, kubeconfig: kubeconfigOf(name) })
      try {
        return await started
      } catch (error) {
        // The next test tries anew: a start that failed is one failure, not one of each test.
        started = undefined
        throw error
      }
    },
  }
}

/** A sandbox for one test only: for those that stop components or change the cluster for everybody. */
export async function ownSandbox(t: ExecutionContext, options: UpOptions = {}): Promise<Sandbox> {
  const name = ownName(Math.random().toString(36).slice(2, 8))
  t.teardown(() => down({ name }))
  return await up({ name, kubeconfig: kubeconfigOf(name), ...options })
}

// `down` removes it.
function kubeconfigOf(name: string): string {
  return path.join(tmpdir(), `slipway-${name}.kubeconfig`)
}

// The process id lets the runner remove what a killed test run has left.
function ownName(what: string): string {
  return `test-${process.pid}-${threadId}-${what}`
}
