import test from 'ava'
import { alone, groupsOf } from '../support/together.ts'

const filesOf = (room: string, count: number) =>
  Array.from({ length: count }, (_, index) => `test/${room}/${index}.test.ts`)

test('files of one room are together, none in two groups, and no group is long', t => {
  const files = [...filesOf('plan', 31), ...filesOf('words', 1)]
  const groups = groupsOf(files)
  t.deepEqual(groups.flat(), files)
  t.deepEqual(
    groups.map(group => group.length),
    [11, 11, 9, 1],
  )
})

test('a test is called by its own file', t => {
  t.is(alone('ok 1 - together › 4711 › 12 › plan › fields › title'), 'ok 1 - plan › fields › title')
  t.is(alone('ok 1 - plan › fields › together › title'), 'ok 1 - plan › fields › together › title')
})
