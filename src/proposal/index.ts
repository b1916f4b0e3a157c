/** A change of what git says, proposed: what is said of it, the commit, and where that goes next. */
export { makeProposal } from './make-proposal.ts'
export type { MakingProposal, ProposalEvent } from './make-proposal.ts'
export { promotionProposal } from './promotion.ts'
export type { Proposal } from './proposal.ts'
export { rollbackProposal } from './rollback.ts'
