import { imageVolumesIn } from '../../kinds/index.ts'
import { entries } from '../../object/index.ts'
import type { PodContainer } from '../containers.ts'
import type { Pod } from '../shapes.ts'

/** An image that a container waits for: its own, or one that it mounts. */
export interface PulledImage {
  reference: string
  /** The volume that it is; absent for the container's own image. */
  volume?: string
}

/**
 * Which image the kubelet's texts speak of: a volume's image is pulled before the container's own and told with the same reasons, of the
 * same container (kuberuntime_manager.go, toKubeContainerImageVolumes).
 */
export function pulledImage(container: PodContainer, texts: readonly string[]): PulledImage {
  const own = { reference: container.spec.image ?? '' }
  const isNamed = ({ reference }: PulledImage) =>
    texts.some(said => reference !== '' && said.includes(`"${reference}"`))
  return [own, ...mountedBy(container)].find(isNamed) ?? own
}

/** The images that a pod mounts as volumes. */
export function imageVolumesOf(pod: Pod): PulledImage[] {
  return imageVolumesIn(pod.spec)
}

function mountedBy({ pod, spec }: PodContainer): PulledImage[] {
  const mounted = new Set(entries(spec['volumeMounts']).map(({ name }) => name))
  return imageVolumesOf(pod).filter(({ volume }) => mounted.has(volume))
}

/** As a sentence begins: `image chat:v12`, `weights llama:3.1`, `adapter sql (sql:1)`. */
export function imageText({ reference, volume }: PulledImage): string {
  if (volume === undefined) return `image ${reference}`
  const adapter = /^adapter-(.+)$/.exec(volume)?.[1]
  if (adapter !== undefined) return `adapter ${adapter} (${reference})`
  return volume === 'model' || volume === 'mnt-models'
    ? `weights ${reference}`
    : `image ${reference} of volume ${volume}`
}
