import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GO } from './go.ts'

/**
 * Stands in for gh, as a process: keeps in $HUB what it is told, as far as the workflows ask for it. Filters are run by the engine
 * that gh has in it. A comment of its own is the bot's.
 */

interface Comment {
  id: number
  user: { login: string }
  body: string
}

const args = process.argv.slice(2)
const hub = String(process.env['HUB'])
const BOT = 'github-actions[bot]'
const PULL = 'https://github.example.com/team/models/pull/8'

const after = (flag: string) => args[args.indexOf(flag) + 1] ?? ''
const has = (file: string) => existsSync(join(hub, file))
const read = (file: string) => readFileSync(join(hub, file), 'utf8')
const write = (file: string, text: string) => writeFileSync(join(hub, file), text)
const note = (file: string, text: string) => appendFileSync(join(hub, file), `${text}\n`)
const comments = (): Comment[] => (has('comments.json') ? JSON.parse(read('comments.json')) : [])

process.exitCode = answer()

function answer(): number {
  const [first = '', second = ''] = args
  if (first === 'api') return api()
  const command = `${first} ${second}`
  if (command === 'run download') return download()
  if (command === 'issue list') print(has('issue.md') ? [{ number: 3, title: read('title') }] : [])
  else if (command === 'pr list') print(has('pulls') ? pullsOf(after('--head')) : [])
  else if (command === 'issue create') {
    note('issues', 'create')
    write('title', after('--title'))
    write('issue.md', readFileSync(after('--body-file'), 'utf8'))
  } else if (command === 'issue edit') {
    note('issues', `edit ${args[2]}`)
    write('issue.md', readFileSync(after('--body-file'), 'utf8'))
  } else if (command === 'issue close') {
    note('issues', `close ${args[2]}`)
    rmSync(join(hub, 'issue.md'))
  } else if (command === 'workflow run') note('started', args.join(' '))
  else if (command === 'pr create') {
    note('pulls', `${after('--head')} → ${after('--base')}: ${after('--title')}`)
    process.stdout.write(`${PULL}\n`)
  } else if (!/^(?:label create|auth setup-git|--version )$/.test(command)) return unknown()
  return 0
}

/** Those that were opened for a branch. */
function pullsOf(head: string): { url: string }[] {
  const own = read('pulls')
    .split('\n')
    .filter(line => line.startsWith(`${head} → `))
  return own.map(() => ({ url: PULL }))
}

function unknown(): number {
  process.stderr.write(`gh ${args.join(' ')}: unknown here\n`)
  return 9
}

function download(): number {
  const from = join(hub, 'artifacts', after('--name'))
  if (args[2] !== process.env['GITHUB_RUN_ID'] || !existsSync(from)) return 1
  cpSync(from, after('--dir'), { recursive: true, verbatimSymlinks: true })
  return 0
}

function api(): number {
  const method = args.includes('--method') ? after('--method') : 'GET'
  const path = args.find(each => each.startsWith('repos/')) ?? ''
  if (method !== 'GET') return comment(method, path)
  if (path.endsWith('/comments')) print(comments())
  else if (path.includes('/artifacts?name=')) {
    const name = path.replace(/^.*name=/, '')
    print({ artifacts: has(`artifacts/${name}`) ? [{ id: 70 }, { id: 71 }] : [] })
  } else return unknown()
  return 0
}

function comment(method: string, path: string): number {
  const body = readFileSync(after('-F').replace(/^body=@/, ''), 'utf8')
  const all = comments()
  const own = { id: 40 + all.length, user: { login: BOT }, body }
  const id = Number(path.replace(/^.*\//, ''))
  const changed =
    method === 'POST' ? [...all, own] : all.map(each => (each.id === id ? { ...each, body } : each))
  write('comments.json', JSON.stringify(changed))
  write('comment.md', body)
  note('comments', method)
  return 0
}

/** As `--jq` prints it. */
function print(value: unknown): void {
  const cwd = resolve(import.meta.dirname, '../workflows/gojq')
  const { stdout, stderr, status } = spawnSync(GO, ['tool', 'gojq', '-r', after('--jq')], {
    cwd,
    input: JSON.stringify(value),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  process.stdout.write(stdout)
}
