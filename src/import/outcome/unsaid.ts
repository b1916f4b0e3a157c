import { ENDPOINT_LABEL, formatRef, RECOMMENDED, refOf } from '../../object/index.ts'
import type { Problem } from '../../problem/index.ts'
import { revisionTrialOf } from '../canary/revision-before.ts'
import { isMark } from '../metadata.ts'
import type { Remark } from '../compare.ts'

/** Warnings of what is live and not as the spec renders it: what, where, why, and what to do. */
export function unsaidOf(remarks: readonly Remark[]): Problem[] {
  return remarks.flatMap(remark => {
    const { object, path, live, rendered } = remark
    if (path === '' || live === undefined) return []
    const becomes = rendered === undefined ? 'is not in the spec' : 'is something else in the spec'
    return [
      {
        code: 'not-imported' as const,
        severity: 'warning' as const,
        object,
        message: `${path} of ${object} ${becomes}`,
        ...reasonOf(remark),
      },
    ]
  })
}

const OURS = new Set<string>([...Object.values(RECOMMENDED), ENDPOINT_LABEL])

function reasonOf({ path }: Remark): Pick<Problem, 'cause' | 'remedy'> {
  const label = path.replace(/^metadata\.labels\./, '')
  if (isMark(path.replace(/^metadata\.(labels|annotations)\./, '')))
    return {
      cause:
        'By this mark another manager knows the object as its own, and an apply leaves it to that.',
      remedy: 'Remove the object there, and the mark from it, before slipway applies it.',
    }
  if (OURS.has(label) && label !== path)
    return {
      cause: 'slipway sets this label itself, on the object; pods keep theirs.',
      remedy: 'If something finds the object by it, let that look for another label.',
    }
  return {
    cause: 'Neither a field of the spec nor a patch sets it.',
    remedy: 'Add a patch under spec.patches; "slipway diff" shows what an apply would change.',
  }
}

/** A candidate of Knative's that does not come in as one. */
export function unsaidTrial(found: Parameters<typeof revisionTrialOf>[0]): Problem[] {
  const trial = revisionTrialOf(found)
  if (trial?.reason === undefined) return []
  const { weight, reason } = trial
  const object = formatRef(refOf(found.workload))
  return [
    {
      code: 'not-imported',
      severity: 'warning',
      object,
      message: `the candidate of ${object}, with ${weight} % of the requests, does not become spec.canary: ${reason}`,
      cause: 'Its share is kept as it is, in spec.kserve.predictor.canaryTrafficPercent.',
      remedy: 'Promote it or give it up where it was begun, then import what serves.',
    },
  ]
}
