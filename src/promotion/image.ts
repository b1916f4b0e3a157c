import { KSERVE } from '../kinds/index.ts'
import { at, entries, text, type KubeObject } from '../object/index.ts'
import type { RunningImage } from './facts.ts'

const DIGEST = /@(sha256:[0-9a-f]{64})$/

/**
 * The image that pods run, by digest: of the spec where it says one, else as the container runtime reports it. `imageID` is
 * `registry/name@sha256:…` for an image that was pulled; a bare `sha256:…` names a local image, which no other node could pull.
 */
export function runningImage(image: string | undefined, pods: readonly KubeObject[]): RunningImage {
  if (image === undefined) return { state: 'unknown' }
  if (DIGEST.test(image)) return { state: 'pinned', image }
  const digests = pods.map(digestOf)
  if (digests.length === 0 || digests.includes(undefined)) return { state: 'unknown' }
  const images = [...new Set(digests)].map(digest => `${image}@${digest}`)
  const [only] = images
  return images.length === 1 && only !== undefined
    ? { state: 'pinned', image: only }
    : { state: 'mixed', images }
}

function digestOf(pod: KubeObject): string | undefined {
  const containers = entries(at(pod, 'spec', 'containers'))
  const server = containers.find(({ name }) => name === KSERVE.container) ?? containers[0]
  const statuses = entries(at(pod, 'status', 'containerStatuses'))
  const status = statuses.find(({ name }) => name === server?.['name'])
  return DIGEST.exec(text(status?.['imageID']) ?? '')?.[1]
}
