import { API_VERSION } from '../object/index.ts'
import type { Problem } from '../problem/index.ts'
import { hasErrors } from '../problem/index.ts'
import { plural } from './words.ts'

/** What checking a project found. */
export interface Validation {
  /** Those that could be rendered, with how much they hold. */
  environments: { name: string; endpoints: number; objects: number }[]
  problems: Problem[]
}

/** `production: 3 endpoints, 12 objects`, a line for each environment. */
export function validationAsText({ environments }: Validation): string {
  return environments
    .map(({ name, endpoints, objects }) => {
      return `${name}: valid (${plural(endpoints, 'endpoint')}, ${plural(objects, 'object')})\n`
    })
    .join('')
}

export function validationAsJson({ environments, problems }: Validation): Record<string, unknown> {
  const valid = !hasErrors(problems)
  return { apiVersion: API_VERSION, kind: 'Validation', valid, environments, problems }
}
