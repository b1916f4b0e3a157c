import type { ArgsOf, OptionTable } from './options.ts'
import type { Terminal } from './terminal.ts'

/** One command as data, with the function that does it. Rooms are imported inside `run`, so that others do not load them. */
export interface Command<
  Table extends OptionTable = OptionTable,
  Positionals extends PositionalTable = PositionalTable,
> {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What it does in order, for its help. */
  description: string
  positionals: Positionals
  options: Table
  examples: [command: string, what: string][]
  /** How it is done where several environments are given; without, it takes one. Throws for what is wrong in any of them. */
  course?: (args: ArgsOf<Table> & PositionalArgs<Positionals>) => Course
  /** Resolves to the exit code; SlipwayErrors are reported by the caller. */
  run: (args: ArgsOf<Table> & PositionalArgs<Positionals>, terminal: Terminal) => Promise<number>
}

export interface Course {
  /**
   * together  side by side, as what only reads may
   * in-order  one after the other, and none after one that fails
   * through   one after the other, whatever comes of each
   */
  order: 'together' | 'in-order' | 'through'
  /** No cluster is asked: what is shown together is made one after the other, so that one at a time is in memory. */
  isLocal?: boolean
  /** How the results of several become one. */
  format: string
}

/** What help and completion tell of a command. */
export type DescribedCommand = Omit<Command, 'run' | 'course'>

/** Any command: what its `run` takes is what its tables say, which yargs has seen to. */
export interface AnyCommand extends DescribedCommand {
  course?: (args: never) => Course
  run: (args: never, terminal: Terminal) => Promise<number>
}

/** Arguments without a flag, in their order. */
export type PositionalTable = Record<string, Positional>

export interface Positional {
  describe: string
  /** `[NAME..]`; otherwise exactly one. */
  many: boolean
  /** `[NAME]`: one or none. */
  isOptional?: true
  choices?: readonly string[]
  /** The choice that a word means. */
  read?: (word: string) => string
}

type PositionalArgs<Table extends PositionalTable> = {
  [Key in keyof Table]: Table[Key]['many'] extends true
    ? string[]
    : Table[Key] extends { isOptional: true }
      ? string | undefined
      : string
}

/** A command whose arguments are typed by its tables. */
export function defineCommand<
  const Table extends OptionTable,
  const Positionals extends PositionalTable,
>(command: Command<Table, Positionals>): Command<Table, Positionals> {
  return command
}

/** How a command is called: `slipway apply [names..]`. */
export function usageOf({ name, positionals }: Pick<Command, 'name' | 'positionals'>): string {
  const words = Object.entries(positionals).map(([key, { many, isOptional }]) => {
    if (many) return `[${key}..]`
    return isOptional === true ? `[${key}]` : `<${key}>`
  })
  return [name, ...words].join(' ')
}
