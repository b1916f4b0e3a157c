import { relative, resolve } from 'node:path'
import { exitCodeOf, type Problem } from '../problem/index.ts'
import { jsonLine, problemsAsAnnotations, problemsAsText } from '../report/index.ts'
import type { Terminal } from './terminal.ts'

/** Shows problems on stderr: text, JSON lines, and annotations in GitHub Actions. `directory` is the project's. */
export function reportProblems(
  found: readonly Problem[],
  terminal: Terminal,
  directory = '.',
): void {
  if (found.length === 0) return
  const problems = terminal.advised(found)
  if (terminal.logFormat === 'json') {
    const time = new Date().toISOString()
    for (const problem of problems) terminal.err(jsonLine({ time, type: 'problem', ...problem }))
  } else {
    terminal.err(problemsAsText(problems, terminal.paintErr))
  }
  annotate(problems, terminal, directory)
}

/** In GitHub Actions only. */
export function annotate(
  problems: readonly Problem[],
  { env, errCommands, advised }: Terminal,
  directory: string,
): void {
  if (env['GITHUB_ACTIONS'] !== 'true') return
  errCommands(problemsAsAnnotations(advised(problems), folderInRepository(env, directory)))
}

/** What places are counted from in GitHub: '' where the project is the repository's root, or where nobody says. */
export function folderInRepository(env: NodeJS.ProcessEnv, directory: string): string {
  const root = env['GITHUB_WORKSPACE'] ?? '.'
  return relative(resolve(root), resolve(directory)).replaceAll('\\', '/')
}

/** The exit code that problems lead to: that of the first error; 0 when there is none. */
export function exitCodeFor(problems: readonly Problem[]): number {
  const first = problems.find(problem => problem.severity === 'error')
  return first === undefined ? 0 : exitCodeOf(first.code)
}
