import { ApiObject, App, Chart } from 'cdk8s'
import { SlipwayError, type Problem } from './problem/index.ts'
import { renderSet, type RenderedObject } from './render/index.ts'
import { loadSet, openFolder } from './spec/index.ts'

/**
 * The cdk8s app of the project in the working directory, so that `cdk8s synth` gives the objects of
 * `slipway render`, one file for each endpoint. SLIPWAY_ENV chooses the environment.
 */
async function main(): Promise<void> {
  const app = new App({ outdir: process.env['CDK8S_OUTDIR'] ?? 'manifests' })
  const byEndpoint = Map.groupBy(
    await render(),
    ({ endpoint: { name, namespace } }) => `${namespace}.${name}`,
  )
  for (const [name, objects] of byEndpoint) addObjects(new Chart(app, name), objects)
  app.synth()
}

/** Throws what is wrong, all at once: cdk8s knows no warnings. */
async function render(): Promise<RenderedObject[]> {
  const environment = process.env['SLIPWAY_ENV']
  const source = openFolder(process.cwd())
  const loaded = await loadSet(environment === undefined ? { source } : { source, environment })
  if (loaded.value === undefined) throw new SlipwayError(loaded.problems)
  const { objects, problems } = renderSet(loaded.value)
  const errors = problems.filter(problem => problem.severity === 'error')
  if (errors.length > 0) throw new SlipwayError(errors)
  return objects
}

function addObjects(chart: Chart, objects: readonly RenderedObject[]): ApiObject[] {
  return objects.map(({ object }) => new ApiObject(chart, object.kind, { ...object }))
}

function sentence({ place, message }: Problem): string {
  return place === undefined ? message : `${place.file}:${place.line}:${place.column}: ${message}`
}

try {
  await main()
} catch (error) {
  if (!(error instanceof SlipwayError)) throw error
  process.stderr.write(`${error.problems.map(sentence).join('\n')}\n`)
  process.exitCode = 1
}
