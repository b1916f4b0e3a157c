import { entryOf } from '../catalogue/image.ts'
import { suggestion } from '../fields/suggest.ts'
import type { ModelEntry } from '../schema/catalogue.ts'
import type { Finding, Rule } from './rule.ts'

export const modelIsKnown: Rule = (endpoint, { catalogues: { models } }) => {
  const ref = endpoint.spec.model?.ref
  if (ref === undefined || entryOf(models, ref) !== undefined) return []
  const code = 'catalogue'
  const path = 'spec.model.ref'
  if (models === undefined) {
    const message = `spec.model.ref names "${ref}", but the project has no model catalogue`
    return { code, path, message, remedy: 'Write models.yaml.' }
  }
  const remedy = suggestion(ref, Object.keys(models.entries), 'Models there')
  const message = `there is no model "${ref}" in ${models.path}`
  return { code, path, message, remedy }
}

/** R9: nothing is served that nobody approved, also not by naming another place than the approved one. */
export const modelIsApproved: Rule = (endpoint, { policies, catalogues: { models } }) => {
  const { model } = endpoint.spec
  if (models === undefined || model === undefined) return []
  const { ref, uri } = model
  const finding =
    ref === undefined ? withoutRef(uri, models.path) : withRef(ref, uri, entryOf(models, ref))
  const [level, rule] = [policies.unapprovedModel, 'policy-unapproved-model']
  return finding && { level, code: 'model-not-approved', rule, ...finding }
}

type Found = Omit<Finding, 'code'>

function withoutRef(uri: string | undefined, catalogue: string): Found | undefined {
  if (uri === undefined) return undefined
  return {
    path: 'spec.model.uri',
    message: `the model ${uri} is served without being in ${catalogue}`,
    remedy: 'Add it there, have it approved, and name it in spec.model.ref.',
  }
}

function withRef(
  ref: string,
  uri: string | undefined,
  entry: ModelEntry | undefined,
): Found | undefined {
  if (entry === undefined) return undefined
  if (entry.status !== 'approved') {
    return {
      path: 'spec.model.ref',
      message: `the model "${ref}" is ${entry.status}, not approved`,
      remedy: 'Have it approved in the model catalogue, or name another.',
    }
  }
  if (uri === entry.uri) return undefined
  return {
    path: 'spec.model.uri',
    message: `spec.model.uri is ${uri}, but what was approved as "${ref}" is ${entry.uri ?? 'without a URI'}`,
    remedy: 'Leave uri out: it comes from the catalogue.',
  }
}
