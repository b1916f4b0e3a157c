import { Chart, type ApiObjectProps } from 'cdk8s'
import type { Construct } from 'constructs'
import type { Blueprint } from './blueprint.ts'
import { objectsOf } from './objects.ts'
import { PlainObject } from './plain-object.ts'

/** One endpoint as a chart, before its patches: `src/render` applies those to the plain objects. */
export class EndpointChart extends Chart {
  readonly #objects: readonly PlainObject[]

  constructor(scope: Construct, blueprint: Blueprint) {
    super(scope, blueprint.endpoint.name)
    this.#objects = addObjects(this, objectsOf(blueprint))
  }

  /** As toJson, but that what is undefined or null is in them: nobody has added dependencies or tokens, which cdk8s looks for at length. */
  given(): object[] {
    return this.#objects.map(object => object.given())
  }
}

/** An endpoint has one object of a kind, so kinds name its constructs; those of a candidate have a name of their own. */
export function addObjects(scope: Construct, objects: readonly ApiObjectProps[]): PlainObject[] {
  return objects.map(object => {
    const isSecond = scope.node.tryFindChild(object.kind) !== undefined
    const id = isSecond ? `${object.kind}-${object.metadata?.name}` : object.kind
    return new PlainObject(scope, id, object)
  })
}
