import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readIdentity, type Identity } from './release/identity.ts'

/**
 * Gives the package another name, or its repository another owner: npm run rename -- --name @acme/slipway
 * --repository acme/slipway. package.json is the one place that says them; what has to repeat them (imports in examples,
 * links) is rewritten with it. `--check` only fails where nobody has said yet whose the package is.
 */

/** Stands for the owner until there is one. */
const NOBODY = 'OWNER'

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    repository: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
})
const current = readIdentity()
const wanted = { ...current, ...wordsOf(values) }
if (values.check) refuseNobody(current)
else for (const file of trackedFiles()) rewrite(file)

function wordsOf({ name, repository }: Partial<Identity>): Partial<Identity> {
  if (name !== undefined && !/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/.test(name))
    throw new Error(`"${name}" cannot be the name of a package`)
  if (repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw new Error(`"${repository}" is no OWNER/NAME`)
  return { ...(name && { name }), ...(repository && { repository }) }
}

function refuseNobody({ repository }: Identity): void {
  if (!repository.startsWith(`${NOBODY}/`)) return
  console.error(
    `package.json does not say whose ${repository} is: npm run rename -- --repository YOU/NAME`,
  )
  process.exitCode = 1
}

function trackedFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
  return list.split('\0').filter(file => file !== '' && existsSync(file))
}

function rewrite(file: string): void {
  const before = readFileSync(file, 'utf8')
  const after = renameIn(before, /(^|\/)package(-lock)?\.json$/.test(file))
  if (after === before) return
  writeFileSync(file, after)
  console.log(file)
}

/** The name of the command stays: only where the package is meant, it is another. */
function renameIn(text: string, isManifest: boolean): string {
  const name = escape(current.name)
  const places = [
    new RegExp(`(?<=\\bfrom ')${name}(?=(/charts)?')`, 'g'),
    new RegExp(`(?<=node_modules/)${name}(?=[/\`'"\\s])`, 'g'),
    new RegExp(`(?<=\\bnpm (install|i) (-\\S+ )*)${name}(?=[@\\s\`"']|$)`, 'gm'),
    new RegExp(`(?<=")${name}(?=/charts": \\[)`, 'g'),
    ...(isManifest
      ? [new RegExp(`(?<="name": "|(?<=^ {4}")(?=\\S+": "file:))${name}(?=")`, 'gm')]
      : []),
  ]
  const renamed = places.reduce((all, place) => all.replaceAll(place, wanted.name), text)
  const slug = new RegExp(`(?<![\\w.-])${escape(current.repository)}(?![\\w-])`, 'g')
  return renamed.replaceAll(slug, wanted.repository)
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
