import type { FieldConflict } from '../../cluster/index.ts'
import { kindNamed } from '../../kinds/index.ts'

/** Who writes a field beside git, and what to do about it. */
export interface Holder {
  /** Field managers, as they call themselves in managedFields. */
  managers: RegExp
  /** Only fields of this path; every field when absent. */
  fields?: RegExp
  /** Not even --force-conflicts takes it: the holder would set it again at once. */
  isNeverForced?: boolean
  advice: string
}

const REPLICAS = /^\.spec\.replicas$/
const RESOURCES = /\.resources(\.|$)/

const MADE =
  "It was made or applied with kubectl, as by whoever set it up: commit the live value to git, or take git's with --force-conflicts. Whatever still applies it has to stop."

/** The first that fits a conflict speaks. The HPA controller writes through the scale subresource, as a part of the controller manager. */
const HOLDERS: Holder[] = [
  {
    managers: /^kube-controller-manager$|horizontal-pod-autoscaler|keda/i,
    fields: REPLICAS,
    advice:
      'An autoscaler sets it: use scaling instead of replicas in the endpoint, or remove the autoscaler.',
  },
  {
    managers: /^vpa|vertical-pod-autoscaler|^goldilocks/i,
    fields: RESOURCES,
    advice:
      'A vertical pod autoscaler sets it: leave the resources out of the endpoint, or remove the autoscaler.',
  },
  {
    managers:
      /^(helm|argocd|argo-cd|kustomize-controller|helm-controller|flux|Terraform|pulumi|kapp|kluctl|timoni)/i,
    advice:
      'Another tool applies this object as well: take it, or the field, out of one of the two, then take the field over with --force-conflicts.',
  },
  {
    // Of commands that make or apply whole objects.
    managers: /^kubectl-(create|run|expose|autoscale|replace)$/,
    advice: MADE,
  },
  {
    // Server-side apply; `kubectl scale` has the same name.
    managers: /^kubectl$/,
    fields: /^(?!\.spec\.replicas$)/,
    advice: MADE,
  },
  {
    managers: /^(kubectl|k9s|Lens|Mozilla|node-fetch|rancher|dashboard|OpenAPI-Generator)/,
    advice:
      "Somebody changed it by hand, perhaps during an incident: ask, then commit the live value to git, or take git's with --force-conflicts.",
  },
]

/** Undefined for a manager that is not known. */
export function holderOf({ manager, field }: FieldConflict, kind: string): Holder | undefined {
  const controller = kindNamed(kind)?.controller
  if (controller?.managers.test(manager)) return { ...controller, isNeverForced: true }
  return HOLDERS.find(
    ({ managers, fields }) =>
      managers.test(manager) && (fields === undefined || fields.test(field)),
  )
}

/**
 * Managers that write to objects of others as their work: what they hold is no leftover, and not for us to take. Tools that apply
 * (Flux' kustomize-controller) are none.
 */
export function isController(manager: string, kind: string): boolean {
  return CONTROLLERS.test(manager) || kindNamed(kind)?.controller?.managers.test(manager) === true
}

const CONTROLLERS =
  /^(kube-controller-manager|kube-scheduler|kubelet|(cloud|ingress-nginx|nginx-ingress|cert-manager|aws-load-balancer|traefik)[\w-]*|horizontal-pod-autoscaler|keda.*|vpa.*|vertical-pod-autoscaler.*|goldilocks|slipway-handover)$/i

export function isAutoscaledReplicas(conflict: FieldConflict): boolean {
  const [autoscaler] = HOLDERS
  return autoscaler !== undefined && holderOf(conflict, '') === autoscaler
}
