import {
  comparisonAsJson,
  comparisonAsText,
  comparisonReport,
  reportAsHtml,
  reportAsMarkdown,
} from '../report/index.ts'
import type { Comparison } from '../report/index.ts'
import { jsonText } from './json.ts'
import { appendSummary } from './summary.ts'
import type { Terminal } from './terminal.ts'

/** A comparison as a command's result, and on the page of the run in GitHub Actions. */
export async function showComparison(
  comparison: Comparison,
  { output, terminal }: { output: string; terminal: Terminal },
): Promise<void> {
  const report = comparisonReport(comparison)
  const markdown = reportAsMarkdown(report)
  if (output === 'markdown') terminal.out(markdown)
  else if (output === 'html') terminal.out(reportAsHtml(report))
  else if (output === 'json') terminal.out(jsonText(comparisonAsJson(comparison)))
  else terminal.out(comparisonAsText(comparison, terminal.paintOut))
  await appendSummary(markdown, terminal)
}
