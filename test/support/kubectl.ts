import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { KubeObject } from '../../src/object/index.ts'

const run = promisify(execFile)

/** What a test needs to look at a cluster with eyes other than slipway's own. */
export interface Kubectl {
  (...args: string[]): Promise<string>
  /** Undefined when it is not there. */
  get: (kind: string, name: string, namespace?: string) => Promise<KubeObject | undefined>
  list: (kinds: string, namespace: string) => Promise<KubeObject[]>
  apply: (object: object) => Promise<void>
}

export function kubectlFor(sandbox: {
  kubectl: string
  kubeconfig: string
  context: string
}): Kubectl {
  const base = ['--kubeconfig', sandbox.kubeconfig, '--context', sandbox.context]
  const kubectl = async (...args: string[]) => {
    const { stdout } = await run(sandbox.kubectl, [...base, ...args], {
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout
  }
  const inNamespace = (namespace: string | undefined) =>
    namespace === undefined ? [] : ['-n', namespace]
  return Object.assign(kubectl, {
    get: async (kind: string, name: string, namespace?: string) => {
      const text = await kubectl(
        'get',
        kind,
        name,
        ...inNamespace(namespace),
        '--ignore-not-found',
        '-o',
        'json',
        '--show-managed-fields',
      )
      return text === '' ? undefined : (JSON.parse(text) as KubeObject)
    },
    list: async (kinds: string, namespace: string) => {
      const text = await kubectl('get', kinds, '-n', namespace, '-o', 'json')
      return (JSON.parse(text) as { items: KubeObject[] }).items
    },
    apply: async (object: object) => {
      const child = execFile(sandbox.kubectl, [
        ...base,
        'apply',
        '--server-side',
        '--field-manager=somebody',
        '-f',
        '-',
      ])
      child.stdin?.end(JSON.stringify(object))
      await new Promise<void>((done, reject) => {
        child.on('close', code =>
          code === 0 ? done() : reject(new Error(`kubectl apply: exit ${code}`)),
        )
      })
    },
  })
}
