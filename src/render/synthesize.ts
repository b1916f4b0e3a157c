import { App } from 'cdk8s'
import { EndpointChart, type Blueprint } from '../../charts/index.ts'
import type { KubeObject } from '../object/index.ts'
import { failure, SlipwayError } from '../problem/index.ts'
import { asKubeObject } from './kube-object.ts'

/**
 * An endpoint as plain objects, in which members may be undefined or null. One App for each, which nothing keeps; and never
 * `app.synth()`, which reads the environment and writes files. Throws SlipwayError when something cannot become an object.
 */
export function synthesize(blueprint: Blueprint): KubeObject[] {
  try {
    return new EndpointChart(new App(), blueprint).given().map(asKubeObject)
  } catch (error) {
    throw error instanceof SlipwayError ? error : notRendered(blueprint, error)
  }
}

/** cdk8s stumbles over keys such as `constructor`. */
function notRendered({ endpoint }: Blueprint, error: unknown): SlipwayError {
  return failure('bad-value', `${endpoint.name} cannot be rendered.`, {
    error,
    endpoint: endpoint.name,
    place: endpoint.placeOf('metadata.name'),
    cause: error instanceof Error ? error.message : String(error),
  })
}
