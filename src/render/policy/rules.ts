import { externalIPs } from './external-ips.ts'
import { finalizers } from './finalizers.ts'
import { hosts } from './hosts.ts'
import { namespaces } from './namespaces.ts'
import { podStandard } from './pod-standard.ts'
import { registries } from './registries.ts'
import type { PolicyRule } from './rule.ts'
import { serviceAccounts } from './service-accounts.ts'
import { snippets } from './snippets.ts'

export const POLICY_RULES: readonly PolicyRule[] = [
  namespaces,
  hosts,
  serviceAccounts,
  registries,
  podStandard,
  snippets,
  externalIPs,
  finalizers,
]
