import { defaultKserve, defaultKubernetes, type Sandbox } from '../../src/sandbox/index.ts'

/** How test/run.ts tells test files of the sandbox: as JSON, or why there is none. */
const SANDBOX = 'SLIPWAY_TEST_SANDBOX'
const NO_SANDBOX = 'SLIPWAY_TEST_NO_SANDBOX'
const VERSIONS = 'SLIPWAY_TEST_VERSIONS'

export interface RunnerSandbox {
  sandbox?: Sandbox
  /** Why there is none. */
  reason?: string
}

export interface TestedVersions {
  kubernetes: string
  kserve: string
  /** Whether this run repeats nothing but KServe's tests, on another version of it. */
  onlyKserve: boolean
}

export function runnerEnvironment(
  { sandbox, reason }: RunnerSandbox,
  versions: TestedVersions,
): Record<string, string> {
  const told = { [VERSIONS]: JSON.stringify(versions) }
  if (sandbox === undefined) return { ...told, [NO_SANDBOX]: reason ?? 'no sandbox' }
  return {
    ...told,
    [SANDBOX]: JSON.stringify(sandbox),
    SLIPWAY_TEST_KUBECONFIG: sandbox.kubeconfig,
  }
}

/** Neither is set when a test file is run by hand. */
export function runnerSandbox(): RunnerSandbox {
  const text = process.env[SANDBOX]
  const reason = process.env[NO_SANDBOX]
  if (text !== undefined) return { sandbox: JSON.parse(text) }
  return reason === undefined ? {} : { reason }
}

/** By hand, other versions than the defaults are asked for with SLIPWAY_TEST_KUBERNETES and SLIPWAY_TEST_KSERVE. */
export const testedVersions: TestedVersions = JSON.parse(
  process.env[VERSIONS] ??
    JSON.stringify({
      kubernetes: process.env['SLIPWAY_TEST_KUBERNETES'] ?? defaultKubernetes(),
      kserve: process.env['SLIPWAY_TEST_KSERVE'] ?? defaultKserve(),
      onlyKserve: false,
    }),
)
