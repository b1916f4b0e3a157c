import type { Sandbox } from '../../src/sandbox/index.ts'

/** How test/run.ts tells test files of the sandbox: as JSON, or why there is none. */
const SANDBOX = 'SLIPWAY_TEST_SANDBOX'
const NO_SANDBOX = 'SLIPWAY_TEST_NO_SANDBOX'

export interface RunnerSandbox {
  sandbox?: Sandbox
  /** Why there is none. */
  reason?: string
}

export function runnerEnvironment({ sandbox, reason }: RunnerSandbox): Record<string, string> {
  if (sandbox === undefined) return { [NO_SANDBOX]: reason ?? 'no sandbox' }
  return { [SANDBOX]: JSON.stringify(sandbox), SLIPWAY_TEST_KUBECONFIG: sandbox.kubeconfig }
}

/** Neither is set when a test file is run by hand. */
export function runnerSandbox(): RunnerSandbox {
  const text = process.env[SANDBOX]
  const reason = process.env[NO_SANDBOX]
  if (text !== undefined) return { sandbox: JSON.parse(text) }
  return reason === undefined ? {} : { reason }
}
