import { Chart, type ApiObject, type ApiObjectProps } from 'cdk8s'
import type { Construct } from 'constructs'
import type { Blueprint } from './blueprint.ts'
import { objectsOf } from './objects.ts'
import { PlainObject } from './plain-object.ts'

/** One endpoint as a chart, before its patches: `src/render` applies those to the plain objects. */
export class EndpointChart extends Chart {
  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, blueprint.endpoint.name)
    addObjects(this, objectsOf(blueprint))
  }
}

/** An endpoint has one object of a kind, so kinds name its constructs; those of a candidate have a name of their own. */
export function addObjects(scope: Construct, objects: readonly ApiObjectProps[]): ApiObject[] {
  return objects.map(object => {
    const isSecond = scope.node.tryFindChild(object.kind) !== undefined
    const id = isSecond ? `${object.kind}-${object.metadata?.name}` : object.kind
    return new PlainObject(scope, id, object)
  })
}
