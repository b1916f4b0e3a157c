import {
  ApiObject,
  App,
  ImplicitTokenResolver,
  LazyResolver,
  NumberStringUnionResolver,
  type ApiObjectProps,
  type IResolver,
  type JsonPatch,
} from 'cdk8s'
import type { Construct } from 'constructs'
import { isEmpty } from '../src/object/index.ts'

/**
 * An ApiObject of plain values. What cdk8s makes of them is known without looking for tokens in each, which is a third of
 * what rendering allocates; where somebody patches the object or resolves tokens in a way of their own, cdk8s does it.
 */
export class PlainObject extends ApiObject {
  readonly #given: ApiObjectProps
  #isPatched = false

  constructor(scope: Construct, id: string, props: ApiObjectProps) {
    super(scope, id, props)
    this.#given = props
  }

  override addJsonPatch(...operations: JsonPatch[]): void {
    this.#isPatched = true
    super.addJsonPatch(...operations)
  }

  override toJson(): unknown {
    if (this.#isPatched || !App.of(this).resolvers.every(isBuiltIn)) return super.toJson()
    const { apiVersion, kind, metadata: _, ...rest } = this.#given
    return { apiVersion, kind, metadata: this.metadata.toJson(), ...withoutNulls(rest) }
  }

  /** As it was given, for those who leave out what is undefined or null themselves: without a copy of it, and without metadata that is empty. */
  given(): object {
    const { metadata } = this.#given
    if (metadata === undefined) return this.#given
    const { labels, annotations, ...others } = metadata
    // cdk8s stumbles over it.
    const isOdd = [labels, annotations].some(texts => texts && Object.hasOwn(texts, 'constructor'))
    return {
      ...this.#given,
      metadata: isOdd
        ? this.metadata.toJson()
        : {
            ...others,
            ...(!isEmpty(labels) && { labels }),
            ...(!isEmpty(annotations) && { annotations }),
          },
    }
  }
}

function isBuiltIn(resolver: IResolver): boolean {
  return (
    resolver instanceof LazyResolver ||
    resolver instanceof ImplicitTokenResolver ||
    resolver instanceof NumberStringUnionResolver
  )
}

/** As cdk8s leaves them out, with the keys in its order. */
function withoutNulls(value: object): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(value).toSorted()) {
    const member = cleaned(Reflect.get(value, key))
    if (member !== undefined && member !== null) result[key] = member
  }
  return result
}

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  return typeof value === 'object' && value !== null ? withoutNulls(value) : value
}
