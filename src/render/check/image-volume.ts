import { imageVolumesIn } from '../../kinds/index.ts'
import { at, kubernetesMinor, text } from '../../object/index.ts'
import type { Endpoint } from '../../spec/index.ts'
import { nameOf, type Findings, type Rule } from './rule.ts'
import type { Pods } from './pods.ts'

/** Mounted by path since the first; asked for by nobody since the second (feature gate ImageVolume, pkg/features/kube_features.go of 1.37). */
export const IMAGE_VOLUMES = { first: 33, byDefault: 35 } as const

/** Images are mounted as volumes only where Kubernetes can. */
export const imageVolume: Rule = {
  id: 'image-volume',
  find: view => view.pods.flatMap(imageVolumeFindings),
}

function imageVolumeFindings(pods: Pods): Findings {
  const { workload, spec } = pods
  const { kubernetesVersion } = workload.endpoint
  const minor = kubernetesMinor(kubernetesVersion ?? '')
  const [image] = imageVolumesOf(spec)
  if (image === undefined || Number.isNaN(minor) || minor >= IMAGE_VOLUMES.byDefault) return []
  const isThere = minor >= IMAGE_VOLUMES.first
  return {
    rendering: workload,
    field: fieldOf(image, workload.endpoint),
    ...(isThere ? { severity: 'warning' } : {}),
    message: `${nameOf(workload)} mounts the image ${image}, and Kubernetes ${kubernetesVersion} ${isThere ? 'does so only with the feature gate ImageVolume' : 'cannot mount images'}`,
    cause: `Images as volumes are there since Kubernetes 1.${IMAGE_VOLUMES.first}, and on by default since 1.${IMAGE_VOLUMES.byDefault}.`,
    remedy: isThere
      ? 'Switch ImageVolume on in the API server and the kubelets, or fetch the model with "fetch: {image: …}".'
      : 'Fetch the model with "fetch: {image: …}", or update the cluster and kubernetes.version of the environment.',
  }
}

/** Of a pod; one of KServe's models is mounted the same way when it is asked for natively. */
export function imageVolumesOf(spec: unknown): string[] {
  const volumes = imageVolumesIn(spec).map(({ reference }) => reference)
  const native = /^oci\+native:\/\/(.+)$/.exec(text(at(spec, 'model', 'storageUri')) ?? '')?.[1]
  return native === undefined ? volumes : [...volumes, native]
}

function fieldOf(image: string, { spec }: Endpoint): string {
  if (spec.model?.uri === `oci://${image}`) return 'spec.model.fetch'
  const adapter = (spec.adapters ?? []).findIndex(({ uri }) => uri === `oci://${image}`)
  return adapter === -1 ? 'spec.volumes' : `spec.adapters[${adapter}]`
}
