import { keyOf, refOf } from '../../object/index.ts'
import { plural } from '../../words/index.ts'
import type { Problem } from '../../problem/index.ts'
import { decide } from './decide.ts'
import type { Decision } from './decision.ts'
import { leftoverProblem } from './leftovers.ts'
import type { Observed } from '../observe/observe.ts'
import type { Plan } from '../plan.ts'
import { isScaledBy, leastByTarget, leastOfNew, losingAutoscaler } from './scaling.ts'
import { takingOver } from './slots.ts'
import { desiredKeys, type Scope } from '../scope.ts'

/** Creations are tried by a dry-run up to this many; a larger first apply learns of rejections as it goes. */
const MOST_TRIED_CREATIONS = 100

export async function decideAll(
  scope: Scope,
  { live, unlabelled, plannable, missingNamespaces }: Observed,
) {
  const found = plannable.map(rendered => {
    const key = keyOf(refOf(rendered.object))
    return { rendered, live: live.unmarked.get(key) ?? live.byKey.get(key) ?? unlabelled.get(key) }
  })
  const creations = found.filter(({ live: object }) => object === undefined).length
  const { cluster, setId, options } = scope
  const lost = losingAutoscaler(live, desiredKeys(scope))
  const begins = leastByTarget(found)
  const leasts = leastOfNew(found)
  const successions = takingOver(live, plannable, desiredKeys(scope))
  const results = await Promise.all(
    found.map(async ({ rendered, live: object }) => {
      const tryCreations =
        creations <= MOST_TRIED_CREATIONS &&
        !missingNamespaces.includes(rendered.object.metadata.namespace ?? '')
      return decide({
        cluster,
        setId,
        rendered,
        live: object,
        tryCreations,
        forceConflicts: options.forceConflicts,
        takeFields: options.takeFields,
        mayPredict: options.predict,
        losesAutoscaler: isScaledBy(lost, rendered.object),
        begins: begins.get(keyOf(refOf(rendered.object))),
        least: leasts.get(keyOf(refOf(rendered.object))),
        takingOver: successions.get(keyOf(refOf(rendered.object))),
      })
    }),
  )
  const leftovers = found.flatMap(({ rendered: { object, endpoint } }, index) => {
    const leftover = results[index]?.leftover
    return leftover === undefined ? [] : leftoverProblem(object, endpoint.name, leftover)
  })
  const collected = collect(
    results,
    found.map(({ rendered }) => refOf(rendered.object)),
  )
  const incomplete = results.flatMap(({ notStored }) => notStored?.problem ?? [])
  return { ...collected, problems: [...collected.problems, ...incomplete, ...leftovers] }
}

function collect(results: Decision[], refs: Plan['unchanged']) {
  return {
    actions: results.flatMap(({ action }) => action ?? []),
    unchanged: refs.filter((_, index) => {
      const result = results[index]
      return result?.action === undefined && result?.problems.length === 0
    }),
    outcomes: new Map(
      results.flatMap(({ action, outcome }) =>
        action === undefined || outcome === undefined ? [] : [[action, outcome] as const],
      ),
    ),
    problems: [...results.flatMap(({ problems }) => problems), ...untriedProblem(results)],
  }
}

function untriedProblem(results: readonly Decision[]): Problem[] {
  const count = results.filter(({ action, untried }) => untried && action !== undefined).length
  if (count === 0) return []
  return [
    {
      code: 'forbidden',
      severity: 'warning',
      message: `${plural(count, 'change')} could not be tried by a dry-run, which needs permission to patch: what is shown is predicted from the live objects`,
      cause:
        'Not predicted: whether the API server or a webhook rejects a change, conflicts with other field managers, whether an ' +
        'object has to be replaced, and what webhooks and defaults add to new fields. The hash of a plan made with that permission may differ.',
      remedy:
        'For a plan that has all of this, run it with the permissions that `slipway rbac` prints.',
    },
  ]
}
