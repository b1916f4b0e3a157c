import { listOf } from '../../words/index.ts'

/**
 * Follows `change what it objects to`: the policies that an engine names in its refusal, and how they are read. Kyverno's words are of
 * its pkg/webhooks (resource/validation, resource/vpol), Gatekeeper's of pkg/webhook/policy.go.
 */
export function policyEngineRemedy(webhook: string, why: string): string | undefined {
  if (webhook.includes('kyverno')) return kyvernoRemedy(why)
  if (webhook.includes('gatekeeper')) return gatekeeperRemedy(why)
  if (webhook.startsWith('warden-validating.')) return AUTOPILOT
  if (webhook.includes('kserve')) return kserveRemedy(why)
  return undefined
}

const AUTOPILOT =
  ', which GKE Autopilot does not allow (https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-security), or use a cluster or node pool in Standard mode'

/** Of KServe's webhook for pods: pkg/credentials/service_account_credentials.go, pkg/webhook/admission/pod (0.20). */
function kserveRemedy(why: string): string {
  const [, secret] = /storage secret (\S{1,253}?)(?::|$)/.exec(why) ?? []
  return secret === undefined
    ? ": the words are those of KServe's webhook, which prepares the pods (model, kserve)"
    : `: bring the Secret ${secret} with the key that names the storage of the model`
}

function kyvernoRemedy(why: string): string | undefined {
  const [, listed] = /due to the following policies([\s\S]{0,5000})/.exec(why) ?? []
  const names = (listed ?? '').split('\n').flatMap(line => /^([\w.-]+):\s*$/.exec(line)?.[1] ?? [])
  const [, newer] = /^Policy (\S+) (?:failed|error)/.exec(why) ?? []
  if (newer !== undefined)
    return `, or have the policy ${newer} of Kyverno make an exception (kubectl describe validatingpolicy ${newer})`
  if (names.length === 0) return undefined
  return `, or have the ${names.length === 1 ? 'policy' : 'policies'} ${listOf(names)} of Kyverno make an exception (kubectl describe clusterpolicy ${names.join(' ')}, or policy in the namespace)`
}

/** `[name of the constraint] what it objects to`, a line for each. */
function gatekeeperRemedy(why: string): string | undefined {
  const names = why.split('\n').flatMap(line => /^\[([\w.-]+)\] /.exec(line)?.[1] ?? [])
  if (names.length === 0) return undefined
  const unique = [...new Set(names)]
  return `, or have the ${unique.length === 1 ? 'constraint' : 'constraints'} ${listOf(unique)} of Gatekeeper leave it out (kubectl get constraints)`
}
