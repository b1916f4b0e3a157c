import test from 'ava'
import type { Problem } from '../../src/problem/index.ts'
import { renderSet } from '../../src/render/index.ts'
import { loadSet } from '../../src/spec/index.ts'
import { brokenCases, type BrokenCase } from './broken-cases.ts'
import { memorySource } from './memory-source.ts'

const cases = await brokenCases()

test('R8 · the corpus has a case for every kind of mistake', t => {
  t.true(cases.length >= 100)
  const codes = new Set<string>(cases.map(({ expected }) => expected.code))
  for (const code of [
    'yaml-syntax',
    'yaml-encoding',
    'yaml-alias',
    'unknown-field',
    'wrong-type',
  ]) {
    t.true(codes.has(code), code)
  }
})

for (const broken of cases) {
  const { name, expected } = broken
  test(`R8 · ${name}: one clear sentence at its place`, async t => {
    const problems = await problemsOf(broken)
    t.is(problems.length, 1, JSON.stringify(problems, null, 2))
    const [problem] = problems
    t.is(problem?.severity, 'error')
    t.is(placeText(problem), expected.place)
    t.is(String(problem?.code), expected.code)
    t.is(problem?.message, expected.message)
    t.is(problem?.remedy, expected.remedy)
    t.notRegex(expected.message, /\n|undefined|\[object|Invalid input|expected .* received/i)
  })
}

async function problemsOf({ files, expected }: BrokenCase): Promise<readonly Problem[]> {
  const { value, problems } = await loadSet({ source: memorySource(files) })
  if (expected.foundIn === 'spec' || value === undefined) return problems
  return [...problems, ...renderSet(value).problems]
}

function placeText(problem: Problem | undefined): string {
  const place = problem?.place
  return place === undefined ? '-' : `${place.file}:${place.line}:${place.column}`
}
