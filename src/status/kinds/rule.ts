import type { Inquiry } from '../inquiry.ts'
import type { Verdict } from '../verdict.ts'

/** What a kind's status says of its readiness. Called only for objects that exist and are not being deleted. */
export type Rule = (inquiry: Inquiry) => Verdict
