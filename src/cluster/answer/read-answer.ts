import { formatRef } from '../../object/index.ts'
import { ClusterError } from '../failure/failure.ts'
import type { ApiRequest } from '../transport/request.ts'
import { Unexpected, type Reader } from './reader.ts'

interface Answered<T> {
  request: ApiRequest
  text: string
  read: Reader<T>
}

/** What an answer says. Success is believed only of an answer that is what was asked; any other is a ClusterError. */
export function readAnswer<T>({ request, text, read }: Answered<T>): T {
  try {
    return read(parse(text))
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error
    throw unexpected(request, error)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Unexpected('text that is not JSON', { cause: error })
  }
}

function unexpected({ ref, path, method }: ApiRequest, error: Unexpected): ClusterError {
  const about = ref === undefined ? `${method} ${path}` : `${method} ${formatRef(ref)}`
  return new ClusterError(
    {
      type: 'unexpected',
      status: 200,
      message: `${about} was answered with ${error.message}`,
      ...(ref !== undefined && { object: formatRef(ref) }),
    },
    { cause: error },
  )
}
