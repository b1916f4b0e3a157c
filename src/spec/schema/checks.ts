import { z } from 'zod'
import { positiveDuration, rawObject, text, urlPath, wholeNumber } from './values.ts'

/** Smoke checks, and patches of rendered objects. */

const expectation = z.strictObject({
  status: wholeNumber({ min: 100, max: 599, expected: 'an HTTP status from 100 to 599' })
    .optional()
    .describe('The expected HTTP status; 200 when left out.'),
  json: z.unknown().optional().describe('A part of the JSON answer that must be there.'),
})

export const smokeCheck = z.union(
  [
    z.strictObject({
      get: urlPath,
      expect: expectation.optional(),
      timeout: positiveDuration.optional(),
    }),
    z.strictObject({
      post: urlPath,
      body: z.unknown().optional().describe('Sent as JSON.'),
      expect: expectation.optional(),
      timeout: positiveDuration.optional(),
    }),
  ],
  '{get: /path} or {post: /path, body}',
)

const patchTarget = z.strictObject({
  kind: text,
  name: text.optional().describe('All objects of the kind when left out.'),
})

const POINTER = 'a JSON pointer such as /spec/replicas'
const pointer = z.string(POINTER).regex(/^(\/.*)?$/, POINTER)

const operation = z.union(
  [
    z.strictObject({ op: z.enum(['add', 'replace', 'test']), path: pointer, value: z.unknown() }),
    z.strictObject({ op: z.literal('remove'), path: pointer }),
    z.strictObject({ op: z.enum(['move', 'copy']), from: pointer, path: pointer }),
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
