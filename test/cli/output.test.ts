import test from 'ava'
import { EventEmitter } from 'node:events'
import { openOutput } from '../../src/cli/stream.ts'

/** Keeps what is written, one entry for each write. */
function recorded() {
  const writes: string[] = []
  const stream = Object.assign(new EventEmitter(), {
    write: (text: string, done?: () => void) => {
      if (text !== '') writes.push(text)
      done?.()
      return true
    },
  })
  return { writes, output: openOutput(stream as never as NodeJS.WriteStream) }
}

test('what comes in thousands is written together, in a moment', async t => {
  const { writes, output } = recorded()
  output.writeSoon('a\n')
  output.writeSoon('b\n')
  t.deepEqual(writes, [])
  while (writes.length === 0) await new Promise(setImmediate)
  output.writeSoon('c\n')
  output.release()
  t.deepEqual(writes, ['a\nb\n', 'c\n'])
})

test('the order stays: what is written at once comes after what was held back', async t => {
  const { writes, output } = recorded()
  output.writeSoon('progress\n')
  output.write('message\n')
  t.deepEqual(writes, ['progress\nmessage\n'])
  output.writeSoon('last\n')
  t.is(await output.flush(), undefined)
  t.deepEqual(writes, ['progress\nmessage\n', 'last\n'])
})
