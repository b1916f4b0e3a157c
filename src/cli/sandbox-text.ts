import type { Sandbox, SandboxStatus } from '../sandbox/index.ts'

/** A running sandbox, for people. */
export function sandboxText(sandbox: Sandbox): string {
  const { name, kserve = 'not installed', addons } = sandbox
  const fields = (['context', 'kubeconfig', 'server', 'kubernetes'] as const).map(
    field => [field, sandbox[field]] as const,
  )
  const rows = [['sandbox', name] as const, ...fields, ['kserve', kserve] as const]
  const more = addons.length > 0 ? [['with', addons.join(', ')] as const] : []
  return [...rows, ...more].map(([word, text]) => `${word.padEnd(12)}${text}\n`).join('')
}

export function statusText(status: SandboxStatus): string {
  if (status.state === 'absent') return `There is no sandbox "${status.name}".\n`
  const components = status.components.map(
    ({ name, pid }) => `${name.padEnd(24)}${pid === undefined ? 'does not run' : `pid ${pid}`}\n`,
  )
  if (status.state === 'running') return sandboxText(status.sandbox) + components.join('')
  const remedy = '`slipway sandbox up` restarts it, `slipway sandbox down` removes it.'
  return `The sandbox "${status.name}" is broken: ${remedy}\n${components.join('')}`
}
