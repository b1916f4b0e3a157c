import { failure, type SlipwayError } from '../problem/index.ts'

/** An engine that applies what is written would delete everything: as little believed as in an apply. */
export function nothingRendered(consequence: string): SlipwayError {
  return failure('guard', `nothing was rendered, and ${consequence}`, {
    remedy:
      'Check that the endpoints folder is the right one. If it is intended, delete the files, or what they are for, yourself.',
  })
}
