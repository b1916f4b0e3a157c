import * as z from 'zod'
import {
  positiveDuration,
  rawObject,
  text,
  urlPath,
  wholeNumber,
  optionalFields,
} from './values.ts'

/** Smoke checks, and patches of rendered objects. */

const expectation = optionalFields({
  status: wholeNumber({ min: 100, max: 599, expected: 'an HTTP status from 100 to 599' }).describe(
    'The expected HTTP status; 200 when left out.',
  ),
  json: z.unknown().describe('A part of the JSON answer that must be there.'),
})

const common = {
  expect: expectation.optional().describe('The answer.'),
  timeout: positiveDuration.optional().describe('How long the answer may take.'),
}

export const smokeCheck = z.union(
  [
    z.strictObject({
      get: urlPath.describe('GET this path.'),
      ...common,
    }),
    z.strictObject({
      post: urlPath.describe('POST to this path.'),
      body: z.unknown().optional().describe('Sent as JSON.'),
      ...common,
    }),
    z.strictObject({
      protocol: z
        .enum(['openai', 'open-inference'])
        .describe(
          'Ready-made checks: openai (/v1/models lists the model), open-inference (/v2/health/ready, and the model).',
        ),
      model: text
        .optional()
        .describe('The name under which the server lists its model; not asked for when left out.'),
      timeout: common.timeout,
    }),
  ],
  '{get: /path}, {post: /path, body} or {protocol: openai | open-inference, model}',
)

export type SmokeCheck = z.output<typeof smokeCheck>

const patchTarget = z
  .strictObject({
    kind: text.describe('The kind of object.'),
    name: text.optional().describe('All objects of the kind when left out.'),
  })
  .describe('The rendered objects that it changes.')

const POINTER = 'a JSON pointer such as /spec/replicas'
const pointer = z.string(POINTER).regex(/^(\/.*)?$/, POINTER)

const operation = z.union(
  [
    z.strictObject({
      op: z.enum(['add', 'replace', 'test']).describe('What to do.'),
      path: pointer.describe('Where, as a JSON pointer.'),
      value: z.unknown().describe('The value, for add, replace and test.'),
    }),
    z.strictObject({ op: z.literal('remove'), path: pointer }),
    z.strictObject({
      op: z.enum(['move', 'copy']),
      from: pointer.describe('From where, for move and copy.'),
      path: pointer,
    }),
  ],
  'a JSON patch operation: {op: add | replace | test, path, value}, {op: remove, path} or {op: move | copy, from, path}',
)

export const patch = z.union(
  [
    z.strictObject({ target: patchTarget, merge: rawObject.describe('A JSON merge patch.') }),
    z.strictObject({
      target: patchTarget,
      json: z.array(operation).min(1).describe('JSON patch operations.'),
    }),
  ],
  '{target: {kind, name}, merge: {…}} or {target: {kind, name}, json: […]}',
)
