import test from 'ava'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMANDS } from '../../src/cli/commands.ts'
import { commandReference } from './reference.ts'

const PAGE = join(import.meta.dirname, '../../docs/cli.md')
const MARK =
  '<!-- From here on made from the commands themselves: UPDATE_GOLDEN=1 npx ava test/cli/reference.test.ts -->\n'

test('docs/cli.md describes the commands as they are', t => {
  const [prose = '', generated = ''] = readFileSync(PAGE, 'utf8').split(MARK)
  const reference = `\n${commandReference()}`
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(PAGE, prose + MARK + reference)
  else t.is(generated, reference)
  t.true(COMMANDS.every(({ name }) => reference.includes(`## ${name}\n`)))
})
