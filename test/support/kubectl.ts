import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { feed } from './feed.ts'
import type { KubeObject } from '../../src/object/index.ts'

const run = promisify(execFile)

/** What a test needs to look at a cluster with eyes other than slipway's own. */
export interface Kubectl {
  (...args: string[]): Promise<string>
  /** Undefined when it is not there. */
  get: (kind: string, name: string, namespace?: string) => Promise<KubeObject | undefined>
  list: (kinds: string, namespace: string) => Promise<KubeObject[]>
  apply: (object: object) => Promise<void>
  /** As `kubectl apply` has always done it. */
  applyClientSide: (object: object) => Promise<void>
  create: (object: object, fieldManager: string) => Promise<void>
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
  const piped = async (object: object, args: string[]) => {
    const child = execFile(sandbox.kubectl, [...base, ...args])
    const said = child.stderr === null ? Promise.resolve('') : text(child.stderr)
    feed(child, JSON.stringify(object))
    const [code] = (await once(child, 'close')) as [number]
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: exit ${code}\n${await said}`)
  }
  const inNamespace = (namespace: string | undefined) =>
    namespace === undefined ? [] : ['-n', namespace]
  return Object.assign(kubectl, {
    get: async (kind: string, name: string, namespace?: string) => {
      const found = await kubectl(
        'get',
        kind,
        name,
        ...inNamespace(namespace),
        '--ignore-not-found',
        '-o',
        'json',
        '--show-managed-fields',
      )
      return found === '' ? undefined : (JSON.parse(found) as KubeObject)
    },
    list: async (kinds: string, namespace: string) => {
      const found = await kubectl('get', kinds, '-n', namespace, '-o', 'json')
      return (JSON.parse(found) as { items: KubeObject[] }).items
    },
    apply: (object: object) =>
      piped(object, ['apply', '--server-side', '--field-manager=somebody', '-f', '-']),
    applyClientSide: (object: object) => piped(object, ['apply', '-f', '-']),
    create: (object: object, fieldManager: string) =>
      piped(object, ['create', `--field-manager=${fieldManager}`, '-f', '-']),
  })
}
