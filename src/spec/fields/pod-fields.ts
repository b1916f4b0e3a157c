/** Fields of `scheduling` that a pod has as they are, by what Kubernetes calls them. */
export const POD_FIELDS = {
  nodeSelector: 'nodeSelector',
  priorityClassName: 'priorityClass',
  runtimeClassName: 'runtimeClass',
  schedulerName: 'schedulerName',
} as const
