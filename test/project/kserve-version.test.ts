import test from 'ava'
import { SlipwayError } from '../../src/problem/index.ts'
import { loadProject } from '../../src/project/index.ts'
import { endpointFile, projectFile } from '../spec/support.ts'
import { memorySource } from '../spec/memory-source.ts'

/** What another version of KServe would make of a project. */

const RUNTIME = `apiVersion: serving.kserve.io/v1alpha1
kind: ServingRuntime
metadata: {name: forest-server, namespace: llm-ops}
spec:
  supportedModelFormats: [{name: forest, version: "1", autoSelect: true}]
  containers: [{name: kserve-container, image: 'registry.example.com/forest:1.0.0'}]
`
const FILES = {
  'slipway.yaml': projectFile({ environment: 'kserve: {version: 0.16.0}' }),
  'serving-runtimes/forest.yaml': RUNTIME,
  'endpoints/forest.yaml': endpointFile(
    'runtime: kserve\nmodel: {format: forest, uri: "s3://models/forest"}',
    '{name: forest}',
  ),
  'endpoints/python.yaml': endpointFile(
    'runtime: kserve\nimage: registry.example.com/python:1\nenv: {PYTHONPATH: /opt}',
    '{name: python}',
  ),
}

async function load(files: Record<string, string>, kserveVersion?: string) {
  const { project } = await loadProject({
    directory: '/',
    choice: { ...(kserveVersion !== undefined && { kserveVersion }) },
    source: memorySource(Object.entries(files)),
  })
  const services = project.objects.filter(({ object }) => object.kind === 'InferenceService')
  return {
    annotated: services
      .filter(({ object }) => object.metadata.annotations?.['modelFormat'] !== undefined)
      .map(({ endpoint }) => endpoint.name),
    refused: project.refusals?.map(({ endpoint, rule }) => [endpoint, rule]),
  }
}

test('M4 · with another version of KServe, what it writes otherwise and what it refuses come together', async t => {
  t.deepEqual(await load(FILES), { annotated: [], refused: undefined })
  t.deepEqual(await load(FILES, '0.17.0'), { annotated: ['forest'], refused: undefined })
  t.deepEqual(await load(FILES, '0.20.0'), {
    annotated: ['forest'],
    refused: [['python', 'kserve-env']],
  })
})

const image = (spec: string) => `runtime: kserve\n${spec}`

/** What only newer versions have, as specs: the model formats need them. */
const NEW = {
  'slipway.yaml': projectFile({ environment: 'kserve: {version: 0.20.0}' }),
  'serving-runtimes/forest.yaml': RUNTIME,
  'endpoints/forest.yaml': FILES['endpoints/forest.yaml'],
  'endpoints/native.yaml': endpointFile(
    image('model: {format: forest, uri: "oci+native://registry.example.com/forest:1"}'),
    '{name: native}',
  ),
  'endpoints/mounted.yaml': endpointFile(
    image('model: {format: forest, uri: "oci://registry.example.com/forest:1", fetch: image}'),
    '{name: mounted}',
  ),
}

test('M4 · an older version refuses specs, too: each endpoint is named, and the others are compared', async t => {
  t.deepEqual((await load(NEW)).refused, undefined)
  const { project } = await loadProject({
    directory: '/',
    choice: { kserveVersion: '0.16.0' },
    source: memorySource(Object.entries(NEW)),
  })
  t.deepEqual(
    project.refusals?.map(({ endpoint, code, message }) => [
      endpoint,
      code,
      message.includes('KServe 0.16.0'),
    ]),
    [
      ['mounted', 'contradiction', true],
      ['native', 'bad-value', true],
    ],
  )
  t.true(project.objects.some(({ endpoint }) => endpoint.name === 'forest'))
})

test('M4 · of a spec that is wrong with either version, the declared one is told', async t => {
  const files = {
    ...NEW,
    'endpoints/wrong.yaml': endpointFile(
      image('model: {format: forest, uri: "ipfs://forest"}'),
      '{name: wrong}',
    ),
  }
  const error = await t.throwsAsync(load(files, '0.16.0'), { instanceOf: SlipwayError })
  t.deepEqual(
    error.problems.map(({ endpoint }) => endpoint),
    ['wrong'],
  )
})

test('M4 · a spec that is wrong in itself is no answer about a version', async t => {
  const files = { ...FILES, 'endpoints/wrong.yaml': endpointFile('replicaz: 1', '{name: wrong}') }
  await t.throwsAsync(load(files, '0.20.0'), { instanceOf: SlipwayError })
})
