import type { k8s } from 'cdk8s-plus-28'

/**
 * cdk8s-plus-28's generated types as the plain JSON that the API server takes: without the wrapper
 * classes whose converters drop what the 1.28 schema does not know (docs/decisions/0001). Members may be
 * undefined; ApiObject leaves those out.
 */
export type Plain<T> = T extends Date
  ? string
  : Same<T, k8s.IntOrString> extends true
    ? number | string
    : Same<T, k8s.Quantity> extends true
      ? string
      : T extends readonly (infer Item)[]
        ? readonly Plain<Item>[]
        : T extends object
          ? { [K in keyof T]: object extends Pick<T, K> ? Plain<T[K]> | undefined : Plain<T[K]> }
          : T

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/** What 1.28 does not know yet: the sleep action, stable since Kubernetes 1.34, on by default since 1.30. */
export interface PreStop {
  sleep?: { seconds: number } | undefined
  httpGet?: Plain<k8s.HttpGetAction> | undefined
  exec?: Plain<k8s.ExecAction> | undefined
}

export type Container = Omit<Plain<k8s.Container>, 'lifecycle'> & {
  lifecycle?: { preStop: PreStop } | undefined
}

/** With images as volumes, on by default since Kubernetes 1.35. */
export type Volume = Plain<k8s.Volume> & {
  image?: { reference: string; pullPolicy?: string | undefined } | undefined
}

export type PodSpec = Omit<Plain<k8s.PodSpec>, 'containers' | 'initContainers' | 'volumes'> & {
  volumes?: readonly Volume[] | undefined
  containers: readonly Container[]
  initContainers?: readonly Container[] | undefined
}

export type Metadata = {
  name: string
  namespace: string
  labels: Record<string, string>
  annotations: Record<string, string>
}

/** An object of one of the generated kinds, ready for an ApiObject. */
export type Manifest<Props extends { readonly spec?: unknown }> = {
  apiVersion: string
  kind: string
  metadata: Metadata
  spec: Plain<NonNullable<Props['spec']>>
}
