import { COMPARISON_VIEWS } from '../report/index.ts'
import type { Comparison } from '../report/index.ts'
import { appendSummary } from './summary.ts'
import type { Terminal } from './terminal.ts'
import { lookOf, show } from './show.ts'

/** A comparison as a command's result, and on the page of the run in GitHub Actions. */
export async function showComparison(
  comparison: Comparison,
  { output, terminal }: { output: keyof typeof COMPARISON_VIEWS; terminal: Terminal },
): Promise<void> {
  await show(COMPARISON_VIEWS[output], comparison, { terminal })
  const said = terminal.advised(comparison)
  await appendSummary(await COMPARISON_VIEWS.markdown(said, lookOf(terminal)), terminal)
}
