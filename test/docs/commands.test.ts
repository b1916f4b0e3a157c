import test from 'ava'
import { COMMANDS } from '../../src/cli/commands.ts'
import { parse } from '../../src/cli/parse.ts'
import { blocksOf, indentedLinesOf, pages, spansOf, type Excerpt, type Page } from './pages.ts'

/** Every command that a page has its reader type is one: its name, flags and words are those of the command line. */

const typed = pages().flatMap(typedOn)

test('P1 · the pages have their readers type every command', t => {
  const words = new Set(typed.map(({ text }) => text.split(' ')[0]))
  const missing = COMMANDS.map(({ name }) => name).filter(name => !words.has(name))
  t.deepEqual(missing, [])
})

test('P1 · each command on a page is understood as it stands there', async t => {
  const wrong: string[] = []
  for (const { text, place } of typed) {
    const argv = wordsOf(text)
    const parsed = await parse({ argv, commands: COMMANDS, columns: 100, version: '' })
    if (parsed.type !== 'problem' || isOnlyNamed(argv, parsed.problem.message)) continue
    wrong.push(`${place}: slipway ${text}: ${parsed.problem.message}`)
  }
  t.true(typed.length > 250)
  t.deepEqual(wrong, [])
})

/** A sentence that speaks of a command leaves out what every call of it has. */
function isOnlyNamed(argv: readonly string[], message: string): boolean {
  return argv.length <= 2 && / needs (<|a value)/.test(message)
}

function typedOn(page: Page): Excerpt[] {
  const lines = blocksOf(page, ['sh', '']).flatMap(linesOf)
  const code = [...lines, ...indentedLinesOf(page), ...spansOf(page)]
  return code.flatMap(({ text, place }) =>
    callsIn(text).flatMap(call => everyWay(call).map(way => ({ text: way, place }))),
  )
}

function linesOf({ text, place }: Excerpt): Excerpt[] {
  const [, path = '', first = ''] = /^(.*):(\d+)$/.exec(place) ?? []
  return text
    .split('\n')
    .map((line, index) => ({ text: line, place: `${path}:${Number(first) + index}` }))
}

/** What follows `slipway` on a line of a shell, up to a comment, a pipe, a redirection or a remark in a second column. */
function callsIn(line: string): string[] {
  const [code = ''] = line.split(/ #| {2,}(?=\S)/)
  return code.split(/&&|;|\s\|\s|\s\d?>+\s/).flatMap(part => {
    const [, call] = /^(?:\$ )?(?:npx --no |kubectl )?slipway(?= )(.*)$/.exec(part.trim()) ?? []
    return call === undefined || isPlaceholder(call) ? [] : [call.trim()]
  })
}

/** The usage lines of the reference, and `slipway COMMAND --help`. */
function isPlaceholder(call: string): boolean {
  return /<\w+>|\[\w+(\.\.)?\]|^ COMMAND/.test(call)
}

/** `canary weight|promote NAME` stands for two. */
function everyWay(call: string): string[] {
  const [, before = '', words, after = ''] = /^(.*?)(\S+\|\S+)(.*)$/.exec(call) ?? []
  if (words === undefined) return [call]
  return words.split('|').flatMap(word => everyWay(`${before}${word}${after}`))
}

/** As a shell makes them; brackets and ellipses are of people. */
function wordsOf(call: string): string[] {
  const words = call.match(/"[^"]*"|'[^']*'|\S+/g) ?? []
  const plain = words.map(word => word.replaceAll(/^["'[]|["'\],.…]+$/g, ''))
  return plain.filter(word => word !== '').map(word => (word === 'COUNT' ? '1' : word))
}
