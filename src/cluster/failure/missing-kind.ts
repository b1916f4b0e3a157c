import type { ApiRequest } from '../transport/request.ts'
import type { Failure } from './failure.ts'

type About = Pick<ApiRequest, 'verb' | 'path' | 'ref' | 'kind'>

/**
 * A kind that was served a moment ago and no longer is (its definition was removed): what the API server then says of its
 * path is told as that. Of an object that is read or deleted it stays `not-found`: it is not there, either.
 */
export function asMissingKind(
  failure: Failure,
  { verb, path, ref, kind = ref?.kind }: About,
): Failure {
  const [, apiVersion] = /^\/apis\/([^/]+\/[^/]+)\//.exec(path) ?? []
  const isWrong =
    failure.type === 'not-found' && UNKNOWN.has(failure.message) && CONCERNED.has(verb)
  if (!isWrong || kind === undefined || apiVersion === undefined) return failure
  const message = `the API server does not serve ${kind} in ${apiVersion} any more`
  return { type: 'kind-missing', status: 404, apiVersion, kind, message }
}

const CONCERNED: ReadonlySet<string> = new Set(['list', 'watch', 'create', 'update', 'patch'])

/** Of a group that is gone, and of a kind of a group that has others. */
const UNKNOWN: ReadonlySet<string> = new Set([
  '404 page not found',
  'the server could not find the requested resource',
])
