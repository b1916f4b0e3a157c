import type { AnyCommand } from '../../src/cli/command.ts'

/** One way to call a command. */
export interface Call {
  command: string
  /** What of it is tried: `-o json`, or an argument that is one of a few words; empty where it has none. */
  word: string
  args: string[]
  code: number
}

/** What a command needs, beside the word, to have something to do. */
export interface Recipe {
  args?: string[]
  /** 0 without it. */
  code?: number
}

export type Recipes = Record<string, (word: string) => Recipe[]>

/**
 * Every command with each word that its tables offer, so that none can be forgotten: each choice of a flag, `-o` among them,
 * and of an argument. A command without a recipe is an error.
 */
export function everyCall(commands: readonly AnyCommand[], recipes: Recipes): Call[] {
  return commands.flatMap(command => wordsOf(command).flatMap(word => callsOf(command, word)))

  function callsOf({ name }: AnyCommand, { word, args }: Word): Call[] {
    const recipe = recipes[name]
    if (recipe === undefined) throw new Error(`there is no recipe for slipway ${name}`)
    return recipe(word).map(({ args: more = [], code = 0 }) => ({
      command: name,
      word,
      args: [name, ...(args[0]?.startsWith('-') ? [...more, ...args] : [...args, ...more])],
      code,
    }))
  }
}

interface Word {
  word: string
  args: string[]
}

function wordsOf({ positionals, options }: AnyCommand): Word[] {
  const places = Object.values(positionals).flatMap(({ choices = [] }) =>
    choices.map(choice => ({ word: choice, args: [choice] })),
  )
  const flags = Object.entries(options).flatMap(([name, { choices = [] }]) =>
    choices.map(choice => flagWord(name, String(choice))),
  )
  const words = [...places, ...flags]
  return words.length === 0 ? [{ word: '', args: [] }] : words
}

function flagWord(name: string, choice: string): Word {
  const flag = name === 'output' ? '-o' : `--${name}`
  return { word: `${flag} ${choice}`, args: [flag, choice] }
}
