import { VERSION } from '../object/index.ts'
import type { Place, Problem } from '../problem/index.ts'
import { cleanLine, cleanText } from './clean.ts'
import { textOf } from './text/problems.ts'

/**
 * Problems as SARIF 2.1.0, which code scanning services and editors take.
 * `folder` is the project's path in the repository ('' for its root).
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function problemsAsSarif(
  problems: readonly Problem[],
  folder: string,
): Record<string, unknown> {
  const ids = [...new Set(problems.map(ruleOf))].toSorted()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'slipway', version: VERSION, rules: ids.map(id => ({ id })) } },
        results: problems.map(problem => resultOf(problem, { folder, ids })),
      },
    ],
  }
}

/** The rule of the wiring check, else the kind of problem. */
function ruleOf({ rule, code }: Problem): string {
  return rule ?? code
}

function resultOf(problem: Problem, { folder, ids }: { folder: string; ids: string[] }) {
  const { severity, place } = problem
  const ruleId = ruleOf(problem)
  const text = textOf(problem, { cause: 'Why', remedy: 'Do' })
  return {
    ruleId,
    ruleIndex: ids.indexOf(ruleId),
    level: severity,
    message: { text: withoutLinks(cleanText(text)) },
    ...(place === undefined ? {} : { locations: [locationOf(place, folder)] }),
  }
}

/** Viewers make a link of `[text](address)`, also in plain text (section 3.11.6). */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (')
}

function locationOf({ file, line, column }: Place, folder: string) {
  const path = folder === '' ? file : `${folder}/${file}`
  const uri = cleanLine(path).split('/').map(encodeURIComponent).join('/')
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: { startLine: line, startColumn: column },
    },
  }
}
