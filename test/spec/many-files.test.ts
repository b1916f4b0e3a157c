import test from 'ava'
import { readEndpoints } from '../../src/spec/endpoints.ts'
import { memorySource } from './memory-source.ts'

/** A folder of files that all say the same, without any of them being kept. */
function folderOf(count: number) {
  const read: string[] = []
  const source = {
    ...memorySource([]),
    list: async () => Array.from({ length: count }, (_, index) => `endpoints/e-${index}.yaml`),
    read: async (path: string) => {
      read.push(path)
      return Buffer.from('')
    },
  }
  return { read, source }
}

test('R8 · more files than memory can hold are refused with a sentence, before one of them is read', async t => {
  const { read, source } = folderOf(100_001)
  const { value, problems } = await readEndpoints(source, 'endpoints')
  t.deepEqual(value, [])
  t.deepEqual(
    problems.map(({ message }) => message),
    ['endpoints/ has 100001 .yaml files, and at most 100000 are read'],
  )
  t.truthy(problems[0]?.remedy)
  t.deepEqual(read, [])
})

test('R8 · of ten thousand files each is read, and each fault is told', async t => {
  const { read, source } = folderOf(10_000)
  const { problems } = await readEndpoints(source, 'endpoints')
  t.is(read.length, 10_000)
  t.is(problems.length, 10_000)
})
