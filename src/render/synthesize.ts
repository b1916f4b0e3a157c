import { App } from 'cdk8s'
import { EndpointChart } from '../../charts/index.ts'
import type { Blueprint } from '../../charts/index.ts'
import type { KubeObject } from '../object/index.ts'

/**
 * An endpoint as plain objects. One App for each: in a single one the time grows with the square of the
 * number of endpoints; and never `app.synth()`, which reads the environment and writes files.
 */
export function synthesize(blueprint: Blueprint): KubeObject[] {
  return new EndpointChart(new App(), blueprint).toJson()
}
