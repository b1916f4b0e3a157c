import type { Sandbox, SandboxStatus } from '../sandbox/index.ts'

/** A running sandbox, for people. */
export function sandboxText({
  name,
  context,
  kubeconfig,
  server,
  kubernetes,
  kserve,
  addons,
}: Sandbox): string {
  const lines = [
    `sandbox     ${name}`,
    `context     ${context}`,
    `kubeconfig  ${kubeconfig}`,
    `server      ${server}`,
    `kubernetes  ${kubernetes}`,
    `kserve      ${kserve ?? 'not installed'}`,
    ...(addons.length > 0 ? [`with        ${addons.join(', ')}`] : []),
  ]
  return `${lines.join('\n')}\n`
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
