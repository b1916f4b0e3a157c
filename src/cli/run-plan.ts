import type { ApplyOutcome } from '../apply/index.ts'
import type { Plan } from '../plan/index.ts'
import type { Failure, OutcomeReport } from '../report/index.ts'
import type { CarryOut } from './carrying-out.ts'
import { diagnoseFailed } from './diagnostics.ts'
import { favourMemory } from './memory.ts'
import { showProgress } from './progress.ts'

export interface RunPlan extends Pick<CarryOut, 'args' | 'cluster' | 'options' | 'terminal'> {
  plan: Plan
  replan: () => Promise<Plan>
}

/** Applies a plan, showing its progress. */
export async function runPlan(input: RunPlan): Promise<OutcomeReport> {
  const { args, plan, cluster, options, replan, terminal } = input
  const { applyPlan } = await import('../apply/index.ts')
  if (mayWaitLong(plan, options)) favourMemory()
  const failures: Failure[] = []
  const outcome = await showProgress(terminal, ({ onEvent, paused }) =>
    applyPlan({
      plan,
      cluster,
      options,
      signal: terminal.signal,
      // It may ask.
      replan: () => paused(replan),
      onEvent: event => {
        if (event.type === 'failed') failures.push(event)
        onEvent(event)
      },
    }),
  )
  const bundles = await diagnoseFailed({
    cluster,
    plan,
    endpoints: failures.map(({ endpoint }) => endpoint),
    folder: args.diagnosticsDir,
    terminal,
  })
  return {
    bundles,
    environment: plan.environment,
    revision: plan.revision,
    ...(plan.deletion && { deletion: plan.deletion }),
    outcome: { ...outcome, problems: withoutTold(outcome, plan) },
    failures,
  }
}

/** Deletions are over sooner, and there is more to gain from speed. */
function mayWaitLong({ endpoints }: Plan, { wait }: RunPlan['options']): boolean {
  return wait !== false && endpoints.some(({ objects, settled }) => objects.length > 0 && !settled)
}

/** The plan's warnings were shown with it. */
function withoutTold({ problems }: ApplyOutcome, plan: Plan): ApplyOutcome['problems'] {
  const told = new Set(plan.problems.map(({ message }) => message))
  return problems.filter(({ message }) => !told.has(message))
}
