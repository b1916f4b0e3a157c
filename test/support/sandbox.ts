import { tmpdir } from 'node:os'
import path from 'node:path'
import { threadId } from 'node:worker_threads'
import anyTest, { type ExecutionContext, type TestFn } from 'ava'
import { down, up, type Sandbox, type UpOptions } from '../../src/sandbox/index.ts'
import { runnerSandbox, testedVersions } from './runner-sandbox.ts'

export interface SandboxContext {
  sandbox: Sandbox
}

const test = anyTest as TestFn<SandboxContext>

type Body = (t: ExecutionContext<SandboxContext>) => Promise<void> | void

interface Sharing {
  /** For tests that stop components: files run side by side, and the others need them. */
  alone?: boolean
  /** Definitions that are installed from the start: a sandbox of the file's own. */
  addons?: UpOptions['addons']
}

/** The versions of KServe that a test holds for: all, unless it says from which on or before which; and of Kubernetes. */
interface Holds {
  from?: string
  before?: string
  kubernetesFrom?: string
}

/**
 * Declares tests on a real control plane, `t.context.sandbox`: the one that the runner started, or, in a test file that is
 * run by hand or wants to be alone, one of its own. Where the runner could have none they fail, and say why.
 */
export function sandboxTest({ addons, alone = addons !== undefined }: Sharing = {}) {
  const { sandbox: shared, reason } = runnerSandbox()
  const sandbox = alone ? undefined : shared
  const own = sandbox === undefined ? ownOfFile(addons) : undefined

  const declare = (title: string, body: Body) =>
    test.serial(title, async t => {
      if (reason !== undefined) throw new Error(`there is no sandbox: ${reason}`)
      t.context.sandbox = sandbox ?? (await own?.get()) ?? t.context.sandbox
      await body(t)
    })

  return {
    /** A test that has the sandbox. Not declared where only KServe's tests run, on another version of it. */
    serial: (title: string, body: Body) => {
      if (!testedVersions.onlyKserve) declare(title, body)
    },
    /** A test that needs KServe in it; declared for the versions that it holds for. */
    kserve: (title: string, body: Body, holds: Holds = {}) => {
      if (!isAmongTested(holds)) return
      own?.wantKserve()
      declare(title, body)
    },
  }
}

function isAmongTested({ from = '0.0', before = '99.0', kubernetesFrom = '0.0' }: Holds): boolean {
  const { kserve, kubernetes } = testedVersions
  const holds = compareVersions(kserve, from) >= 0 && compareVersions(kserve, before) < 0
  return holds && compareVersions(kubernetes, kubernetesFrom) >= 0
}

function compareVersions(one: string, other: string): number {
  const [ours, theirs] = [one, other].map(version => version.split('.').map(Number))
  const index = ours?.findIndex((part, position) => part !== (theirs?.[position] ?? 0)) ?? -1
  return index < 0 ? 0 : (ours?.[index] ?? 0) - (theirs?.[index] ?? 0)
}

// Started by the first test that needs it, with KServe if any test of the file does.
function ownOfFile(addons: UpOptions['addons']) {
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
      started ??= up(
        ofTestedVersions({
          name,
          kserve,
          kubeconfig: kubeconfigOf(name),
          ...(addons && { addons }),
        }),
      )
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
  return await up(ofTestedVersions({ name, kubeconfig: kubeconfigOf(name), ...options }))
}

function ofTestedVersions(options: UpOptions): UpOptions {
  const { kubernetes, kserve } = testedVersions
  return { kubernetes, ...options, kserve: options.kserve === true ? kserve : options.kserve }
}

// `down` removes it.
function kubeconfigOf(name: string): string {
  return path.join(tmpdir(), `slipway-${name}.kubeconfig`)
}

// The process id lets the runner remove what a killed test run has left.
function ownName(what: string): string {
  return `test-${process.pid}-${threadId}-${what}`
}
