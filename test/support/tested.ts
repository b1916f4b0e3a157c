import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Pass } from './passes.ts'

export interface PassResult {
  title: string
  /** Such as `2100 passed, 0 failed`. */
  summary: string
  pass: Pass
}

const FILE = path.resolve(import.meta.dirname, '../../docs/tested.md')

/** docs/tested.md: what `npm run test:all` has seen, and where. */
export function writeTested(results: readonly PassResult[]): void {
  writeFileSync(FILE, testedPage(results, { date: new Date(), commit: commitOf() }))
}

export function testedPage(
  results: readonly PassResult[],
  { date, commit }: { date: Date; commit: string },
): string {
  const rows = results.map(({ summary, pass: { versions, files } }) => {
    const what = versions.onlyKserve ? "KServe's tests" : 'all tests of these files'
    return `| ${versions.kubernetes} | ${versions.kserve} | ${files.length} files, ${what} | ${summary} |`
  })
  return `# What was tested

Written by \`npm run test:all\` on ${date.toISOString().slice(0, 10)}, at commit ${commit}, Node ${process.version}, ${process.platform} ${process.arch}.

| Kubernetes | KServe | tests | result |
| ---------- | ------ | ----- | ------ |
${rows.join('\n')}
`
}

function commitOf(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const changed =
    git('status', '--porcelain', '--', '.', ':!docs/tested.md') === '' ? '' : ', changed'
  return `${git('rev-parse', '--short=12', 'HEAD')}${changed}`
}
