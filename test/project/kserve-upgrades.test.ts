import test from 'ava'
import { compareRenders } from '../../src/plan/index.ts'
import { SlipwayError } from '../../src/problem/index.ts'
import { loadProject } from '../../src/project/index.ts'
import { endpointFile, projectFile } from '../spec/support.ts'
import { memorySource } from '../spec/memory-source.ts'

/** What an upgrade to KServe 0.20 means from each version before: every endpoint that it changes, restarts or refuses, and no other. */

const RUNTIME = `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: forest-server, namespace: llm-ops}
spec:
  supportedModelFormats: [{name: forest, version: "1", autoSelect: true}]
  containers:
    - name: kserve-container
      image: registry.example.com/forest:1.0.0
      resources: {requests: {cpu: "1"}, limits: {cpu: "1"}}
`
const OWN = 'runtime: kserve\nimage: registry.example.com/own:1.0.0\n'
const FORMAT = 'runtime: kserve\nmodel: {format: forest, uri: "s3://models/forest"}\n'
const PYTHON = '{name: PYTHONPATH, value: /opt}'
const BESIDE = `{name: beside, image: "registry.example.com/beside:1.0.0", env: [${PYTHON}]}`

/** Nothing about them depends on the version. */
const INDIFFERENT = {
  plain: OWN,
  scaled: `${OWN}resources: {cpu: 1}\nscaling: {min: 1, max: 3, cpu: 70}`,
  lazy: `${OWN}kserve: {deploymentMode: serverless}`,
  alone: 'image: registry.example.com/own:1.0.0\nenv: {PYTHONPATH: /opt}',
}

/** 0.17 notes the format of a model in an annotation, which its pods get. */
const NOTED = {
  forest: FORMAT,
  'forest-of-a-claim': FORMAT.replace('s3://', 'pvc://'),
  'forest-as-it-was': `${FORMAT}service: false\nkserve: {defaults: false}`,
  'lazy-forest': `${FORMAT}kserve: {deploymentMode: serverless}`,
}

/** 0.18 refuses where Python looks for modules. */
const PYTHONIC = {
  python: `${OWN}env: {PYTHONPATH: /opt}`,
  'python-forest': `${FORMAT}env: {PYTHONPATH: /opt}`,
  'python-beside': `${OWN}sidecars: [${BESIDE}]`,
  'python-before': `${OWN}initContainers: [${BESIDE}]`,
  'python-transformer': `${OWN}kserve: {transformer: {containers: [${BESIDE}]}}`,
}

/** 0.20 asks the schema for what was left out before. */
const EMPTY = { uris: `${OWN}kserve: {predictor: {storageUris: []}}` }

type Endpoints = Record<string, string>

async function load(endpoints: Endpoints, declared: string, asked?: string) {
  const { project } = await loadProject({
    directory: '/',
    choice: { ...(asked !== undefined && { kserveVersion: asked }) },
    source: memorySource([
      ['slipway.yaml', projectFile({ environment: `kserve: {version: ${declared}}` })],
      ['serving-runtimes/forest.yaml', RUNTIME],
      ...Object.entries(endpoints).map(
        ([name, spec]) =>
          [`endpoints/${name}.yaml`, endpointFile(spec, `{name: ${name}}`)] as const,
      ),
    ]),
  })
  return { objects: project.objects, refusals: project.refusals ?? [] }
}

async function upgrade(endpoints: Endpoints, from: string) {
  const [today, then] = [await load(endpoints, from), await load(endpoints, from, '0.20.0')]
  const changes = compareRenders(today.objects, then.objects)
  return {
    changed: changes.map(({ endpoint }) => endpoint).toSorted(),
    restarted: changes.flatMap(each => (each.restartsPods ? [each.endpoint] : [])).toSorted(),
    refused: then.refusals.map(({ endpoint = '' }) => endpoint).toSorted(),
  }
}

const keys = (...maps: Endpoints[]) => maps.flatMap(map => Object.keys(map)).toSorted()

const UPGRADES: Record<string, [endpoints: Endpoints, changed: string[], refused: string[]]> = {
  '0.16.0': [
    { ...INDIFFERENT, ...NOTED, ...PYTHONIC, ...EMPTY },
    keys(NOTED, { 'python-forest': '' }),
    keys(PYTHONIC, EMPTY),
  ],
  '0.17.0': [{ ...INDIFFERENT, ...NOTED, ...PYTHONIC, ...EMPTY }, [], keys(PYTHONIC, EMPTY)],
  '0.18.0': [{ ...INDIFFERENT, ...NOTED, ...EMPTY }, [], keys(EMPTY)],
  '0.19.0': [{ ...INDIFFERENT, ...NOTED, ...EMPTY }, [], keys(EMPTY)],
  '0.20.0': [{ ...INDIFFERENT, ...NOTED }, [], []],
}

for (const [from, [endpoints, changed, refused]] of Object.entries(UPGRADES)) {
  test(`M4 · an upgrade from ${from} names what it changes, restarts and refuses, and nothing else`, async t => {
    t.deepEqual(await upgrade(endpoints, from), { changed, restarted: changed, refused })
  })
}

test('M4 · what the declared version refuses already is a fault of the spec, and no answer', async t => {
  const error = await t.throwsAsync(load(PYTHONIC, '0.18.0', '0.20.0'), {
    instanceOf: SlipwayError,
  })
  t.is(error?.problems.length, Object.keys(PYTHONIC).length)
  const patched = `${OWN}patches: [{target: {kind: Service}, merge: {spec: {selector: {app: other}}}}]`
  const [own, theirs] = await Promise.all(
    [undefined, '0.20.0'].map(async asked =>
      t.throwsAsync(load({ patched, ...EMPTY }, '0.17.0', asked), { instanceOf: SlipwayError }),
    ),
  )
  t.deepEqual(theirs?.problems, own?.problems)
})

test('M4 · what a model sets is told as the model’s', async t => {
  const { refusals } = await load({ forest: PYTHONIC['python-forest'] }, '0.16.0', '0.20.0')
  t.deepEqual(
    refusals.map(({ message }) => message),
    ['the model of InferenceService/llm-ops/forest sets PYTHONPATH, which KServe 0.20.0 refuses'],
  )
})
