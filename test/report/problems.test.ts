import test from 'ava'
import type { Problem } from '../../src/problem/index.ts'
import { painter, problemsAsAnnotations, problemsAsText } from '../../src/report/index.ts'

const plain = painter(false)

const unknownField: Problem = {
  code: 'unknown-field',
  severity: 'error',
  message: 'spec has no field "imgae"',
  place: { file: 'endpoints/chat.yaml', line: 12, column: 9 },
  remedy: 'Did you mean "image"?',
}
const mutableTag: Problem = {
  code: 'policy',
  severity: 'warning',
  message: 'the tag "latest" may change',
  cause: 'policies.mutableTag is warn',
  object: 'Deployment/llm-ops/chat',
}

test('R8 · a problem is one sentence with its place, cause and remedy', t => {
  t.is(
    problemsAsText([unknownField, mutableTag], plain),
    [
      'endpoints/chat.yaml:12:9: error: spec has no field "imgae"',
      '  do: Did you mean "image"?',
      'Deployment/llm-ops/chat: warning: the tag "latest" may change',
      '  why: policies.mutableTag is warn',
      '1 error, 1 warning',
      '',
    ].join('\n'),
  )
})

test('no problems are no text', t => {
  t.is(problemsAsText([], plain), '')
})

test('one problem is not counted', t => {
  t.false(problemsAsText([unknownField], plain).includes('1 error'))
})

test('a cause that the message says already is not repeated', t => {
  const problem = { ...mutableTag, message: 'not ready: no image', cause: 'no image' }
  t.false(problemsAsText([problem], plain).includes('why:'))
})

test('a problem is coloured by its severity only when asked', t => {
  const text = problemsAsText([unknownField], painter(true))
  t.true(text.includes('\u001B[31merror\u001B[39m'))
})

test('lines of foreign text cannot pose as other lines or as commands of a runner', t => {
  const problem = { ...unknownField, message: 'first\n::error::fake\n\u001B[2Jlast' }
  const lines = problemsAsText([problem], plain).split('\n')
  t.deepEqual(lines.slice(0, 3), [
    'endpoints/chat.yaml:12:9: error: first',
    '  | ::error::fake',
    '  | last',
  ])
})

test('R14 · problems as annotations stand at their line in GitHub', t => {
  t.is(
    problemsAsAnnotations([unknownField], ''),
    '::error file=endpoints/chat.yaml,line=12,col=9,title=unknown-field::spec has no field "imgae"%0Ado: Did you mean "image"?\n',
  )
})

test('an annotation’s file counts from the repository’s root', t => {
  const text = problemsAsAnnotations([unknownField], 'teams/ml')
  t.true(text.startsWith('::error file=teams/ml/endpoints/chat.yaml,'))
})

test('an annotation without a place names its object', t => {
  t.is(
    problemsAsAnnotations([mutableTag], ''),
    '::warning title=policy::Deployment/llm-ops/chat: the tag "latest" may change%0Awhy: policies.mutableTag is warn\n',
  )
})

test('what separates annotations is escaped in values and properties', t => {
  const place = { file: 'endpoints/a,b:c%.yaml', line: 1, column: 1 }
  const text = problemsAsAnnotations([{ ...unknownField, place, message: '50%\n::warning::x' }], '')
  t.true(text.startsWith('::error file=endpoints/a%2Cb%3Ac%25.yaml,line=1,col=1,'))
  t.true(text.includes('::50%25%0A::warning::x%0Ado:'))
  t.is(text.trimEnd().split('\n').length, 1)
})
