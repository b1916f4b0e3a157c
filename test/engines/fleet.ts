import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import type { KubeObject } from '../../src/object/index.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { deployedProject, endpointText } from '../support/deployed-project.ts'
import { testedVersions } from '../support/runner-sandbox.ts'

/** A fleet in four environments, to be handed over. SLIPWAY_TEST_FLEET says how many endpoints each of them has. */

export const ENVIRONMENTS = ['dev', 'staging', 'eu', 'us']
const COUNT = Number(process.env['SLIPWAY_TEST_FLEET'] ?? 50)
/** One in ten is a model of KServe. */
const NAMES = Array.from({ length: COUNT }, (_, index) =>
  index % 10 === 1 ? `model-${index}` : `server-${index}`,
)
export const PODS = COUNT * ENVIRONMENTS.length

const SHORT = '  shutdown: { gracePeriod: 10s, preStop: { sleep: 1s } }\n'
const isEnding = ({ metadata }: KubeObject) => metadata.deletionTimestamp !== undefined

/** A model that never loads. */
export const NEVER_LOADS = `  patches:
    - target: { kind: InferenceService }
      merge: { spec: { predictor: { labels: { sandbox.slipway.dev/trouble: image-pull } } } }
`

export async function aFleet(t: ExecutionContext<{ sandbox: Sandbox }>) {
  const project = await deployedProject(t, {})
  const { write, commit, namespace, expect, directory, kubectl } = project
  const namespaces = ENVIRONMENTS.map(name => `${namespace}-${name}`)
  const environments = ENVIRONMENTS.map(
    (name, index) =>
      `    ${name}: { namespace: ${namespaces[index]}, createNamespace: true, kserve: { version: ${testedVersions.kserve} } }`,
  )
  await write(
    'slipway.yaml',
    `apiVersion: slipway.dev/v1alpha1\nkind: Project\nmetadata: { name: fleet }\nspec:\n  environments:\n${environments.join('\n')}\n`,
  )
  for (const name of NAMES)
    // oxlint-disable-next-line no-await-in-loop
    await write(
      `endpoints/${name}.yaml`,
      endpointText(name, SHORT, name.startsWith('model') ? 'kserve' : 'deployment'),
    )
  await commit('The fleet')
  const podsOf = async (kind: 'model' | 'server') => {
    const pods = await Promise.all(namespaces.map(each => kubectl.list('pods', each)))
    return pods
      .flat()
      .filter(pod => pod.metadata.name.startsWith(kind) && !isEnding(pod))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name} ${metadata.uid}`)
      .toSorted()
  }
  /** Of the first environment. */
  const imageOf = async (deployment: string) => {
    const path = 'jsonpath={.spec.template.spec.containers[0].image}'
    return kubectl('get', 'deployment', deployment, '-n', namespaces[0] ?? '', '-o', path)
  }
  const isGone = async (deployment: string) => {
    const named = ['--field-selector', `metadata.name=${deployment}`, '-o', 'name']
    return (await kubectl('get', 'deployments', '-A', ...named)) === ''
  }
  const applyAll = (...more: string[]) =>
    expect(0, 'apply', '--all-environments', '--yes', '--timeout', '20m', ...more)
  const handOver = async (...args: string[]) => {
    await expect(0, 'handoff', ...args)
    return join(directory, 'handoff')
  }
  return { ...project, namespaces, podsOf, imageOf, isGone, applyAll, handOver }
}
