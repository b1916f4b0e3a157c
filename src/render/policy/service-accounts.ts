import { ROLE_BINDING, SERVICE_ACCOUNT, isOf } from '../../kinds/index.ts'
import { at, text } from '../../object/index.ts'
import type { Environment } from '../../spec/index.ts'
import { nameOf, type Findings } from '../check/rule.ts'
import type { Rendering } from '../rendered.ts'
import { annotationsOf } from './annotations.ts'
import { fillFor, isAllowed, listed } from './pattern.ts'
import { podSpecsOf } from './pods.ts'
import { membersBelow } from './walk.ts'
import type { PolicyRule } from './rule.ts'

/** Annotations by which pods or their ServiceAccounts take a role outside the cluster. */
const ROLE_ANNOTATIONS = [
  /^eks\.amazonaws\.com\/(role-arn|target-role-arn)$/,
  /^iam\.amazonaws\.com\/(role|permitted)$/,
  /^iam\.gke\.io\/gcp-service-account$/,
  /^azure\.workload\.identity\/(client-id|tenant-id)$/,
  /^pod-identity\.alibabacloud\.com\/role-name$/,
  /^vault\.hashicorp\.com\/role$/,
]

/** Policy serviceAccounts: pods run as an allowed ServiceAccount, and take no role of the cloud or the cluster but an allowed one. */
export const serviceAccounts: PolicyRule = {
  id: 'policy-service-accounts',
  levelIn: ({ policies }) => policies.serviceAccounts.level,
  find: (view, environment) =>
    view.all.map(rendering => [
      accounts(rendering, environment),
      roles(rendering, environment),
      bindings(rendering, environment),
    ]),
}

function accounts(rendering: Rendering, environment: Environment): Findings {
  const { allow } = environment.policies.serviceAccounts
  const fill = fillFor(rendering, environment)
  return accountsOf(rendering)
    .filter(name => !isAllowed(name, { patterns: allow }, fill))
    .map(name => ({
      rendering,
      field: 'spec.serviceAccount',
      subject: name,
      message: `${nameOf(rendering)} uses the ServiceAccount "${name}", which ${environment.name} does not allow`,
      cause: `policies.serviceAccounts allows: ${listed(allow)}.`,
      remedy: 'Use an allowed ServiceAccount, or have this one added to the policy.',
    }))
}

function accountsOf(rendering: Rendering): string[] {
  const { object } = rendering
  if (isOf(object, SERVICE_ACCOUNT)) return [object.metadata.name]
  const names = podSpecsOf(object).flatMap(({ spec }) => {
    // The old name of the field still counts.
    const named = [spec['serviceAccountName'], spec['serviceAccount']].map(text)
    const given = named.filter(name => name !== undefined && name !== '')
    return given.length === 0 ? ['default'] : given
  })
  return [...new Set([...names, ...borrowed(rendering)].filter(name => name !== undefined))]
}

/** A Secret of this annotation gets a token of the ServiceAccount. */
const TOKEN_ANNOTATION = 'kubernetes.io/service-account.name'

/** What other kinds work with: a store of secrets signs in as one, a controller runs its pods as one. */
function borrowed(rendering: Rendering): (string | undefined)[] {
  const named = membersBelow(rendering.object['spec']).map(({ key, value }) => {
    if (key === 'serviceAccountName') return text(value)
    return key === 'serviceAccountRef' ? text(at(value, 'name')) : undefined
  })
  const tokens = annotationsOf(rendering).filter(({ name }) => name === TOKEN_ANNOTATION)
  return [...named, ...tokens.map(({ value }) => value)].filter(name => name !== '')
}

/** What a RoleBinding gives, as `Role/NAME` or `ClusterRole/NAME`. */
function bindings(rendering: Rendering, environment: Environment): Findings {
  const { object } = rendering
  if (!isOf(object, ROLE_BINDING)) return []
  const { roles: patterns } = environment.policies.serviceAccounts
  const role = `${text(at(object, 'roleRef', 'kind')) ?? ''}/${text(at(object, 'roleRef', 'name')) ?? ''}`
  if (isAllowed(role, { patterns }, fillFor(rendering, environment))) return []
  return {
    rendering,
    field: 'roleRef',
    subject: role,
    message: `${nameOf(rendering)} gives the role "${role}", which ${environment.name} does not allow`,
    cause: `policies.serviceAccounts.roles allows: ${listed(patterns)}.`,
    remedy: 'Remove it, or have the role added to the policy.',
  }
}

function roles(rendering: Rendering, environment: Environment): Findings {
  const { roles: patterns } = environment.policies.serviceAccounts
  const fill = fillFor(rendering, environment)
  return annotationsOf(rendering)
    .filter(({ name }) => ROLE_ANNOTATIONS.some(role => role.test(name)))
    .filter(({ value }) => !isAllowed(value, { patterns }, fill))
    .map(({ name, value, field }) => ({
      rendering,
      field,
      subject: `${name}=${value}`,
      message: `${nameOf(rendering)} takes the role "${value}" (${name}), which ${environment.name} does not allow`,
      cause: `policies.serviceAccounts.roles allows: ${listed(patterns)}.`,
      remedy: 'Remove the annotation, or have the role added to the policy.',
    }))
}
