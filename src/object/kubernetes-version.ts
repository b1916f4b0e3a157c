/** 36 of `1.36` or `v1.36.2`; NaN where it is no version of Kubernetes. */
export function kubernetesMinor(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? Number.NaN)
}
