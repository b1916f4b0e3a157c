import {
  defaultKserve,
  defaultKubernetes,
  kserveVersions,
  kubernetesVersions,
} from '../../src/sandbox/index.ts'

const BLOCK = /(<!-- versions -->\n)[^]*?(<!-- \/versions -->)/

/** A page with the table of tested versions, which the pins say, between its two comments. */
export function withVersions(page: string): string {
  if (!BLOCK.test(page)) throw new Error('the page has no place for the table of versions')
  return page.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n${table()}\n\n${end}`)
}

function table(): string {
  const kubernetes = kubernetesVersions().map(version =>
    version === defaultKubernetes() ? [version, 'yes', 'yes, the default'] : [version, '', 'yes'],
  )
  const all = kserveVersions()
  const kserve = all.map(version => [
    version,
    [all[0], all.at(-1)].includes(version) ? 'yes' : '',
    version === defaultKserve() ? 'yes, the default' : 'yes',
  ])
  const rows = [
    ...kubernetes.map(row => ['Kubernetes', ...row]),
    ...kserve.map(row => ['KServe', ...row]),
  ]
  return aligned([['', 'version', 'in `npm test`', 'in `npm run test:all`'], ...rows])
}

/** As oxfmt aligns it. */
function aligned([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map(row => row[column]?.length ?? 0), 3),
  )
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
