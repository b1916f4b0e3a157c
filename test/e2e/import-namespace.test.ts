import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deployedProject } from '../support/deployed-project.ts'
import type { Kubectl } from '../support/kubectl.ts'
import { sandboxTest } from '../support/sandbox.ts'

/** A whole namespace that others made is imported, committed and applied: the same pods go on running. */

const { serial, kserve } = sandboxTest()

serial('A1 · import --all, commit, apply: every pod keeps its UID', async t => {
  const project = await deployedProject(t, { other: '' })
  const { namespace, kubectl, directory } = project
  await kubectl('create', 'namespace', namespace)
  for (const object of [...served('voices', 2), ...served('images', 1), store()])
    await kubectl.applyClientSide(inNamespace(object, namespace))
  for (const name of ['voices', 'images'])
    await kubectl('rollout', 'status', `deployment/${name}`, '-n', namespace, '--timeout=120s')
  const before = await podsOf(kubectl, namespace)
  t.true(before.length >= 3)
  await project.remove('endpoints/other.yaml')
  const { stdout } = await project.expect(0, 'import', '--all')
  t.regex(stdout, /Deployment +images +as it is +endpoints\/images\.yaml\n/)
  t.regex(stdout, /Deployment +voices +as it is +endpoints\/voices\.yaml\n/)
  t.regex(stdout, /StatefulSet +store +not at all +-\n/)
  t.regex(stdout, /StatefulSet\/store, not at all:\n {2}a StatefulSet cannot be an endpoint/)
  t.false(existsSync(join(directory, 'endpoints/store.yaml')))
  const text = await readFile(join(directory, 'endpoints/voices.yaml'), 'utf8')
  t.regex(text, /# Switched off:/)
  await project.commit('What runs today')
  await project.expect(0, 'apply', '--yes')
  t.deepEqual(await podsOf(kubectl, namespace), before)
  await project.expect(0, 'diff', '--exit-code')
  const again = await project.expect(0, 'import', '--all', '-o', 'json')
  const { objects } = JSON.parse(again.stdout) as { objects: { name: string; state: string }[] }
  t.deepEqual(
    objects.map(({ name, state }) => [name, state]),
    [['store', 'not at all']],
  )
  const improved = await project.expect(2, 'import', 'Deployment', 'voices', '--improve')
  t.regex(improved.stderr, /endpoints\/voices\.yaml already exists/)
})

kserve('A1 · import --all brings InferenceServices with the same pods', async t => {
  const project = await deployedProject(t, { other: '' })
  const { namespace, kubectl } = project
  await kubectl('create', 'namespace', namespace)
  const containers = [{ name: 'kserve-container', image: 'registry.example.com/digits:1' }]
  await kubectl.applyClientSide({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'digits', namespace },
    spec: { predictor: { minReplicas: 1, containers } },
  })
  for (const object of served('voices', 1))
    await kubectl.applyClientSide(inNamespace(object, namespace))
  const isReady = ['wait', '--for=condition=Ready', 'inferenceservice/digits', '--timeout=180s']
  await kubectl(...isReady, '-n', namespace)
  await kubectl('rollout', 'status', 'deployment/voices', '-n', namespace, '--timeout=120s')
  const before = await podsOf(kubectl, namespace)
  await project.remove('endpoints/other.yaml')
  const { stdout } = await project.expect(0, 'import', '--all')
  t.regex(stdout, /InferenceService +digits +as it is +endpoints\/digits\.yaml\n/)
  t.regex(stdout, /Deployment +voices +as it is +endpoints\/voices\.yaml\n/)
  t.notRegex(stdout, /digits-predictor/)
  await project.commit('What runs today')
  await project.expect(0, 'apply', '--yes')
  t.deepEqual(await podsOf(kubectl, namespace), before)
  const again = await project.expect(0, 'import', 'isvc', '--all')
  t.regex(again.stdout, /InferenceService +digits +in git already/)
  await project.edit('slipway.yaml', 'name: test', 'name: twin')
  const twin = await project.expect(2, 'apply', '--yes')
  t.regex(twin.stderr, /digits exists already and belongs to another set \(its record is ConfigMap/)
  t.is(await kubectl.get('configmap', 'slipway-twin-test', namespace), undefined)
})

function served(name: string, replicas: number): object[] {
  const labels = { app: name }
  const container = {
    name: 'model',
    image: `registry.example.com/own/${name}:3`,
    ports: [{ name: 'api', containerPort: 8080 }],
    readinessProbe: { tcpSocket: { port: 'api' } },
    volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
  }
  const agent = { name: 'envoy', image: 'registry.example.com/envoyproxy/envoy:v1' }
  const pod = { containers: [container, agent], volumes: [{ name: 'scratch', emptyDir: {} }] }
  const spec = { replicas, selector: { matchLabels: labels } }
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels: { team: 'speech' } },
      spec: { ...spec, template: { metadata: { labels }, spec: pod } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${name}-front` },
      spec: { selector: labels, ports: [{ port: 80, targetPort: 'api' }] },
    },
  ]
}

function store(): object {
  const labels = { app: 'store' }
  const containers = [{ name: 'store', image: 'registry.example.com/store:1' }]
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'store' },
    spec: {
      serviceName: 'store',
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  }
}

function inNamespace(object: object, namespace: string): object {
  return { ...object, metadata: { ...Object(Reflect.get(object, 'metadata')), namespace } }
}

/** UIDs of all pods there. */
async function podsOf(kubectl: Kubectl, namespace: string): Promise<string[]> {
  const pods = await kubectl.list('pods', namespace)
  return pods.map(({ metadata }) => metadata.uid ?? '').toSorted()
}
