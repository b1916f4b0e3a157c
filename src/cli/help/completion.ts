import type { AnyCommand } from '../command.ts'

/** What a completion script asks: the words of the line until now, the last being completed. */
export interface CompletionQuestion {
  words: readonly string[]
  commands: readonly AnyCommand[]
}

type Wanted = 'environments' | 'endpoints'

/** Environments and endpoints of the project here, and words such as kinds, where the line wants one; nothing where it wants another. */
export async function completeNames(question: CompletionQuestion): Promise<string[]> {
  const wanted = wantedBy(question)
  if (wanted === undefined) return []
  const current = question.words.at(-1) ?? ''
  const names =
    typeof wanted === 'string' ? await namesOf(wanted, folderIn(question.words)) : wanted
  return names.filter(
    name => name.startsWith(current) && !question.words.slice(0, -1).includes(name),
  )
}

/** Which names the last word may be, or which words. */
export function wantedBy({
  words,
  commands,
}: CompletionQuestion): Wanted | readonly string[] | undefined {
  const [before = '', current = ''] = words.slice(-2)
  if (before === '-e' || before === '--environment') return 'environments'
  if (before === '--endpoint') return 'endpoints'
  const command = commands.find(({ name }) => words.slice(0, -1).includes(name))
  if (command === undefined || current.startsWith('-')) return undefined
  if ('from' in command.options && (before === '--from' || before === '--to')) return 'environments'
  if (takesValue(before, command)) return undefined
  const choices = choicesOf(command)
  const isChosen = choices.some(each => words.includes(each))
  if (choices.length > 0 && !isChosen) return choices
  if (isChosen) return 'name' in command.positionals ? 'endpoints' : undefined
  return 'names' in command.positionals ? 'endpoints' : undefined
}

/** Of the first argument: the kinds of `import`, the engines of `handoff`. */
function choicesOf({ positionals }: AnyCommand): readonly string[] {
  const [first] = Object.values(positionals)
  return first?.choices ?? []
}

function takesValue(word: string, { options }: AnyCommand): boolean {
  const option = Object.entries(options).find(
    ([name, { alias }]) => word === `--${name}` || word === `-${String(alias)}`,
  )?.[1]
  return (
    word === '-C' || word === '--directory' || (option !== undefined && option.type !== 'boolean')
  )
}

function folderIn(words: readonly string[]): string {
  const at = words.findIndex(word => word === '-C' || word === '--directory')
  return at === -1 ? '.' : (words[at + 1] ?? '.')
}

/** A project that cannot be read has none: who types is not told so. */
async function namesOf(wanted: Wanted, directory: string): Promise<string[]> {
  const { endpointFiles, findProject, listEnvironments } = await import('../../spec/index.ts')
  const { openProject } = await import('../../project/index.ts')
  try {
    const source = await openProject(await findProject(directory))
    return wanted === 'environments'
      ? await listEnvironments(source)
      : [...(await endpointFiles(source)).keys()]
  } catch {
    return []
  }
}
