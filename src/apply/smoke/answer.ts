import type { PodResponse } from '../../cluster/index.ts'
import { missingPart } from './subset.ts'
import type { SmokeRequest } from './requests.ts'

/** What is wrong with an answer, as a clause: `answered 500, not 200`; undefined when it is as expected. */
export function faultOf(request: SmokeRequest, response: PodResponse): string | undefined {
  const { status } = response
  if (request.status === undefined) {
    if (status < 200 || status >= 400) return `answered ${status}, not 200`
  } else if (status !== request.status) return `answered ${status}, not ${request.status}`
  if (request.json === undefined) return undefined
  const answer = parsed(response.body)
  if (answer === undefined) return 'answered something that is not JSON'
  const missing = missingPart(request.json, answer.value)
  return missing === undefined ? undefined : `answered JSON that is not as expected: ${missing}`
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
